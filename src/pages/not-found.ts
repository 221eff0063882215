import { BRAND, contentPolicy, cspHash, escapeHtml, head, LOOK, type Page } from "./html.js";

const STYLE = `${LOOK}code { font-family: var(--mono); overflow-wrap: anywhere; }`;

/** The 404 page. */
export function notFoundPage(path: string): Page {
  const html = `<!doctype html>
<html lang="en">
<head>
${head("Page not found · communique", "There is no page at this address.", STYLE)}
</head>
<body>
<main class="notice">
<p class="brand">${BRAND}</p>
<h1>Page not found</h1>
<p>There is no page at <code>${escapeHtml(path)}</code>. Go to the <a href="/">start page</a>, or open
<a href="/graphiql">GraphiQL</a>.</p>
</main>
</body>
</html>
`;
  return { html, policy: contentPolicy([`style-src ${cspHash(STYLE)}`, "img-src 'self'"]) };
}
