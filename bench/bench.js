"use strict";
// `npm run bench`: what a query costs the service, beside a lower bound (floor.js), beside PostGraphile
// on the floor's tables, and beside what a tutorial would build (tutorial.js). README.md says how, and how to read the results.

const { mkdirSync, mkdtempSync, rmSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join, resolve } = require("node:path");
const { parseArgs } = require("node:util");
const { askAll, requestOf } = require("./client.js");
const { assertEqual, assertIndexed, explainFloor, statementsOf, waitsOf } = require("./compare.js");
const { postmasterOf, rowsOf, startDatabase } = require("./database.js");
const { measure, warmUp } = require("./measure.js");
const postgraphile = require("./postgraphile/questions.js");
const { drawVariables, pathOf, QUESTIONS } = require("./questions.js");
const { writeReport } = require("./report.js");
const { startServer } = require("./servers.js");
const { installPostgraphile, loadWorld, machine, prepare } = require("./setup.js");
const { unusedIndexes } = require("./unused-indexes.js");

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seconds: { type: "string", default: "3" },
    // An even number, to alternate the order: the first one has a colder cache.
    rounds: { type: "string", default: "6" },
    questions: { type: "string" },
    data: { type: "string" },
    without: { type: "string" },
  },
});
const STATEMENTS = Number(positionals[0] ?? 100_000);
const SECONDS = Number(options.seconds);
const ROUNDS = Number(options.rounds);
const ONLY = options.questions?.split(",") ?? [];
const WITHOUT = options.without?.split(",") ?? [];
/** In this order; the first two get identical requests, equally often. */
const SERVERS = ["service", "floor", "postgraphile", "tutorial"].filter(
  (name) => !WITHOUT.includes(name),
);
/** What the tutorial can't answer. */
const UNTAUGHT = ["misspelt"];
const CONCURRENCIES = [1, 16];
/** Counts the SQL statements; off while anything is timed. */
const COUNTING = {
  shared_preload_libraries: "pg_stat_statements",
  "pg_stat_statements.track_planning": "on",
};

async function main() {
  if (!prepare()) process.exit(1);
  // Without it, whatever Node.js this is.
  const node = WITHOUT.includes("postgraphile") ? process.execPath : installPostgraphile();
  if (!node) process.exit(1);
  const work = options.data
    ? resolve(options.data, String(STATEMENTS))
    : mkdtempSync(join(tmpdir(), "communique-bench-"));
  mkdirSync(work, { recursive: true });
  try {
    console.log(`A world of ${STATEMENTS.toLocaleString("en")} statements…`);
    const world = join(work, "world");
    await loadWorld(STATEMENTS, world);
    const asked = await withServers(world, node, COUNTING, compareAll);
    const timed = await withServers(world, node, {}, (servers) => measureAll(servers, asked));
    const unused = await withDatabase(world, {}, ({ url }) =>
      unusedIndexes(
        url,
        work,
        asked.flatMap(({ requests }) => requests.service),
      ),
    );
    await writeReport({
      statements: STATEMENTS,
      only: ONLY,
      rounds: ROUNDS,
      seconds: SECONDS,
      ...timed,
      unused,
    });
  } finally {
    if (!options.data) rmSync(work, { recursive: true, force: true });
  }
}

async function withDatabase(world, settings, use) {
  const database = await startDatabase({ directory: join(world, "data"), settings });
  try {
    return await use({ url: database.url("postgres") });
  } finally {
    await database.stop();
  }
}

/** The servers on one database, for as long as something uses them. */
function withServers(world, node, settings, use) {
  return withDatabase(world, settings, async ({ url }) => {
    const servers = {};
    try {
      for (const name of SERVERS) {
        servers[name] = await startServer(name, url, world, {}, node);
      }
      return await use({ url, servers, node });
    } finally {
      for (const server of Object.values(servers)) await server.stop();
    }
  });
}

/** Draws the values of every query's variables, asserts that all servers give the same response, and counts the SQL. */
async function compareAll({ url, servers }) {
  await rowsOf(url, "CREATE EXTENSION IF NOT EXISTS pg_stat_statements");
  const asked = [];
  for (const question of QUESTIONS.filter(({ name }) => ONLY.length === 0 || ONLY.includes(name))) {
    console.log(`${question.name}: the same answers?`);
    const variables = await drawVariables(question, {
      ask: (sql, values) => rowsOf(url, sql, values),
      asksService: (query, values) => dataOf(servers.service, query, values),
    });
    const requests = requestsOf(question, variables);
    const bytes = await assertEqual(question, variables, sidesOf(servers, question, requests));
    await assertIndexed(url, question, variables[0]);
    asked.push({
      question,
      requests,
      bytes,
      sql: {
        service: await statementsOf(url, servers.service, requests.service),
        floor: await statementsOf(url, servers.floor, requests.floor),
        waits: await waitsOf(servers.service, requests.service),
      },
      plan: await explainFloor(url, question, variables[0]),
    });
  }
  await rowsOf(url, "DROP EXTENSION pg_stat_statements");
  return asked;
}

/** The requests of a query, for each server that can answer it. */
function requestsOf(question, variables) {
  const { name, query, graphql = (values) => values, taught = graphql } = question;
  const asks = {
    service: (values) => requestOf("/graphql", { query, variables: graphql(values) }),
    floor: (values) => requestOf(pathOf(question), values),
    postgraphile: postgraphileAsks(postgraphile[name]),
    tutorial:
      !UNTAUGHT.includes(name) &&
      ((values) => requestOf("/graphql", { query, variables: taught(values) })),
  };
  return Object.fromEntries(
    SERVERS.filter((server) => asks[server]).map((server) => [server, variables.map(asks[server])]),
  );
}

function postgraphileAsks(question) {
  if (!question) return undefined;
  const { query, variables = (values) => values } = question;
  return (values) => requestOf("/graphql", { query, variables: variables(values) });
}

async function dataOf({ port }, query, variables) {
  const [answer] = await askAll(port, [requestOf("/graphql", { query, variables })], 1);
  return JSON.parse(answer).data;
}

function sidesOf(servers, { name }, requests) {
  return Object.entries(requests).map(([server, theirs]) => ({
    server: servers[server],
    requests: theirs,
    ...(server === "postgraphile" && { read: postgraphile[name].read }),
  }));
}

/** Times every query at every concurrency. */
async function measureAll({ url, servers, node }, asked) {
  const postmaster = await postmasterOf(url);
  await rowsOf(url, "CHECKPOINT");
  const questions = [];
  for (const { question, requests, bytes, sql, plan } of asked) {
    const { name, targets } = question;
    const measured = {};
    await warmUp(sidesOf(servers, question, requests), SECONDS);
    for (const concurrency of CONCURRENCIES) {
      console.log(`${name}: ${concurrency} at a time`);
      const timing = { concurrency, rounds: ROUNDS, seconds: SECONDS };
      measured[concurrency] = await measure(
        sidesOf(servers, question, requests),
        postmaster,
        timing,
      );
    }
    questions.push({ name, targets, bytes, sql, plan, floorSql: question.sql, measured });
  }
  return { machine: await machine(url, node), startedIn: servers.service.startedIn, questions };
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
