"use strict";
// `npm run check`: runs the `check:` scripts of package.json side by side, as many at a time as there are processors, and
// prints what each says once it has ended. Exits 1 if one of them fails.

const { spawn } = require("node:child_process");
const { availableParallelism } = require("node:os");
const path = require("node:path");
const { scripts } = require("../package.json");

const root = path.dirname(__dirname);
const bin = path.join(root, "node_modules", ".bin");

/** The checks in the order of package.json, which has the longest first, so that none of them is left for the end. */
const waiting = Object.keys(scripts).filter((name) => name.startsWith("check:"));

/**
 * Runs one check, without another npm, which would take as long as the shortest of them. GOGC has the native compiler and linter
 * collect garbage less often: a quarter less time, for as much memory.
 */
function run(name) {
  const began = Date.now();
  const child = spawn(scripts[name], {
    cwd: root,
    shell: true,
    env: { GOGC: "400", ...process.env, PATH: bin + path.delimiter + process.env.PATH },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text) => (output += text));
  return new Promise((done) => {
    child.on("close", (code) => {
      const seconds = ((Date.now() - began) / 1000).toFixed(1);
      console.log(`== ${name}: ${code === 0 ? "passed" : "FAILED"} in ${seconds} s`);
      process.stdout.write(output);
      if (code !== 0) process.exitCode = 1;
      done();
    });
  });
}

async function runInTurn() {
  while (waiting.length > 0) await run(waiting.shift());
}

for (let i = 0; i < availableParallelism(); i++) void runInTurn();
