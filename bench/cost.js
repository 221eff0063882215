"use strict";
// `npm run bench:cost`: what a unit of cost takes of PostgreSQL and the service, at most, for each list of the schema, on
// 200,000 invented statements (world.sql and cost.world.sql), at each decade of cost from 1,000 up to the default limit. Exits 1 where
// it is more than 20 times as much for one list as for another. Another number of statements, and a directory that keeps them, may
// be given:
//
//     npm run bench:cost -- 200000 --data /var/tmp/bench

const { mkdtempSync, readFileSync, rmSync, writeFileSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");
const { parseArgs } = require("node:util");
const { compileIfNeeded } = require("../bin/compile.js");
const { fields } = require("./cost.questions.js");
const { onConnections, requestOf } = require("./client.js");
const { connected, postmasterOf, ROOT, rowsOf, run, startDatabase } = require("./database.js");
const { cpuOf } = require("./processes.js");
const { startServer } = require("./servers.js");

/** The highest permitted ratio between the CPU of a unit in two lists. */
const MOST_TIMES = 20;
/** A variant that would take longer is not measured at a higher cost: a unit of it takes the same. */
const LONG_MS = 1_000;
/** How long a query is repeated, since V8 compiles hot code. */
const AGAIN_MS = 300;

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { data: { type: "string" }, only: { type: "string" } },
});
const STATEMENTS = Number(positionals[0] ?? 200_000);

