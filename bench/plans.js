"use strict";
// `npm run bench:plans`: loads an invented record of 200,000 statements into a database of its own and reads from
// EXPLAIN what the first page of every list with a selective filter reads: no large table from end to end, and so few
// pages of the database as a page of a flat list may. Exits 1 where one reads more. Another number of statements may be given.

const { randomBytes } = require("node:crypto");
const { readFileSync, rmSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");
const { Client } = require("pg");
const { compileIfNeeded } = require("../bin/compile.js");
const { questions } = require("./plans.questions.js");

const STATEMENTS = Number(process.argv[2] ?? 200_000);
/** Tables that grow with what is said: to read one from end to end is what a filter is to save. */
const LARGE = ["statement", "speaker", "citation", "participation"];
/** The maximum number of database pages per query, and per row of a full page. */
const BUFFERS = { once: 60, row: 25 };
const ROWS = 20;
const MOST_BUFFERS = BUFFERS.once + BUFFERS.row * ROWS;

async function main() {
  if (!compileIfNeeded()) process.exit(1);
  const { startEmbedded } = require("../dist/src/embedded/embedded.js");
  const { createDataSource } = require("../dist/src/db/data-source.js");
  const { migrate } = require("../dist/src/db/migrate.js");
  const directory = join(tmpdir(), `communique-plans-${randomBytes(4).toString("hex")}`);
  const settings = { fsync: "off", full_page_writes: "off", synchronous_commit: "off", jit: "off" };
  const server = await startEmbedded({ directory, settings, log: () => {} });
  const url = server.url("postgres");
  const dataSource = await createDataSource(url).initialize();
  try {
    await migrate(dataSource);
    console.log(`Filling a database with ${STATEMENTS.toLocaleString("en")} statements…`);
    await fill(url);
    process.exitCode = (await judgeAll(dataSource, url)) ? 0 : 1;
  } finally {
    await dataSource.destroy();
    await server.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}

async function fill(url) {
  const world = readFileSync(join(__dirname, "world.sql"), "utf8");
  await connected(url, (client) =>
    client.query(world.replaceAll(":statements", String(STATEMENTS))),
  );
}

async function connected(url, use) {
  const client = new Client(url);
  await client.connect();
  try {
    return await use(client);
  } finally {
    await client.end();
  }
}

/** Asks every query, explains the statements that it took, and prints what each reads its first rows from. */
async function judgeAll(dataSource, url) {
  const { createService } = require("../dist/src/server.js");
  const { parseConfig } = require("../dist/src/config.js");
  const service = await createService(dataSource, parseConfig({ COMMUNIQUE_LOG_LEVEL: "error" }));
  const asked = questions();
  const judged = [];
  await connected(url, async (client) => {
    for (const { name, query, isBoundedByMatches } of asked) {
      const scanned = [];
      let buffers = 0;
      for (const statement of await statementsOf(service, query)) {
        const plan = await explain(client, statement);
        scanned.push(...scansIn(plan));
        buffers += plan["Shared Hit Blocks"] + plan["Shared Read Blocks"];
      }
      const isFlat = isBoundedByMatches || buffers <= MOST_BUFFERS;
      judged.push(scanned.length === 0 && isFlat);
      const verdict = scanned.length > 0 ? "SCAN " : isFlat ? "index" : "PAGES";
      const scans = scanned.length > 0 ? ` ← ${scanned.join(", ")}` : "";
      console.log(`${verdict} ${String(buffers).padStart(6)}  ${name}${scans}`);
    }
  });
  await service.stop();
  const good = judged.filter(Boolean).length;
  console.log(
    `${good} of ${asked.length} questions read none of ${LARGE.join(", ")} from end to end, and at most ` +
      `${MOST_BUFFERS} pages of the database, those aside that are bounded by what matches.`,
  );
  console.log(
    "Exempt: totalCount, facets, and filters that most rows match (forms, joint, standings, statedOnly).",
  );
  return good === asked.length;
}

/** The SQL that a query takes, with its values. */
async function statementsOf(service, query) {
  const seen = [];
  const { query: original } = Client.prototype;
  Client.prototype.query = function (config, ...rest) {
    if (typeof config?.text === "string") seen.push({ text: config.text, values: config.values });
    return original.call(this, config, ...rest);
  };
  try {
    const { body } = await service.apollo.executeOperation(
      { query },
      { contextValue: service.createContext() },
    );
    const { errors } = body.singleResult;
    if (errors) throw new Error(`${query}\n${errors.map(({ message }) => message).join("\n")}`);
  } finally {
    Client.prototype.query = original;
  }
  return seen;
}

async function explain(client, { text, values }) {
  const { rows } = await client.query({
    text: `EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) ${text}`,
    values,
  });
  return rows[0]["QUERY PLAN"][0].Plan;
}

/** The large tables that a plan reads from end to end. */
function scansIn(plan) {
  const own =
    plan["Node Type"] === "Seq Scan" && LARGE.includes(plan["Relation Name"])
      ? [plan["Relation Name"]]
      : [];
  return [...own, ...(plan.Plans ?? []).flatMap(scansIn)];
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
