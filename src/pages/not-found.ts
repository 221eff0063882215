import { BRAND, contentPolicy, cspHash, escapeHtml, head, LOOK, type Page } from "./html.js";

const STYLE = `${LOOK}code { font-family: var(--mono); overflow-wrap: anywhere; }`;

/** What a browser is shown where there is nothing. */
export function notFoundPage(path: string): Page {
  const html = `<!doctype html>
<html lang="en">
<head>
${head("Nothing here · communique", "There is no page at this address.", STYLE)}
</head>
<body>
<main class="notice">
<p class="brand">${BRAND}</p>
<h1>There is nothing here.</h1>
<p>No page is at <code>${escapeHtml(path)}</code>. Go to <a href="/">the start</a>, or ask in
<a href="/graphiql">GraphiQL</a>.</p>
</main>
</body>
</html>
`;
  return { html, policy: contentPolicy([`style-src ${cspHash(STYLE)}`, "img-src 'self'"]) };
}