async function main() {
  if (!compileIfNeeded()) process.exit(1);
  const decades = decadesUpTo(defaultLimit());
  const settings = {
    autovacuum: "off",
    fsync: "off",
    synchronous_commit: "off",
    shared_buffers: "1GB",
  };
  const database = await startDatabase({ directory: options.data, settings });
  const directory = mkdtempSync(join(tmpdir(), "communique-cost-"));
  const url = database.url("postgres");
  try {
    await fill(url);
    const service = await startServer("service", url, directory, {
      COMMUNIQUE_MAX_COST: "100000000",
      COMMUNIQUE_REQUEST_TIMEOUT_MS: "60000",
      COMMUNIQUE_STATEMENT_TIMEOUT_MS: "60000",
    });
    const measured = await measureAll(new Meter(service, await postmasterOf(url)), decades);
    await service.stop();
    process.exitCode = report(measured, decades) ? 0 : 1;
  } finally {
    await database.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}

function defaultLimit() {
  const { parseConfig } = require("../dist/src/config.js");
  return parseConfig({}).limits.maxCost;
}

/** Below this cost, a query measures the request rather than its lists. */
function decadesUpTo(limit) {
  return [1_000, 10_000, 100_000, 1_000_000].filter((decade) => decade < limit).concat(limit);
}

async function fill(url) {
  await run(url, ["migrate"], "ignore");
  const [{ count }] = await rowsOf(url, "SELECT count(*)::int FROM statement");
  if (count > 0) return;
  console.log(`Filling a database with ${STATEMENTS.toLocaleString("en")} statements…`);
  const files = ["world.sql", "cost.world.sql"];
  const world = files.map((name) => readFileSync(join(__dirname, name), "utf8")).join("\n");
  await connected(url, (client) =>
    client.query(world.replaceAll(":statements", String(STATEMENTS))),
  );
  await connected(url, (client) => client.query("VACUUM ANALYZE"));
}

/** Runs queries, and measures their cost and CPU. */
class Meter {
  constructor(service, postmaster) {
    const { createSchema } = require("../dist/src/schema.js");
    const { CostEstimator } = require("../dist/src/cost/estimate.js");
    this.estimator = new CostEstimator(createSchema());
    Object.assign(this, { service, postmaster });
  }

  costOf({ query, variables }) {
    const { getOperationAST, parse } = require("graphql");
    const document = parse(query);
    return this.estimator.estimate(document, getOperationAST(document), variables).cost;
  }

  /** CPU in ms; the least of many, for the first has to read what the others find. */
  async take(question) {
    const request = requestOf("/graphql", question);
    let least = { own: Infinity, postgres: Infinity };
    await onConnections(this.service.port, 1, async (connection) => {
      for (let spent = 0, asked = 0; asked < 3 || (spent < AGAIN_MS && asked < 30); asked++) {
        const before = this.cpu();
        const { errors } = JSON.parse(await connection.ask(request));
        // More lists than connections, each of which takes long: a production service refuses some of them. And no document
        // of that many cheap lists stays within the limit on tokens.
        if (
          errors?.every(
            ({ extensions }) => extensions.code === "UNAVAILABLE" || extensions.exceeded,
          )
        )
          return;
        if (errors)
          throw new Error(
            JSON.stringify({ errors: errors.slice(0, 2), ...question }).slice(0, 999),
          );
        const after = this.cpu();
        const taken = { own: after.own - before.own, postgres: after.postgres - before.postgres };
        if (sum(taken) < sum(least)) least = taken;
        spent += sum(taken);
        // Never after the first: a process of PostgreSQL that just ended may be counted twice.
        if (asked > 0 && spent > LONG_MS / 3) break;
      }
    });
    return least;
  }

  cpu() {
    return { own: cpuOf(this.service.pid), postgres: cpuOf(this.postmaster) };
  }
}

/** For each list and decade, the variant whose unit takes most CPU. */
async function measureAll(meter, decades) {
  const measured = [];
  for (const field of fields()) {
    if (options.only && !field.name.startsWith(options.only)) continue;
    const cells = [];
    let variants = Object.entries(field.variants).map(([name, make]) => ({ name, make }));
    for (const decade of decades) {
      const found = [];
      for (const variant of variants) {
        const cell = await measure(meter, field, variant, decade);
        if (cell) found.push(cell);
      }
      found.sort((a, b) => b.unit - a.unit);
      if (found.length > 0) cells.push(found[0]);
      // What is cheap here is not the most expensive with more of it.
      const cheap = found.slice(5).map(({ variant }) => variant);
      variants = variants.filter(({ name }) => !cheap.includes(name));
    }
    measured.push({ name: field.name, cells });
    const units = cells.map(
      ({ decade, unit, variant }) => `${decade}: ${microseconds(unit)} µs (${variant})`,
    );
    console.log(`${field.name}  ${units.join("  ")}`);
  }
  return measured;
}

/** The CPU of a unit of this variant at about this cost; undefined if it can't cost that much. */
async function measure(meter, field, variant, decade) {
  const one = questionOf(meter, field, variant.make, decade);
  const { last } = variant;
  if (!one || one.cost === last?.cost) return undefined;
  if (last && last.unit * one.cost > LONG_MS) return { ...last, decade };
  const taken = await meter.take(one.question);
  if (!Number.isFinite(sum(taken))) return last && { ...last, decade };
  const unit = sum(taken) / one.cost;
  variant.last = { variant: variant.name, cost: one.cost, unit, ...taken };
  return { ...variant.last, decade };
}

function sum({ own, postgres }) {
  return own + postgres;
}

/** A query with as many lists as cost about `wanted`; undefined if they cost less than a third of it, or far more. */
function questionOf(meter, { ask }, make, wanted) {
  let count = 1;
  let question = ask(make, count);
  let cost = meter.costOf(question);
  if (cost > wanted * 1.5) return undefined;
  for (let step = 0; step < 12 && cost < wanted * 0.8; step++) {
    count = Math.max(count + 1, Math.floor((count * wanted) / cost));
    const next = ask(make, count);
    const nextCost = meter.costOf(next);
    if (nextCost > wanted * 1.2) break;
    [question, cost] = [next, nextCost];
  }
  return cost >= wanted / 3 ? { question, cost } : undefined;
}

function report(measured, decades) {
  const rows = measured
    .filter(({ cells }) => cells.length > 0)
    .map(({ name, cells }) => ({ name, cells, worst: worstOf(cells) }))
    .sort((one, other) => other.worst.unit - one.worst.unit);
  const table = rows.map(({ name, cells, worst }) => {
    const units = decades.map((decade) => {
      const cell = cells.find((it) => it.decade === decade);
      return cell ? microseconds(cell.unit) : "";
    });
    const { variant, cost, postgres, own } = worst;
    return `| ${name} | ${units.join(" | ")} | ${variant} | ${cost} | ${postgres.toFixed(1)} | ${own.toFixed(1)} |`;
  });
  const times = decades.map((decade) => timesAt(rows, decade));
  const text = `# What a unit of cost takes

CPU of PostgreSQL and the service, in µs for each unit of the estimated cost, of the question that takes most of it among those
that [cost.questions.js](../cost.questions.js) has for a list, at about this cost; ${STATEMENTS.toLocaleString("en")} statements of
[world.sql](../world.sql) and [cost.world.sql](../cost.world.sql), Node.js ${process.version}, written by \`npm run bench:cost\`. In one column
no list may take more than ${MOST_TIMES} times as much as another. A cell is empty where a list can't be asked for at that cost. What
would take more than ${LONG_MS / 1_000} s is not asked: a unit of it takes as much as at a lower cost.

| list | ${decades.map((decade) => decade.toLocaleString("en")).join(" | ")} | most expensive | its cost | PostgreSQL ms | service ms |
| --- |${decades.map(() => " ---: |").join("")} --- | ---: | ---: | ---: |
${table.join("\n")}
| **most : least** | ${times.map((each) => each.toFixed(1)).join(" | ")} | | | | |
`;
  if (!options.only) writeFileSync(join(ROOT, "bench", "results", "cost.md"), text);
  console.log(text);
  return times.every((each) => each <= MOST_TIMES);
}

function worstOf(cells) {
  return cells.toSorted((a, b) => b.unit - a.unit)[0];
}

/** The CPU of a unit in the most expensive list, as a multiple of that in the cheapest. */
function timesAt(rows, decade) {
  const units = rows.flatMap(({ cells }) =>
    cells.filter((cell) => cell.decade === decade).map(({ unit }) => unit),
  );
  return units.length === 0 ? 1 : Math.max(...units) / Math.min(...units);
}

function microseconds(ms) {
  return (ms * 1_000).toFixed(ms < 0.01 ? 1 : 0);
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
