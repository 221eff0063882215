"use strict";
// What has to be there before anything is measured.

const { spawnSync } = require("node:child_process");
const { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } = require("node:fs");
const { cpus, totalmem } = require("node:os");
const { join } = require("node:path");
const { compileIfNeeded } = require("../bin/compile.js");
const { ROOT, rowsOf, run, startDatabase } = require("./database.js");
const { writeWorld } = require("./world.js");

/** Installs what the tutorial needs, and compiles the service. Whether that went well. */
function prepare() {
  return install(__dirname) && compileIfNeeded();
}

/** PostGraphile, and the Node.js that it wants: all servers are run by that one. */
const POSTGRAPHILE = join(__dirname, "postgraphile");

/** Installs these two. The path of that Node.js; null where it can't be had. */
function installPostgraphile() {
  return install(POSTGRAPHILE) ? join(POSTGRAPHILE, "node_modules", "node", "bin", "node") : null;
}

function install(directory) {
  if (existsSync(join(directory, "node_modules"))) return true;
  return spawnSync("npm", ["ci"], { cwd: directory, stdio: "inherit" }).status === 0;
}

/** Makes a database that holds a world, unless it is there from an earlier run; gives it what today's service wants. */
async function loadWorld(statements, directory) {
  const ready = join(directory, "ready");
  if (!existsSync(ready)) return loadAnew(statements, directory, ready);
  await withDatabase(directory, (url) => run(url, ["migrate"], ["ignore", "ignore", "inherit"]));
}

async function loadAnew(statements, directory, ready) {
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  const file = join(directory, "world.jsonl");
  await writeWorld(statements, file);
  await withDatabase(directory, async (url) => {
    await run(url, ["load", file]);
    await rowsOf(url, "VACUUM ANALYZE");
  });
  rmSync(file);
  writeFileSync(ready, "");
}

/** Fills the floor's tables from a world, unless they were by the same statements. */
async function layFloor(directory) {
  const sql = readFileSync(join(__dirname, "floor.sql"), "utf8");
  const laid = join(directory, "floor");
  if (existsSync(laid) && readFileSync(laid, "utf8") === sql) return;
  await withDatabase(directory, async (url) => {
    await rowsOf(url, sql);
    await rowsOf(url, "VACUUM ANALYZE");
  });
  writeFileSync(laid, sql);
}

async function withDatabase(directory, use) {
  const database = await startDatabase({ directory: join(directory, "data") });
  try {
    return await use(database.url("postgres"));
  } finally {
    await database.stop();
  }
}

/** What the figures were taken on, and by which Node.js. */
async function machine(url, node = process.execPath) {
  const [{ version }] = await rowsOf(url, "SELECT current_setting('server_version') AS version");
  const git = spawnSync("git", ["describe", "--always", "--dirty"], {
    cwd: ROOT,
    encoding: "utf8",
  });
  return {
    processors: `${cpus().length} × ${cpus()[0].model}`,
    memory: `${Math.round(totalmem() / 2 ** 30)} GB`,
    node: spawnSync(node, ["--version"], { encoding: "utf8" }).stdout.trim(),
    postgres: version,
    commit: git.stdout?.trim() ?? "",
    day: new Date().toISOString().slice(0, 10),
  };
}

/** The same in a line. */
function describeMachine({ day, commit, node, postgres, processors, memory }) {
  return `${day}, commit ${commit || "unknown"}, Node.js ${node.slice(1)}, PostgreSQL ${postgres}, ${processors}, ${memory}.`;
}

module.exports = { describeMachine, installPostgraphile, layFloor, loadWorld, machine, prepare };
