"use strict";
// `npm run bench:cluster`: what clients notice of a cluster (bench/cluster/) in which things fail, one after the other, while
// records are read and loaded. With words (`npm run bench:cluster -- migration`), only failures whose names have one of them, and
// no result is written. Exits 1 if an answer was wrong or too old, or anything acknowledged is lost.

const { mkdtempSync, rmSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");
const { setTimeout: sleep } = require("node:timers/promises");
const { compileIfNeeded } = require("../bin/compile.js");
const { Cluster } = require("./cluster/cluster.js");
const { cpuByReplicas } = require("./cluster/cpu.js");
const { nextVersion } = require("./cluster/next-version.js");
const { requirePrograms } = require("./cluster/programs.js");
const { Readers, Writer } = require("./cluster/traffic.js");
const { rowsOf } = require("./database.js");
const { childrenOf, signalTree } = require("./processes.js");
const { writeResult } = require("./report.js");
const { describeMachine, machine } = require("./setup.js");

const WORDS = process.argv.slice(2);
const CLIENTS = 8;
const CALM_MS = 3_000;
/** How long a phase lasts after what happens, at least. */
const AFTER_MS = 10_000;

async function main() {
  requirePrograms();
  if (!compileIfNeeded()) process.exit(1);
  const directory = mkdtempSync(join(tmpdir(), "communique-cluster-"));
  const cluster = new Cluster(directory);
  try {
    await cluster.start({ say });
    const writer = new Writer(cluster.pooledUrl, directory);
    await writer.start();
    const readers = new Readers(cluster.port, writer, CLIENTS);
    readers.start();
    const phases = [];
    for (const { name, happen } of faults(cluster, directory).filter(isWanted)) {
      say(name);
      phases.push(await phaseOf(name, happen, cluster, writer, readers));
    }
    await writer.stop();
    await readers.stop();
    const primary = await cluster.primary();
    const [{ kept }] = await rowsOf(
      primary.superuserUrl.replace(/postgres$/, "communique"),
      "SELECT count(*)::int AS kept FROM statement WHERE key LIKE 'cluster/%'",
    );
    const lost = Math.max(0, writer.acknowledged.length - kept);
    if (WORDS.length === 0) say("CPU by replicas…");
    const cpu = WORDS.length === 0 ? await cpuByReplicas(cluster) : [];
    const described = describeMachine(await machine(primary.superuserUrl));
    await report({ described, phases, loads: writer.acknowledged.length, lost, cpu });
  } catch (error) {
    say(`The logs are in ${directory}`);
    await cluster.stop();
    throw error;
  }
  await cluster.stop();
  rmSync(directory, { recursive: true, force: true });
}

function isWanted({ name }) {
  return WORDS.length === 0 || WORDS.some((word) => name.includes(word));
}

/** What happens, and what has to be done after it. `happen` may return what undoes it. */
function faults(cluster, directory) {
  const rolling = (change) => async () => {
    for (const service of cluster.services) {
      await service.program.stop();
      change(service);
      await cluster.ready(service);
      await sleep(2_000);
    }
  };
  return [
    { name: "nothing happens", happen: async () => {} },
    {
      name: "the primary's PostgreSQL is killed (SIGKILL)",
      happen: async () => cluster.signalPostgres(await cluster.primary(), "SIGKILL"),
    },
    {
      name: "the primary's node is lost (SIGKILL of PostgreSQL and Patroni)",
      async happen() {
        const node = await cluster.primary();
        node.patroni.kill();
        cluster.signalPostgres(node, "SIGKILL");
        return () => node.patroni.restart();
      },
    },
    {
      name: "the primary hangs (SIGSTOP of PostgreSQL)",
      async happen() {
        const node = await cluster.primary();
        cluster.signalPostgres(node, "SIGSTOP");
        return () => cluster.signalPostgres(node, "SIGCONT");
      },
    },
    {
      name: "a replica is cut off from the primary (SIGSTOP of its WAL receiver)",
      async happen() {
        const [node] = await cluster.standbys();
        const pid = childrenOf(cluster.postmaster(node)).find(({ command }) =>
          command.includes("walreceiver"),
        ).pid;
        process.kill(pid, "SIGSTOP");
        return () => process.kill(pid, "SIGCONT");
      },
    },
    { name: "failover by command (switchover)", happen: () => cluster.switchover() },
    {
      name: "the services are restarted one by one (SIGTERM)",
      happen: rolling((service) => service.program.start(...service.program.command)),
    },
    {
      name: "the services are replaced one by one by a version with another migration",
      happen: rolling((service) =>
        service.program.start(process.execPath, [nextVersion(directory), "start"]),
      ),
    },
  ];
}

async function phaseOf(name, happen, cluster, writer, readers) {
  await sleep(CALM_MS);
  readers.mark();
  writer.mark();
  const began = performance.now();
  const writes = writer.acknowledged.length;
  const undo = await happen();
  await sleep(AFTER_MS);
  // Until loads go on; a lost node without Patroni takes as long as its key lives.
  while (
    writer.acknowledged.at(-1) < performance.now() - 2_000 &&
    performance.now() - began < 60_000
  ) {
    await sleep(500);
  }
  await undo?.();
  await cluster.healed();
  await sleep(1_000);
  const { answers, failed, wrong, stale, older, firstFailure, lastFailure } = readers.counts;
  return {
    name,
    seconds: (performance.now() - began) / 1_000,
    answers,
    failed,
    failing: (lastFailure - firstFailure) / 1_000,
    wrong,
    stale,
    older,
    loads: writer.acknowledged.length - writes,
    withoutWrites: writer.gap / 1_000,
  };
}

async function report({ described, phases, loads, lost, cpu }) {
  const rows = phases.map((phase) => {
    const { name, answers, failed, wrong, stale, older, failing, withoutWrites } = phase;
    const codes = Object.entries(failed).map(([code, times]) => `${times} ${code}`);
    const onlyUnavailable = Object.keys(failed).every((code) => code === "UNAVAILABLE");
    const isMet = phase.loads > 0 && wrong === 0 && stale === 0 && onlyUnavailable && failing <= 5;
    if (!isMet) process.exitCode = 1;
    return [
      name,
      phase.seconds.toFixed(0),
      answers.toLocaleString("en"),
      codes.length > 0 ? `${codes.join(", ")} within ${failing.toFixed(1)} s` : "0",
      wrong,
      stale,
      older,
      phase.loads,
      withoutWrites.toFixed(1),
      isMet ? "met" : "MISSED",
    ].join(" | ");
  });
  if (lost > 0) process.exitCode = 1;
  const text = `# A cluster in which things fail

${described}
\`npm run bench:cluster\`: etcd, three PostgreSQL nodes under Patroni (\`synchronous_mode\`, \`ttl\` 20 s, \`loop_wait\` 2 s), a PgBouncer for each,
two service processes behind HAProxy, all on the same machine. ${CLIENTS} clients ask two questions in one request without a pause, through HAProxy;
a writer loads a record after the other through PgBouncer, each until it is acknowledged.

| what happens | seconds | requests | failed | wrong | too old | older than another | records loaded | longest time without a load, s | |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
${rows.map((row) => `| ${row} |`).join("\n")}

Wrong: another answer than the record had at any time. Too old: without a record that had been acknowledged 5 s (\`COMMUNIQUE_REPLICA_LAG_MS\`) before
the question. Older than another: without a record that an answer to somebody else had before, which two replicas may differ by within that time.
Met: nothing wrong or too old; requests failed with UNAVAILABLE only, within 5 s.

**Acknowledged records lost: ${lost}** of ${loads.toLocaleString("en")}.

## CPU by the number of replicas

| replicas | CPU a request, ms: services | PostgreSQL | HAProxy | together |
| --- | --- | --- | --- | --- |
${cpu.map(({ replicas, services, postgres, haproxy }) => `| ${replicas} | ${services.toFixed(2)} | ${postgres.toFixed(2)} | ${haproxy.toFixed(2)} | ${(services + postgres + haproxy).toFixed(2)} |`).join("\n")}

The same questions; replicas add connections and caches, not CPU a request. On one machine they can't answer more in total.
`;
  if (WORDS.length === 0) await writeResult("cluster.md", text);
  process.stdout.write(`\n${text}`);
}

function say(line) {
  console.error(line);
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
