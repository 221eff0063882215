import { BRAND, contentPolicy, cspHash, head, LOOK, type Page } from "./html.js";

const SCRIPT_HOST = "https://embeddable-sandbox.cdn.apollographql.com";
const HOSTS = "https://*.apollographql.com https://*.apollo.dev";

const STYLE = `${LOOK}html, body, #sandbox { height: 100%; }`;

/** The page at `/sandbox`: Apollo Sandbox, which by its nature comes from Apollo's site, with a question filled in. */
export function sandboxPage(document: string): Page {
  // A closing tag inside the question must not close the script.
  const question = JSON.stringify(document).replaceAll("<", "\\u003c");
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
        initialState: { document: ${question}, includeCookies: false },
      });
    } else {
      document.querySelector("h1").textContent = "Apollo Sandbox can’t be reached from here.";
      document.querySelector("#sandbox").remove();
    }`;
  const html = `<!doctype html>
<html lang="en">
<head>
${head("Apollo Sandbox · communique", "Ask communique in Apollo Sandbox.", STYLE)}
</head>
<body>
<main class="notice">
<p class="brand">${BRAND}</p>
<div role="status"><h1>Apollo Sandbox is on its way.</h1></div>
<noscript><p>It needs JavaScript. <a href="/">The start</a> does not.</p></noscript>
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
