"use strict";
// What has to be there before anything is measured.

const { spawnSync } = require("node:child_process");
const { existsSync, mkdirSync, rmSync, writeFileSync } = require("node:fs");
const { cpus, totalmem } = require("node:os");
const { join } = require("node:path");
const { compileIfNeeded } = require("../bin/compile.js");
const { ROOT, rowsOf, run, startDatabase } = require("./database.js");
const { writeWorld } = require("./world.js");

/** Installs what the tutorial needs, and compiles the service. Whether that went well. */
function prepare() {
  if (!existsSync(join(__dirname, "node_modules"))) {
    const { status } = spawnSync("npm", ["ci"], { cwd: __dirname, stdio: "inherit" });
    if (status !== 0) return false;
  }
  return compileIfNeeded();
}

/** Makes a database that holds a world, unless it is there from an earlier run. */
async function loadWorld(statements, directory) {
  const ready = join(directory, "ready");
  if (existsSync(ready)) return;
  rmSync(directory, { recursive: true, force: true });
  mkdirSync(directory, { recursive: true });
  const file = join(directory, "world.jsonl");
  await writeWorld(statements, file);
  const database = await startDatabase({ directory: join(directory, "data") });
  try {
    const url = database.url("postgres");
    await run(url, ["load", file]);
    await rowsOf(url, "VACUUM ANALYZE");
  } finally {
    await database.stop();
  }
  rmSync(file);
  writeFileSync(ready, "");
}

/** What the figures were taken on. */
async function machine(url) {
  const [{ version }] = await rowsOf(url, "SELECT current_setting('server_version') AS version");
  const git = spawnSync("git", ["describe", "--always", "--dirty"], {
    cwd: ROOT,
    encoding: "utf8",
  });
  return {
    processors: `${cpus().length} × ${cpus()[0].model}`,
    memory: `${Math.round(totalmem() / 2 ** 30)} GB`,
    node: process.version,
    postgres: version,
    commit: git.stdout?.trim() ?? "",
    day: new Date().toISOString().slice(0, 10),
  };
}

/** The same in a line. */
function describeMachine({ day, commit, node, postgres, processors, memory }) {
  return `${day}, commit ${commit || "unknown"}, Node.js ${node.slice(1)}, PostgreSQL ${postgres}, ${processors}, ${memory}.`;
}

module.exports = { describeMachine, loadWorld, machine, prepare };
