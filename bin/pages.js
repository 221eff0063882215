"use strict";
// Pages that are made and compressed when the project is compiled, in dist/pages/: NAME-….html.gz, whose name includes a hash,
// and NAME.json, with the file's name, what it was made from, and what its content security policy needs.

const { createHash } = require("node:crypto");
const fs = require("node:fs");
const path = require("node:path");
const { gzipSync } = require("node:zlib");

/** Writes a page, and removes its earlier versions. `facts`: what NAME.json holds beside the file's name. */
function writePage(dist, name, html, facts) {
  const compressed = gzipSync(html, { level: 9 });
  const file = `${name}-${hash(compressed, "hex").slice(0, 12)}.html.gz`;
  const pages = path.join(dist, "pages");
  fs.mkdirSync(pages, { recursive: true });
  write(path.join(pages, file), compressed);
  write(path.join(pages, `${name}.json`), JSON.stringify({ ...facts, file }));
  for (const other of fs.readdirSync(pages)) {
    const isEarlier = other.startsWith(`${name}-`) && other.endsWith(".html.gz");
    if (isEarlier && other !== file) fs.rmSync(path.join(pages, other), { force: true });
  }
}

/** Whether dist/ has this page, made from the same. True if it cannot be made here: `madeFrom` is undefined. */
function isPageBuilt(dist, name, madeFrom) {
  if (madeFrom === undefined) return true;
  try {
    const built = JSON.parse(fs.readFileSync(path.join(dist, "pages", `${name}.json`), "utf8"));
    return built.madeFrom === madeFrom && fs.existsSync(path.join(dist, "pages", built.file));
  } catch {
    return false;
  }
}

function hash(content, encoding) {
  return createHash("sha256").update(content).digest(encoding);
}

/** Writes atomically, so that no reader sees a partial file. */
function write(file, content) {
  const temporary = `${file}.${process.pid}`;
  fs.writeFileSync(temporary, content);
  fs.renameSync(temporary, file);
}

module.exports = { hash, isPageBuilt, writePage };
