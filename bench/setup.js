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

/** Installs these two. The path of that Node.js; null where it can't be had, and why on stderr. */
function installPostgraphile() {
  const node = join(POSTGRAPHILE, "node_modules", "node", "bin", "node");
  if (install(POSTGRAPHILE) && existsSync(node)) return node;
  console.error(
    `No Node.js in ${POSTGRAPHILE}: run npm ci there, or the bench --without postgraphile.`,
  );
  return null;
}

function install(directory) {
  if (existsSync(join(directory, "node_modules"))) return true;
  return spawnSync("npm", ["ci"], { cwd: directory, stdio: "inherit" }).status === 0;
}

/**
 * Makes a database that holds a world and the shipped records, which the examples ask for, unless it is there from an
 * earlier run; gives it what today's service wants.
 */
async function loadWorld(statements, directory) {
  const ready = join(directory, "ready");
  if (!existsSync(ready)) {
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
  await withDatabase(directory, async (url) => {
    await run(url, ["migrate"], QUIET);
    await run(url, ["load", join(ROOT, "records")], QUIET);
    await layFloor(url, join(directory, "floor"));
  });
}

const QUIET = ["ignore", "ignore", "inherit"];

/** Fills the floor's tables from the world, unless they were by the same statements; these are kept in a file. */
async function layFloor(url, file) {
  const laid = [join(__dirname, "floor.sql"), join(POSTGRAPHILE, "schema.sql")]
    .map((path) => readFileSync(path, "utf8"))
    .join("\n");
  if (existsSync(file) && readFileSync(file, "utf8") === laid) return;
  console.log("Laying the floor out…");
  rmSync(file, { force: true });
  await rowsOf(url, laid);
  await rowsOf(url, "VACUUM ANALYZE");
  writeFileSync(file, laid);
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

module.exports = { describeMachine, installPostgraphile, loadWorld, machine, prepare };
