"use strict";
// `npm run bench:replica`: a PostgreSQL of the system with two streaming replicas, and the service asked all the while:
// whom it asks, when a record that is loaded appears, and what clients notice of replicas that are killed or hang and
// come back. Exits 1 where a request failed or went where it should not. Another number of statements may be given.

const { mkdtempSync, rmSync, writeFileSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");
const { setTimeout: sleep } = require("node:timers/promises");
const { compileIfNeeded } = require("../bin/compile.js");
const { askAll, onConnections, requestOf } = require("./client.js");
const { connected, rowsOf, run } = require("./database.js");
const { drawVariables, QUESTIONS } = require("./questions.js");
const { writeResult } = require("./report.js");
const { startServer } = require("./servers.js");
const { describeMachine, machine } = require("./setup.js");
const { Servers } = require("./system-postgres.js");
const { writeWorld } = require("./world.js");

const STATEMENTS = Number(process.argv[2] ?? 10_000);
const CLIENTS = 16;
const RECORDS = 50;
const HEADLINE = QUESTIONS.find(({ name }) => name === "headline");
const QUIET = ["ignore", "ignore", "inherit"];

async function main() {
  if (!compileIfNeeded()) process.exit(1);
  const work = mkdtempSync(join(tmpdir(), "communique-replica-"));
  const postgres = new Servers(work);
  process.once("exit", () => {
    postgres.stop();
    rmSync(work, { recursive: true, force: true });
  });
  let service;
  try {
    say("A primary…");
    const primary = await postgres.primary();
    await rowsOf(primary.url, "CREATE EXTENSION pg_stat_statements");
    say(`A world of ${STATEMENTS.toLocaleString("en")} statements…`);
    await loadWorld(primary.url, work);
    say("Two replicas, by pg_basebackup…");
    const replicas = [];
    for (const name of ["replica-1", "replica-2"]) {
      replicas.push(await postgres.replicaOf(primary, name));
    }
    service = await startServer("service", primary.url, work, {
      DATABASE_REPLICA_URLS: replicas.map(({ url }) => url).join(),
    });
    const bench = new Bench(service, postgres, primary, replicas);
    const phases = await bench.phases();
    const lags = await bench.lags(work);
    await report({ machine: await machine(primary.url), phases, lags });
  } finally {
    await service?.stop();
  }
}

async function loadWorld(url, work) {
  const file = join(work, "world.jsonl");
  await writeWorld(STATEMENTS, file);
  await run(url, ["load", file], QUIET);
  await rowsOf(url, "VACUUM ANALYZE");
}

class Bench {
  constructor(service, postgres, primary, replicas) {
    Object.assign(this, { service, postgres, primary, replicas });
    this.servers = [primary, ...replicas];
  }

  /** What happens to the replicas one thing after the other, and what clients get meanwhile. */
  async phases() {
    const { postgres, replicas } = this;
    const variables = await drawVariables(HEADLINE, (sql, values) =>
      rowsOf(this.primary.url, sql, values),
    );
    this.requests = variables.map((each) =>
      requestOf("/graphql", { query: HEADLINE.query, variables: each }),
    );
    await this.askUntil(sleep(2_000));

    const phases = [];
    const phase = async (name, isRight, happen = async () => {}) => {
      say(name);
      await this.forget();
      const told = sleep(1_000).then(happen);
      const asked = await this.askUntil(told.then(() => sleep(7_000)));
      const statements = await this.statements();
      phases.push({ name, told: await told, isRight, ...asked, statements });
    };
    const [one, two] = replicas;
    const both = ([first, second]) => first > 0 && second > 0;
    const bothAlone = (shares, itself) => both(shares) && itself === 0;
    const only = (at) => (shares, itself) => shares[at] > 0 && itself === 0;
    const kill = (some) => async () => some.forEach((each) => postgres.signal(each, "SIGKILL"));

    await phase("both replicas are up", bothAlone);
    await phase("replica 1 is killed (SIGKILL)", only(1), kill([one]));
    await phase("replica 1 is started again", bothAlone, async () => {
      await postgres.start(one);
      return this.rejoin(one);
    });
    await phase("replica 2 hangs (SIGSTOP)", only(0), async () => postgres.signal(two, "SIGSTOP"));
    await phase("replica 2 goes on (SIGCONT)", bothAlone, async () => {
      postgres.signal(two, "SIGCONT");
      return this.rejoin(two);
    });
    await phase("both replicas are killed", (_, itself) => itself > 0, kill(replicas));
    await phase("both are started again", both, async () => {
      await Promise.all(replicas.map((replica) => postgres.start(replica)));
      await this.rejoin(one);
      return this.rejoin(two);
    });
    return phases;
  }

  /** Asks until then, and gives how long each answer took and how many were none. */
  async askUntil(end) {
    const latencies = [];
    let failed = 0;
    let next = 0;
    let isOver = false;
    void end.then(() => (isOver = true));
    await onConnections(this.service.port, CLIENTS, async (connection) => {
      for (let asked = performance.now(); !isOver;) {
        const request = this.requests[next++ % this.requests.length];
        const body = await connection.ask(request).catch(() => null);
        if (body === null || body.includes('"errors"')) failed++;
        const answered = performance.now();
        latencies.push(answered - asked);
        asked = answered;
      }
    });
    return { latencies: latencies.sort((a, b) => a - b), failed };
  }

  /** How long it takes until the service asks a replica that answers again. */
  async rejoin({ url }) {
    const began = performance.now();
    const { host, pathname } = new URL(url);
    for (;;) {
      const metrics = await (await fetch(`http://127.0.0.1:${this.service.port}/metrics`)).text();
      if (metrics.includes(`communique_server_up{server="${host}${pathname}"} 1`)) break;
      await sleep(20);
    }
    return `asked again after ${((performance.now() - began) / 1_000).toFixed(1)} s`;
  }

  /** Counts from nothing, on every server that is there. */
  async forget() {
    await this.each((client) => client.query("SELECT pg_stat_statements_reset()"));
  }

  /** How many statements of queries each server has run. */
  async statements() {
    return this.each(async (client) => {
      const { rows } = await client.query(
        `SELECT coalesce(sum(calls), 0)::int AS calls FROM pg_stat_statements
         WHERE query LIKE '/* %' AND query NOT LIKE '/* watch */%'`,
      );
      return rows[0].calls;
    });
  }

  /** Something on each server that answers within a second; null where it does not. */
  async each(use) {
    return Promise.all(
      this.servers.map(({ url }) =>
        Promise.race([connected(url, use).catch(() => null), sleep(1_000, null)]),
      ),
    );
  }

  /** How long after it was loaded a record is in the service's answers, in ms. */
  async lags(work) {
    say(`${RECORDS} records, one by one…`);
    const { createDataSource } = require("../dist/src/db/data-source.js");
    const { loadAll } = require("../dist/src/records/load/record.load.js");
    const dataSource = await createDataSource(this.primary.url).initialize();
    const lags = [];
    try {
      for (let i = 0; i < RECORDS; i++) {
        const file = join(work, "record.json");
        writeFileSync(file, JSON.stringify(recordOf(i)));
        await loadAll(dataSource, [file]);
        const loaded = performance.now();
        const request = requestOf("/graphql", {
          query: `{ statements(filter: { topics: ["lag-${i}"] }) { totalCount } }`,
        });
        for (;;) {
          const [body] = await askAll(this.service.port, [request], 1);
          if (body.includes('"totalCount":1')) break;
        }
        lags.push(performance.now() - loaded);
      }
    } finally {
      await dataSource.destroy();
    }
    return lags.sort((a, b) => a - b);
  }
}

/** A record with one statement, under a topic of its own. */
function recordOf(i) {
  return {
    format: "communique-record/1",
    document: { key: `lag/${i}`, kind: "NEWS", language: "en", licence: "CC0-1.0" },
    topics: [{ slug: `lag-${i}`, label: `Lag ${i}` }],
    statements: [
      {
        key: `lag/${i}/only`,
        language: "en",
        text: `The ${i}th word.`,
        form: "REPORTED",
        topics: [`lag-${i}`],
        speakers: [{ person: "person-1" }],
        citations: [{ start: 0, end: 10 }],
      },
    ],
  };
}

async function report({ machine, phases, lags }) {
  const rows = phases.map(({ name, told, isRight, latencies, failed, statements }) => {
    const [primary, ...replicas] = statements;
    const isMet = failed === 0 && isRight(replicas, primary);
    if (!isMet) process.exitCode = 1;
    const counts = statements.map((count) => count?.toLocaleString("en") ?? "–");
    return `| ${name}${told ? `; ${told}` : ""} | ${latencies.length.toLocaleString("en")} | ${failed} | ${at(latencies, 0.5)} | ${at(latencies, 0.99)} | ${at(latencies, 1)} | ${counts.join(" | ")} | ${isMet ? "met" : "MISSED"} |`;
  });
  const text = `# Replicas: what is asked of them, and what clients notice when they are lost

${describeMachine(machine)}
A record of ${STATEMENTS.toLocaleString("en")} statements in a PostgreSQL of the system with two streaming replicas (hot
standbys) made by \`pg_basebackup -R\`; the service with its settings as they come, and \`DATABASE_REPLICA_URLS\`. ${CLIENTS} clients ask the
headline question without a pause; the event of a line happens after a second, and is followed by seven. All of it on the same
machine.

| | answers | failed | p50 ms | p99 ms | longest ms | SQL at the primary | at replica 1 | at replica 2 | |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
${rows.join("\n")}

–: it could not be asked. Met: no request failed, and the statements went to the replicas that were up, to the primary only
where none was.

${lags.length} records, loaded one by one, were in the service's answers ${at(lags, 0.5)} ms after the load in the median, and ${at(lags, 1)} ms at the
most, the time of asking included.
`;
  await writeResult("replica.md", text);
  process.stdout.write(`\n${text}`);
}

function at(sorted, share) {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))].toFixed(1);
}

function say(line) {
  console.error(line);
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
