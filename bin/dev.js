"use strict";
// `npm run dev`: runs the service and restarts it when a source file changes. Types are checked in parallel: the service is
// up again within a second, and type errors are printed when found.

const { spawn } = require("node:child_process");
const fs = require("node:fs");
const os = require("node:os");
const path = require("node:path");
const ts = require("typescript");
const { buildPages, buildScripts, copyStyles, dist, listSources, root } = require("./compile.js");
const { islandSources } = require("./islands.js");
const { buildReferenceMeanwhile } = require("./reference.js");

const { config } = ts.readConfigFile(path.join(root, "tsconfig.build.json"), ts.sys.readFile);
const base = ts.readConfigFile(path.join(root, "tsconfig.json"), ts.sys.readFile).config;
const { options: compilerOptions } = ts.convertCompilerOptionsFromJson(
  { ...base.compilerOptions, ...config.compilerOptions },
  root,
);

let service;
let database;
let sources = "";
let stopping = false;

/** Transpiles changed files; false if one of them has syntax errors. */
function transpile() {
  const before = new Set(sources.split("\n"));
  sources = listSources();
  const changed = sources.split("\n").filter((line) => !before.has(line));
  const ofIslands = islandSources();
  const names = changed.map((line) => line.split(" ")[0]);
  const succeeded = names
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".d.ts") && !ofIslands.includes(name))
    .map(transpileFile)
    .every(Boolean);
  copyStyles();
  if (names.some((name) => ofIslands.includes(name))) buildScripts();
  return succeeded;
}

function transpileFile(name) {
  const { outputText, sourceMapText, diagnostics } = ts.transpileModule(
    fs.readFileSync(path.join(root, name), "utf8"),
    { fileName: path.join(root, name), compilerOptions, reportDiagnostics: true },
  );
  const target = path.join(dist, name.replace(/\.ts$/, ".js"));
  fs.mkdirSync(path.dirname(target), { recursive: true });
  fs.writeFileSync(target, outputText);
  fs.writeFileSync(`${target}.map`, sourceMapText);
  const host = {
    getCurrentDirectory: () => root,
    getCanonicalFileName: String,
    getNewLine: () => "\n",
  };
  process.stderr.write(ts.formatDiagnostics(diagnostics, host));
  return diagnostics.length === 0;
}

function startService() {
  const child = spawn(process.execPath, [path.join(dist, "src/cli.js"), "start"], {
    stdio: "inherit",
  });
  child.on("exit", (code) => {
    if (child === service) service = undefined;
    if (!stopping && code) console.error("The service exited. It restarts at the next change.");
  });
  service = child;
}

async function stopService() {
  const child = service;
  if (!child) return;
  const ended = new Promise((done) => child.on("exit", done));
  child.kill("SIGTERM");
  // Open client connections should not delay the restart.
  const timeout = setTimeout(() => child.kill("SIGKILL"), 500);
  await ended;
  clearTimeout(timeout);
}

async function watch() {
  // Polling a few hundred files takes milliseconds and, unlike file system events, misses nothing.
  while (!stopping) {
    await new Promise((done) => setTimeout(done, 100));
    if (listSources() === sources || !transpile()) continue;
    console.error("A source file has changed: restarting.");
    await stopService();
    if (!stopping) startService();
  }
}

async function main() {
  // dist/ is not tsc's output any more, so the next `npm start` must compile everything.
  fs.rmSync(path.join(dist, ".compiled"), { force: true });
  fs.rmSync(path.join(dist, ".tsbuildinfo"), { force: true });
  transpile();
  buildPages();
  buildReferenceMeanwhile(dist);
  if (!process.env.DATABASE_URL) {
    // Started here, so that the database stays up while the service restarts.
    const { startEmbedded } = require("../dist/src/embedded/embedded.js");
    const directory = process.env.COMMUNIQUE_DATA_DIR || ".data";
    database = await startEmbedded({ directory, log: console.error });
  }
  startService();
  const tsc = require.resolve("typescript/bin/tsc");
  const options = ["-p", root, "--watch", "--preserveWatchOutput"];
  const checker = spawn(process.execPath, [tsc, ...options], { stdio: "inherit" });
  os.setPriority(checker.pid, os.constants.priority.PRIORITY_LOW); // the restart comes first
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    process.on(signal, async () => {
      if (stopping) return;
      stopping = true;
      checker.kill();
      await stopService();
      await database?.stop();
      process.exit(0);
    });
  }
  await watch();
}

main().catch((error) => {
  console.error(error.message);
  process.exit(1);
});
