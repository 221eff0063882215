"use strict";
// Writes the API reference as one compressed page into dist/. GraphQL-Markdown describes each type of schema.graphql in
// Markdown, and marked makes HTML of it. It takes two seconds, so it has a process of its own: `node bin/reference.js`.

const { spawn, spawnSync } = require("node:child_process");
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const { hash, isPageBuilt, writePage } = require("./pages.js");

const root = path.dirname(__dirname);
const SCHEMA = path.join(root, "schema.graphql");
const TOOLS = ["@graphql-markdown/printer-legacy", "marked"];

/** Compiled modules that the page is made with. */
const TEMPLATE = ["html", "reference", "reference.style"].map((name) =>
  path.join(root, "dist/src/pages", `${name}.js`),
);

/** Builds the page into dist/ if it is not there, or was made from something else. Prints the reason if it cannot be built. */
function buildReference(dist) {
  if (isReferenceBuilt(dist)) return;
  const { status, stderr } = spawnSync(process.execPath, [__filename, dist], { encoding: "utf8" });
  if (status !== 0) console.error(`The API reference cannot be built: ${stderr}`);
}

/** Builds it while the caller goes on, or has ended. Until then `/reference` is 503. */
function buildReferenceMeanwhile(dist) {
  if (isReferenceBuilt(dist)) return;
  const options = { detached: true, stdio: "ignore" };
  const child = spawn(process.execPath, [__filename, dist], options);
  child.on("error", () => {}); // the page says that it is not built
  if (child.pid) os.setPriority(child.pid, os.constants.priority.PRIORITY_LOW);
  child.unref();
}

/** Whether dist/ has the page that buildReference would write. True if it cannot be built here. */
function isReferenceBuilt(dist) {
  return isPageBuilt(dist, "reference", madeFrom());
}

/** The versions of the tools, and the hash of the files; undefined if a tool (a dev dependency) is not installed. */
function madeFrom() {
  try {
    const { devDependencies } = require("../package.json");
    for (const tool of TOOLS) require.resolve(tool);
    const files = [SCHEMA, __filename, ...TEMPLATE].map((file) => fs.readFileSync(file));
    const versions = TOOLS.map((tool) => devDependencies[tool]);
    return `${versions.join(", ")}, ${hash(Buffer.concat(files), "hex")}`;
  } catch {
    return undefined;
  }
}

module.exports = { buildReference, buildReferenceMeanwhile };

if (require.main === module) {
  const { describeSchema } = require("./reference.parts.js");
  const { referencePage } = require("../dist/src/pages/reference.js");
  const from = madeFrom();
  describeSchema(fs.readFileSync(SCHEMA, "utf8"))
    .then((parts) => {
      const { html, policy } = referencePage(parts);
      writePage(process.argv[2], "reference", html, { madeFrom: from, policy });
    })
    .catch((error) => {
      console.error(error);
      process.exitCode = 1;
    });
}
