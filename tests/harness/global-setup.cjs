// Plain JavaScript over the compiled service: jest maps no `.js` imports to `.ts` files in a global setup.
const { randomBytes } = require("node:crypto");
const { existsSync } = require("node:fs");
const { chmod, mkdtemp, readdir, rm } = require("node:fs/promises");
const { tmpdir } = require("node:os");
const { join } = require("node:path");
const { Client } = require("pg");

const PREFIX = "communique-test-";

/** What the tests can do without: nothing of them has to survive a crash. */
const FORGETFUL = {
  fsync: "off",
  full_page_writes: "off",
  synchronous_commit: "off",
  autovacuum: "off",
};

/**
 * Starts one PostgreSQL for the run (or takes the server of TEST_DATABASE_URL) and migrates a template,
 * of which every test gets copies (database.ts).
 */
module.exports = async function setUp() {
  const { compileIfNeeded, dist } = require("../../bin/compile.js");
  if (!compileIfNeeded()) throw new Error("src/ does not compile");
  require("../../bin/reference.js").buildReference(dist);

  const run = `communique_test_${randomBytes(4).toString("hex")}`;
  const server = await startServer();
  process.env.TEST_RUN = run;
  process.env.TEST_PREPARED = join(server.directory, "prepared");
  process.env.TEST_SERVER = server.url;

  globalThis.tearDownTests = async () => {
    await dropDatabases(server.url, run);
    await server.stop();
    await rm(server.directory, { recursive: true, force: true });
  };
  for (const signal of ["SIGINT", "SIGTERM"]) {
    process.once(signal, () => globalThis.tearDownTests().finally(() => process.exit(130)));
  }
  try {
    await makeTemplate(server.url, `${run}_template`);
  } catch (error) {
    await globalThis.tearDownTests(); // jest does it only after a setup that succeeded
    throw error;
  }
};

/** The server of the run, and a directory for the files of the run. */
async function startServer() {
  if (process.env.TEST_DATABASE_URL) {
    const directory = await mkdtemp(join(tmpdir(), PREFIX));
    return { url: process.env.TEST_DATABASE_URL, directory, stop: async () => {} };
  }
  const { startEmbedded } = require("../../dist/src/embedded/embedded.js");
  await removeLeftovers(startEmbedded);
  const directory = await mkdtemp(join(tmpdir(), PREFIX));
  await chmod(directory, 0o711); // when root runs the tests, another user runs PostgreSQL
  const server = await startEmbedded({ directory, settings: FORGETFUL });
  return { url: server.url("postgres"), directory, stop: () => server.stop() };
}

/** Stops and removes the servers of earlier runs that were killed. */
async function removeLeftovers(startEmbedded) {
  for (const name of await readdir(tmpdir())) {
    const directory = join(tmpdir(), name);
    if (!name.startsWith(PREFIX) || !existsSync(join(directory, "postgres.owner"))) continue;
    const server = await startEmbedded({ directory, settings: FORGETFUL }).catch(() => undefined);
    // Whoever shares it without an end keeps a run that goes on right now from stopping it.
    await server?.stop();
    if (!server?.owned) continue; // another user's, or of such a run
    // Another run may be removing it at this moment.
    await rm(directory, { recursive: true, force: true }).catch(() => {});
  }
}

async function makeTemplate(serverUrl, name) {
  const { createDataSource } = require("../../dist/src/db/data-source.js");
  const { migrate } = require("../../dist/src/db/migrate.js");
  await query(serverUrl, `CREATE DATABASE ${name} TEMPLATE template0`);
  const url = new URL(serverUrl);
  url.pathname = name;
  const template = await createDataSource(url.href).initialize();
  try {
    await migrate(template);
  } finally {
    await template.destroy();
  }
}

async function dropDatabases(serverUrl, run) {
  const names = `SELECT datname FROM pg_database WHERE starts_with(datname, '${run}_')`;
  for (const { datname } of await query(serverUrl, names)) {
    await query(serverUrl, `DROP DATABASE ${datname} WITH (FORCE)`);
  }
}

async function query(serverUrl, statement) {
  const client = new Client(serverUrl);
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
}
