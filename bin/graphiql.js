"use strict";
// Writes GraphiQL as one self-contained page into dist/, compressed once for all: at run time nothing
// of its nine megabytes has to be rendered or compressed again.

const { createHash } = require("node:crypto");
const fs = require("node:fs");
const path = require("node:path");
const { gzipSync } = require("node:zlib");

/**
 * Writes dist/pages/graphiql-….html.gz and dist/pages/graphiql.json, which names it, tells the hashes of
 * its inline scripts for a content security policy, and what it was made from.
 */
function buildGraphiql(dist) {
  if (isGraphiqlBuilt(dist)) return;
  const html = render();
  const scripts = [...html.matchAll(/<script[^>]*>([\s\S]*?)<\/script>/g)];
  const compressed = gzipSync(html, { level: 9 });
  const file = `graphiql-${hash(compressed, "hex").slice(0, 12)}.html.gz`;
  const built = {
    madeFrom: madeFrom(),
    file,
    scripts: scripts.map(([, source]) => hash(source, "base64")),
  };
  const pages = path.join(dist, "pages");
  fs.mkdirSync(pages, { recursive: true });
  write(path.join(pages, file), compressed);
  write(path.join(pages, "graphiql.json"), JSON.stringify(built));
  for (const name of fs.readdirSync(pages)) {
    if (name.endsWith(".html.gz") && name !== file) fs.rmSync(path.join(pages, name));
  }
}

/** Whether dist/ has the page that buildGraphiql would write; where it can't be written, any will do. */
function isGraphiqlBuilt(dist) {
  const wanted = madeFrom();
  if (!wanted) return true;
  try {
    const built = JSON.parse(fs.readFileSync(path.join(dist, "pages/graphiql.json"), "utf8"));
    return built.madeFrom === wanted && fs.existsSync(path.join(dist, "pages", built.file));
  } catch {
    return false;
  }
}

/** The package's version and this file; undefined when the package, for development only, is not installed. */
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
    defaultQuery:
      "{\n  statements(first: 5) {\n    totalCount\n    nodes {\n      text\n      date\n    }\n  }\n}\n",
  });
  return html
    .trimStart()
    .replace(
      "<head>",
      '<head><meta name="viewport" content="width=device-width, initial-scale=1" />',
    );
}

function hash(content, encoding) {
  return createHash("sha256").update(content).digest(encoding);
}

/** Whole or not at all, so that nobody reads half a file. */
function write(file, content) {
  const half = `${file}.${process.pid}`;
  fs.writeFileSync(half, content);
  fs.renameSync(half, file);
}

module.exports = { buildGraphiql, isGraphiqlBuilt };
