"use strict";
// The embedded PostgreSQL that the product comes with, on a directory of its own, and the product's commands on it.

const { spawn } = require("node:child_process");
const { mkdtempSync, rmSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");
const { Client } = require("pg");
const { parentOf } = require("./processes.js");

const ROOT = join(__dirname, "..");
const COMMUNIQUE = join(ROOT, "bin", "communique.js");

/**
 * Starts the server with the product's own settings, and these over them. A directory that is not given is a
 * temporary one, and removed with what stops the server.
 */
async function startDatabase({ directory, settings } = {}) {
  const { startEmbedded } = require("../dist/src/embedded/embedded.js");
  const place = directory ?? mkdtempSync(join(tmpdir(), "communique-bench-"));
  const server = await startEmbedded({ directory: place, settings, log: () => {} });
  const database = {
    url: (name) => server.url(name),
    async stop() {
      running.delete(database);
      await server.stop();
      if (!directory) rmSync(place, { recursive: true, force: true });
    },
  };
  running.add(database);
  return database;
}

const running = new Set();
for (const signal of ["SIGINT", "SIGTERM"]) {
  process.once(signal, async () => {
    for (const database of running) await database.stop();
    process.exit(1);
  });
}

/** Runs something with a connection of its own. */
async function connected(url, use) {
  const client = new Client(url);
  // A connection that breaks reports its statement too.
  client.on("error", () => {});
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}

/** The rows of one statement. */
async function rowsOf(url, text, values) {
  return connected(url, async (client) => (await client.query(text, values)).rows);
}

/** The process that all of a server's are below. */
async function postmasterOf(url) {
  return connected(url, async (client) => {
    const { rows } = await client.query("SELECT pg_backend_pid() AS pid");
    return parentOf(rows[0].pid);
  });
}

/** A command of the product on a database; what it prints goes where `stdio` says. */
function communique(url, args, stdio = "inherit") {
  return spawn(process.execPath, [COMMUNIQUE, ...args], {
    cwd: ROOT,
    stdio,
    env: { ...process.env, DATABASE_URL: url },
  });
}

/** Waits until a process ends, and gives its exit code or the signal that ended it. */
function ended(child) {
  return new Promise((done, fail) => {
    child.on("error", fail);
    child.on("close", (code, signal) => done(signal ?? code));
  });
}

/** Runs a command of the product to its end; fails where it does. */
async function run(url, args, stdio) {
  const result = await ended(communique(url, args, stdio));
  if (result !== 0) throw new Error(`communique ${args.join(" ")} ended with ${result}`);
}

module.exports = { communique, connected, ended, postmasterOf, ROOT, rowsOf, run, startDatabase };
