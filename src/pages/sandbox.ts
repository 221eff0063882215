import { BRAND, contentPolicy, cspHash, head, LOOK, type Page } from "./html.js";

const SCRIPT_HOST = "https://embeddable-sandbox.cdn.apollographql.com";
const HOSTS = "https://*.apollographql.com https://*.apollo.dev";

const STYLE = `${LOOK}html, body, #sandbox { height: 100%; }`;

/** The page at `/sandbox`: Apollo Sandbox, loaded from Apollo's site, with a query filled in. */
export function sandboxPage(document: string): Page {
  // A closing tag inside the query must not end the script.
  const query = JSON.stringify(document).replaceAll("<", "\\u003c");
  const script = `
    const { EmbeddedSandbox } = window;
    if (EmbeddedSandbox) {
      document.querySelector("main").remove();
      new EmbeddedSandbox({
        target: "#sandbox",
        initialEndpoint: location.origin + "/graphql",
        endpointIsEditable: false,
        includeCookies: false,
        runTelemetry: false,
        initialState: { document: ${query}, includeCookies: false },
      });
    } else {
      document.querySelector("h1").textContent = "Apollo Sandbox cannot be loaded.";
      document.querySelector("#sandbox").remove();
    }`;
  const html = `<!doctype html>
<html lang="en">
<head>
${head("Apollo Sandbox · communique", "Query communique in Apollo Sandbox.", STYLE)}
</head>
<body>
<main class="notice">
<p class="brand">${BRAND}</p>
<div role="status"><h1>Loading Apollo Sandbox…</h1></div>
<noscript><p>It needs JavaScript. The <a href="/">start page</a> does not.</p></noscript>
<p>It is loaded from Apollo’s site. <a href="/graphiql">GraphiQL</a> comes with this service and works offline.</p>
</main>
<div id="sandbox"></div>
<script src="${SCRIPT_HOST}/_latest/embeddable-sandbox.umd.production.min.js"></script>
<script>${script}</script>
</body>
</html>
`;
  const policy = contentPolicy([
    `script-src ${SCRIPT_HOST} ${cspHash(script)}`,
    "style-src 'unsafe-inline'", // Apollo's script puts styles on its frame
    `img-src 'self' data: ${HOSTS}`,
    `connect-src 'self' ${HOSTS}`,
    `frame-src ${HOSTS}`,
  ]);
  return { html, policy };
}
