"use strict";
// What a request costs in CPU with one, two and three replicas.

const { setTimeout: sleep } = require("node:timers/promises");
const { cpuOf } = require("../processes.js");
const { Readers } = require("./traffic.js");
const { urlOf } = require("./cluster.js");

const SECONDS = 10;
const CLIENTS = 8;
const NOBODY_WRITES = { acknowledged: [] };

/** Restarts the services with the URLs of this number of replicas, and measures each number. */
async function cpuByReplicas(cluster) {
  await cluster.addNode();
  await cluster.healed();
  const standbys = await cluster.standbys();
  const results = [];
  for (let replicas = 1; replicas <= standbys.length; replicas++) {
    const url = urlOf(standbys.slice(0, replicas).map(({ port }) => port));
    for (const service of cluster.services) {
      await service.program.stop();
      service.program.options.env.DATABASE_REPLICA_URLS = url;
      service.program.start(...service.program.command);
      await cluster.ready(service);
    }
    await sleep(2_000);
    results.push({ replicas, ...(await measure(cluster)) });
  }
  return results;
}

async function measure(cluster) {
  const readers = new Readers(cluster.port, NOBODY_WRITES, CLIENTS);
  readers.start();
  await sleep(3_000);
  const cpu = () => ({
    services: sum(cluster.services.map(({ program }) => cpuOf(program.pid))),
    postgres: sum(cluster.nodes.map((node) => cpuOf(cluster.postmaster(node)))),
    haproxy: cpuOf(cluster.haproxy.pid),
  });
  readers.mark();
  const before = cpu();
  await sleep(SECONDS * 1_000);
  const after = cpu();
  const { answers, failed } = readers.counts;
  await readers.stop();
  if (Object.keys(failed).length > 0) throw new Error(`requests failed: ${Object.keys(failed)}`);
  return Object.fromEntries(
    Object.entries(after).map(([name, ms]) => [name, (ms - before[name]) / answers]),
  );
}

function sum(numbers) {
  return numbers.reduce((total, number) => total + number, 0);
}

module.exports = { cpuByReplicas };
