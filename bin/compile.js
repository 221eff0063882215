"use strict";
// Compiles the checkout into dist/ if a source file has changed since the last time. Runs before
// the `communique` command, before the tests, and, with the API reference, as `npm run build`.

const { spawnSync } = require("node:child_process");
const fs = require("node:fs");
const path = require("node:path");
const { buildGraphiql, isGraphiqlBuilt } = require("./graphiql.js");
const { areIslandsBuilt, buildIslands, islandSources } = require("./islands.js");
const { buildReference } = require("./reference.js");

const root = path.dirname(__dirname);
const dist = path.join(root, "dist");
const stamp = path.join(dist, ".compiled");
const lock = path.join(dist, ".compiling");
const STYLE = path.join("explorer", "style.css");

/** Compiles if needed. Returns whether dist/ can be run; prints the reason if not. */
function compileIfNeeded() {
  if (isFresh()) return true;
  const tsc = findCompiler();
  if (!tsc) {
    console.error("TypeScript, which compiles communique, is not installed: run npm ci first.");
    return false;
  }
  try {
    fs.mkdirSync(dist, { recursive: true });
    takeLock();
  } catch (error) {
    console.error(`communique cannot be compiled: ${error.message}`);
    return false;
  }
  try {
    return isFresh() || compile(tsc); // another process may have compiled it
  } finally {
    fs.rmSync(lock, { force: true });
  }
}

function compile(tsc) {
  const began = Date.now();
  process.stderr.write("Compiling…");
  const sources = listSources();
  // Without the stamp, dist/ counts as stale until this compilation has succeeded.
  fs.rmSync(stamp, { force: true });
  const pretty = String(process.stderr.isTTY === true);
  const config = path.join(root, "tsconfig.build.json");
  // Checking types would take two thirds of a first start, and `npm run check` does it.
  const args = [tsc, "-p", config, "--noCheck", "--noEmitOnError", "--pretty", pretty];
  // Collecting garbage less often saves a quarter of the compiler's time, for a few MB.
  const env = { GOGC: "400", ...process.env };
  const options = { encoding: "utf8", env };
  const { status, stdout, stderr } = spawnSync(process.execPath, args, options);
  process.stderr.write(` ${((Date.now() - began) / 1000).toFixed(1)} s\n`);
  if (status === 0) {
    buildPages();
    buildScripts();
    copyStyles();
    removeOrphans(sources);
    fs.writeFileSync(stamp, sources);
    return true;
  }
  process.stderr.write(stdout + stderr);
  console.error("communique cannot be compiled: see the errors above.");
  return false;
}

/** If GraphiQL cannot be built, the service starts without it. */
function buildPages() {
  try {
    buildGraphiql(dist);
  } catch (error) {
    console.error(`GraphiQL cannot be built: ${error.message}`);
  }
}

/** If the explorer's scripts cannot be built, its pages come without them. */
function buildScripts() {
  try {
    buildIslands(dist);
  } catch (error) {
    console.error(`The explorer's scripts cannot be built: ${error.message}`);
  }
}

/** The explorer reads its style sheet at run time, from beside its compiled code. */
function copyStyles() {
  fs.copyFileSync(path.join(root, STYLE), path.join(dist, STYLE));
}

/** The native compiler: `typescript` is the one before it, which other tools call from JavaScript (decision 27). */
function findCompiler() {
  try {
    const manifest = require.resolve("typescript-native/package.json", { paths: [root] });
    return path.join(path.dirname(manifest), "bin/tsc");
  } catch {
    return undefined;
  }
}

function isFresh() {
  if (!fs.existsSync(stamp) || !isGraphiqlBuilt(dist) || !areIslandsBuilt(dist)) return false;
  return fs.readFileSync(stamp, "utf8") === listSources();
}

/** One line per source file: path, modification time and size. */
function listSources() {
  const configs = fs.readdirSync(root).filter((name) => /^tsconfig.*\.json$/.test(name));
  const compiled = filesIn(root).filter((name) => name.endsWith(".ts"));
  return [...configs, STYLE, ...islandSources(), ...compiled]
    .sort()
    .map((name) => {
      const { mtimeMs, size } = fs.statSync(path.join(root, name));
      return `${name} ${mtimeMs} ${size}\n`;
    })
    .join("");
}

/** The files in the folders that are compiled, below the checkout or dist/. The Docker image is built without importers. */
function filesIn(parent) {
  return ["src", "migrations", "importers", "explorer/src"]
    .filter((directory) => fs.existsSync(path.join(parent, directory)))
    .flatMap((directory) =>
      fs
        .readdirSync(path.join(parent, directory), { recursive: true })
        .map((name) => path.join(directory, name)),
    );
}

/** Removes compiled files whose sources were deleted, which tsc does not do. */
function removeOrphans(sources) {
  const kept = new Set(sources.split("\n").map((line) => line.split(" ")[0]));
  for (const name of filesIn(dist)) {
    const source = name.replace(/\.js(\.map)?$/, ".ts");
    if (source !== name && !kept.has(source)) fs.rmSync(path.join(dist, name));
  }
}

/** One process compiles at a time; the lock of a process that was killed is broken. */
function takeLock() {
  for (;;) {
    try {
      return fs.writeFileSync(lock, String(process.pid), { flag: "wx" });
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
    }
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 100);
    if (!isHeld()) fs.rmSync(lock, { force: true });
  }
}

function isHeld() {
  try {
    if (Date.now() - fs.statSync(lock).mtimeMs > 120_000) return false;
    return process.kill(Number(fs.readFileSync(lock, "utf8")) || process.pid, 0);
  } catch (error) {
    return error.code === "EPERM";
  }
}

module.exports = { buildPages, buildScripts, compileIfNeeded, copyStyles, dist, listSources, root };

if (require.main === module) {
  if (!compileIfNeeded()) process.exit(1);
  buildReference(dist);
}
