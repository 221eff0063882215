"use strict";
// Writes GraphiQL as one self-contained, compressed page into dist/, so that its nine megabytes need not be rendered or
// compressed at run time.

const fs = require("node:fs");
const { hash, isPageBuilt, writePage } = require("./pages.js");

/** Writes the page, with the hashes of its inline scripts for the content security policy. */
function buildGraphiql(dist) {
  if (isGraphiqlBuilt(dist)) return;
  const html = render();
  const scripts = [...html.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)];
  const hashes = scripts.map(([, source]) => hash(source, "base64"));
  writePage(dist, "graphiql", html, { madeFrom: madeFrom(), scripts: hashes });
}

/** Whether dist/ has the page that buildGraphiql would write. True if it cannot be built here. */
function isGraphiqlBuilt(dist) {
  return isPageBuilt(dist, "graphiql", madeFrom());
}

/** The package's version and the hash of this file; undefined if the package (a dev dependency) is not installed. */
function madeFrom() {
  try {
    const { version } = require("@graphql-yoga/render-graphiql/package.json");
    return `${version}, ${hash(fs.readFileSync(__filename), "hex")}`;
  } catch {
    return undefined;
  }
}

function render() {
  const { renderGraphiQL } = require("@graphql-yoga/render-graphiql");
  const html = renderGraphiQL({
    endpoint: "/graphql",
    title: "GraphiQL · communique",
    favicon: "/favicon.svg",
    logo: '<a href="/" title="Start page"><img src="/favicon.svg" width="28" height="28" alt="communique" /></a>',
    defaultQuery:
      "{\n  statements(first: 5) {\n    totalCount\n    nodes {\n      text\n      date\n    }\n  }\n}\n",
    defaultEditorToolsVisibility: VARIABLES,
  });
  // The library's scripts contain such tags in strings, hence the first </head> and the last </body>.
  const head = html.indexOf("</head>");
  const body = html.lastIndexOf("</body>");
  const options = html.lastIndexOf(JSON.stringify(VARIABLES));
  if (options < 0) throw new Error("its page has no options where they were");
  return (
    html
      .slice(0, head)
      .trimStart()
      .replace(
        "<head>",
        `<head>${META}<script>${READ_VARIABLES}(${askForUnknownValues})();</script>`,
      ) +
    `<style>${PHONE}</style>` +
    html.slice(head, options) +
    // The library takes the query from the URL, but not the variables. Without these, the query's editor gets the space.
    `variables ? "variables" : false, variables: variables ?? undefined` +
    html.slice(options + JSON.stringify(VARIABLES).length, body) +
    `<script>(${runOnOpening})();</script>` +
    html.slice(body)
  );
}

/** Stands where the page gets its variables from the URL. */
const VARIABLES = "variables of the URL";

const META = `<meta name="viewport" content="width=device-width, initial-scale=1" />
<meta name="description" content="Query communique in GraphQL: who met whom, where, and what was said." />`;

const READ_VARIABLES = `const variables = new URLSearchParams(location.search).get("variables");`;

/**
 * Runs in the browser: has the service tell values that nothing on record has (docs/frontends.md, Errors and null). An empty answer
 * to a misspelt slug looks like one to a question of which nothing is on record.
 */
function askForUnknownValues() {
  const send = window.fetch;
  window.fetch = (address, options) => {
    if (typeof options?.body !== "string") return send(address, options);
    const extensions = { unknownValues: true };
    const body = JSON.stringify({ ...JSON.parse(options.body), extensions });
    return send(address, { ...options, body });
  };
}

/**
 * On a phone GraphiQL's columns are too narrow, so they are stacked: buttons, query, response. `!important` overrides inline
 * styles that the library sets for dragging its columns.
 */
const PHONE = `
.graphiql-container .graphiql-logo a { display: flex; }
@media (max-width: 44rem) {
  .graphiql-container { flex-direction: column; width: 100%; height: 100vh; height: 100dvh; }
  .graphiql-container .graphiql-sidebar { flex: none; flex-direction: row; width: 100%; padding: 4px 8px; overflow-x: auto; }
  .graphiql-container .graphiql-main { flex-direction: column; min-height: 0; }
  .graphiql-container .graphiql-plugin { flex: 1 1 0 !important; min-height: 0; border-left: 0;
    border-top: 1px solid hsla(var(--color-neutral), var(--alpha-background-heavy)); }
  .graphiql-container .graphiql-main:has(> .graphiql-horizontal-drag-bar) > .graphiql-sessions { display: none; }
  .graphiql-container .graphiql-horizontal-drag-bar { display: none; }
  .graphiql-container .graphiql-sessions { flex: 1 1 0 !important; min-height: 0; margin: 0; border-radius: 0; }
  .graphiql-container .graphiql-logo span { display: none; }
  .graphiql-container #graphiql-session { flex-direction: column; min-height: 0; }
  .graphiql-container .graphiql-editors { flex: 2 1 0 !important; min-height: 0; overflow: hidden; }
  .graphiql-container .graphiql-query-editor { flex-direction: column; row-gap: 8px; min-height: 0; padding: 8px; }
  .graphiql-container .graphiql-query-editor > .graphiql-editor { min-height: 0; }
  .graphiql-container .graphiql-toolbar { flex-direction: row; width: 100%; }
  .graphiql-container .graphiql-editor-tools { padding: 0 8px; }
  .graphiql-container .graphiql-editor-tool { min-height: 0; padding: 8px; }
  .graphiql-container .graphiql-response { flex: 3 1 0 !important; min-height: 0; padding-top: 8px; }
}
`;

/** Runs in the browser: executes a query from the URL as soon as the editors are ready. */
function runOnOpening() {
  if (!new URLSearchParams(location.search).get("query")) return;
  const watcher = new MutationObserver(() => {
    const find = (selector) => document.querySelector(`.graphiql-container ${selector}`);
    const isReady = find(".graphiql-query-editor .view-line") && find(".result-window .view-line");
    const button = isReady && find(".graphiql-execute-button");
    if (!button) return;
    watcher.disconnect();
    button.click();
  });
  watcher.observe(document.querySelector("#root"), { childList: true, subtree: true });
}

module.exports = { buildGraphiql, isGraphiqlBuilt };
