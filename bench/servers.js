"use strict";
// The servers that the bench compares, each a process of its own on the same database.

const { spawn } = require("node:child_process");
const { openSync } = require("node:fs");
const { createServer } = require("node:net");
const { join } = require("node:path");
const { setTimeout: sleep } = require("node:timers/promises");
const { askAll, requestOf } = require("./client.js");
const { ended, ROOT } = require("./database.js");
const { FLOOR_OPTIONS } = require("./questions.js");

/** As many connections as the service has when nobody says otherwise. */
function poolSize() {
  const { parseConfig } = require("../dist/src/config.js");
  return parseConfig({}).limits.poolSize;
}

/** The Node.js options of `npm start`. */
const FLAGS = require("../package.json").scripts.start.match(/--\S+/g);

/** The command that starts each server, and its first query. */
const SERVERS = {
  service: {
    flags: FLAGS,
    script: join(ROOT, "bin", "communique.js"),
    args: ["start"],
    hello: ["/graphql", { query: "{ __typename }" }],
  },
  floor: {
    script: join(__dirname, "floor.js"),
    args: [],
    hello: ["/tiny", { person: "person-1" }],
  },
  postgraphile: {
    script: join(__dirname, "postgraphile", "server.js"),
    args: [],
    // As its documentation wants it, and planned once a connection as the floor's statements are.
    environment: { GRAPHILE_ENV: "production", PGOPTIONS: FLOOR_OPTIONS },
    hello: ["/graphql", { query: "{ __typename }" }],
  },
  tutorial: {
    script: join(__dirname, "tutorial.js"),
    args: [],
    hello: ["/graphql", { query: "{ __typename }" }],
  },
};

/** Starts a server and waits until it answers. Its log is a file in the directory. */
async function startServer(name, url, directory, environment = {}, node = process.execPath) {
  const { flags = [], script, args, hello, environment: own = {} } = SERVERS[name];
  const port = await freePort();
  const log = openSync(join(directory, `${name}.log`), "a");
  const began = performance.now();
  const child = spawn(node, [...flags, script, ...args], {
    cwd: directory,
    stdio: ["ignore", log, log],
    env: {
      ...process.env,
      NODE_ENV: "production",
      DATABASE_URL: url,
      PORT: String(port),
      POOL_SIZE: String(poolSize()),
      ...own,
      ...environment,
    },
  });
  const gone = ended(child);
  const end = () => child.kill("SIGKILL");
  process.once("exit", end);
  const request = requestOf(...hello);
  for (;;) {
    const answered = await askAll(port, [request], 1).catch(() => null);
    if (answered) break;
    if (child.exitCode !== null || child.signalCode !== null) {
      throw new Error(`the ${name} did not start: see ${join(directory, `${name}.log`)}`);
    }
    await sleep(10);
  }
  return {
    name,
    port,
    pid: child.pid,
    startedIn: (performance.now() - began) / 1_000,
    async stop() {
      child.kill("SIGTERM");
      await gone;
      process.removeListener("exit", end);
    },
  };
}

async function freePort() {
  const server = createServer();
  await new Promise((done) => server.listen(0, "127.0.0.1", done));
  const { port } = server.address();
  await new Promise((done) => server.close(done));
  return port;
}

module.exports = { freePort, startServer };
