"use strict";
// `npm run cluster`: a cluster on this machine for trying it, until Ctrl-C. docs/cluster.md says what to try.

const { mkdtempSync, rmSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");
const { compileIfNeeded } = require("../../bin/compile.js");
const { Cluster } = require("./cluster.js");
const { requirePrograms } = require("./programs.js");

async function main() {
  requirePrograms();
  if (!compileIfNeeded()) process.exit(1);
  const directory = mkdtempSync(join(tmpdir(), "communique-cluster-"));
  const cluster = new Cluster(directory);
  const interrupted = new Promise((done) => {
    for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, done);
  });
  try {
    const started = cluster.start({ say: (line) => console.error(line) });
    await Promise.race([started, interrupted.then(() => process.exit(1))]);
    const { name } = await cluster.primary();
    const config = join(directory, `${name}.yml`);
    console.log(`
The service    http://127.0.0.1:${cluster.port}/ (HAProxy; ${cluster.services.map(({ port }) => port).join(", ")} behind it)
The primary    DATABASE_URL='${cluster.pooledUrl}' (PgBouncer)
Nodes          ${cluster.nodes.map((node) => `${node.name} at ${node.port}`).join(", ")}; the primary is ${name}
State          patronictl -c ${config} list
Failover       patronictl -c ${config} switchover --force
Logs           ${directory}/*.log
Ctrl-C ends it, and removes its data.`);
    await interrupted;
  } catch (error) {
    await cluster.stop();
    console.error(`The logs are in ${directory}`);
    throw error;
  }
  await cluster.stop();
  rmSync(directory, { recursive: true, force: true });
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
