import { BRAND, contentPolicy, cspHash, escapeHtml, head, LOOK, type Page } from "./html.js";

const STYLE = `${LOOK}code { font-family: var(--mono); overflow-wrap: anywhere; }`;

/** The 404 page. */
export function notFoundPage(path: string): Page {
  return failurePage(
    "Page not found",
    `There is no page at <code>${escapeHtml(path)}</code>. Go to the <a href="/">start page</a>, or open
<a href="/graphiql">GraphiQL</a>.`,
  );
}

/** The page for an address that can't be decoded. */
export function unreadableAddressPage(): Page {
  return failurePage(
    "This address can’t be read",
    `A <code>%</code> in an address must be followed by two hexadecimal digits, and stand for UTF-8. Go to the
<a href="/">start page</a>.`,
  );
}

/** The page for a method that pages don't take. */
export function wrongMethodPage(method: string): Page {
  return failurePage(
    "Pages can only be read",
    `This page answers GET and HEAD, not ${escapeHtml(method)}. Go to the <a href="/">start page</a>.`,
  );
}

/** `said`: HTML. */
function failurePage(title: string, said: string): Page {
  const html = `<!doctype html>
<html lang="en">
<head>
${head(`${title} · communique`, `${title}.`, STYLE)}
</head>
<body>
<main class="notice">
<p class="brand">${BRAND}</p>
<h1>${title}</h1>
<p>${said}</p>
</main>
</body>
</html>
`;
  return { html, policy: contentPolicy([`style-src ${cspHash(STYLE)}`, "img-src 'self'"]) };
}
