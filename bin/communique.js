#!/usr/bin/env node
"use strict";
// The `communique` command. In a checkout it first compiles the TypeScript if that has changed.
// Written in old JavaScript, so that an old Node.js reaches the message below.

const { engines } = require("../package.json");

function supports(version, range) {
  const wanted = range
    .replace(/[^0-9.]/g, "")
    .split(".")
    .map(Number);
  const given = version.split(".").map(Number);
  const differing = wanted.findIndex((number, i) => number !== given[i]);
  if (differing === -1) return true;
  const sameMajor = !range.startsWith("^") || differing > 0;
  return sameMajor && given[differing] > wanted[differing];
}

if (!engines.node.split(" || ").some((range) => supports(process.versions.node, range))) {
  console.error(
    `communique needs Node.js ${engines.node}; this is ${process.versions.node}. ` +
      "Install a supported version from https://nodejs.org.",
  );
  process.exit(1);
}

// Node.js 22 and later keep what they compile of the modules for the next start: beside the code, so that nobody can replace it who
// could not replace the code. Where that can't be written to, nothing is kept.
const { enableCompileCache } = require("node:module");
if (enableCompileCache) enableCompileCache(require("node:path").join(__dirname, "../dist/.cache"));

// An installed package or the Docker image has only dist/, and of bin/ this file alone.
if (require("node:fs").existsSync(require("node:path").join(__dirname, "../src"))) {
  const { compileIfNeeded, dist } = require("./compile.js");
  if (!compileIfNeeded()) process.exit(1);
  // The service does not wait for it, so that a first start is quick.
  if (process.argv[2] === "start") require("./reference.js").buildReferenceMeanwhile(dist);
}
require("../dist/src/cli.js");
