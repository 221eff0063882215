"use strict";
// `npm run bench:cost`: what a unit of cost takes of PostgreSQL and the service, at most, for each list of the schema, on
// 200,000 invented statements (world.sql). Exits 1 where it takes more than 200 µs from a cost of 100 on, unless docs/scale.md tells of
// that list. Another number of statements, and a directory that keeps them, may be given:
//
//     npm run bench:cost -- 200000 --data /var/tmp/bench

const { mkdtempSync, readFileSync, rmSync, writeFileSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");
const { parseArgs } = require("node:util");
const { compileIfNeeded } = require("../bin/compile.js");
const { fields, TOLD } = require("./cost.questions.js");
const { onConnections, requestOf } = require("./client.js");
const { connected, postmasterOf, ROOT, rowsOf, run, startDatabase } = require("./database.js");
const { cpuOf } = require("./processes.js");
const { startServer } = require("./servers.js");

const DECADES = [10, 100, 1_000, 10_000, 50_000];
/** How much CPU a unit may take, in ms, where a question costs at least so much: what is cheaper pays for its request. */
const MOST = { unit: 0.2, from: 100 };
/** What would take longer is not asked for more of: a unit of it takes the same. */
const LONG_MS = 1_500;
/** How long a question is asked again and again, since V8 compiles what has become hot. */
const AGAIN_MS = 150;

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { data: { type: "string" }, only: { type: "string" } },
});
const STATEMENTS = Number(positionals[0] ?? 200_000);

async function main() {
  if (!compileIfNeeded()) process.exit(1);
  const settings = { fsync: "off", synchronous_commit: "off", shared_buffers: "1GB" };
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
    const measured = await measureAll(new Meter(service, await postmasterOf(url)));
    await service.stop();
    process.exitCode = report(measured) ? 0 : 1;
  } finally {
    await database.stop();
    rmSync(directory, { recursive: true, force: true });
  }
}

async function fill(url) {
  await run(url, ["migrate"], "ignore");
  const [{ count }] = await rowsOf(url, "SELECT count(*)::int FROM statement");
  if (count > 0) return;
  console.log(`Filling a database with ${STATEMENTS.toLocaleString("en")} statements…`);
  const world = readFileSync(join(__dirname, "world.sql"), "utf8");
  await connected(url, (client) =>
    client.query(world.replaceAll(":statements", String(STATEMENTS))),
  );
}

/** Asks questions, and tells what they cost and take. */
class Meter {
  constructor(service, postmaster) {
    const { createSchema } = require("../dist/src/schema.js");
    const { CostEstimator } = require("../dist/src/cost/estimate.js");
    this.estimator = new CostEstimator(createSchema());
    Object.assign(this, { service, postmaster });
  }

  costOf(query) {
    const { getOperationAST, parse } = require("graphql");
    const document = parse(query);
    return this.estimator.estimate(document, getOperationAST(document)).cost;
  }

  /** CPU in ms; the least of many, for the first has to read what the others find. */
  async take(query) {
    const request = requestOf("/graphql", { query });
    let least = { own: Infinity, postgres: Infinity };
    await onConnections(this.service.port, 1, async (connection) => {
      for (let spent = 0, asked = 0; asked < 2 || (spent < AGAIN_MS && asked < 30); asked++) {
        const before = this.cpu();
        const { errors } = JSON.parse(await connection.ask(request));
        // More lists than connections, each of which takes long: a production service refuses some of them. And no document
        // of so many lists that each cost little has few enough tokens.
        if (
          errors?.every(
            ({ extensions }) => extensions.code === "UNAVAILABLE" || extensions.exceeded,
          )
        )
          return;
        if (errors)
          throw new Error(JSON.stringify({ errors: errors.slice(0, 2), query }).slice(0, 1_000));
        const after = this.cpu();
        const taken = { own: after.own - before.own, postgres: after.postgres - before.postgres };
        if (sum(taken) < sum(least)) least = taken;
        spent += sum(taken);
        if (asked > 0 ? spent > LONG_MS / 3 : sum(taken) > LONG_MS / 2) break;
      }
    });
    return least;
  }

  cpu() {
    return { own: cpuOf(this.service.pid), postgres: cpuOf(this.postmaster) };
  }
}

/** Of each list at each decade the variant of which a unit takes most. */
async function measureAll(meter) {
  const measured = [];
  for (const field of fields()) {
    if (options.only && !field.name.startsWith(options.only)) continue;
    const decades = [];
    let variants = Object.entries(field.variants).map(([name, make]) => ({ name, make, unit: 0 }));
    for (const decade of DECADES) {
      const found = [];
      for (const variant of variants) {
        const one = questionOf(meter, field, variant.make, decade);
        if (!one || one.query === variant.query) continue;
        if (variant.unit * one.cost > LONG_MS) {
          found.push({ ...variant.found, decade });
          continue;
        }
        const taken = await meter.take(one.query);
        if (!Number.isFinite(sum(taken))) {
          if (variant.found) found.push({ ...variant.found, decade });
          continue;
        }
        Object.assign(variant, { query: one.query, unit: sum(taken) / one.cost });
        variant.found = { variant: variant.name, cost: one.cost, unit: variant.unit, ...taken };
        found.push({ ...variant.found, decade });
      }
      found.sort((a, b) => b.unit - a.unit);
      if (found.length > 0) decades.push(found[0]);
      // What is cheap here is not the dearest with more of it.
      const cheap = found.slice(3).map(({ variant }) => variant);
      variants = variants.filter(({ name }) => !cheap.includes(name));
    }
    measured.push({ name: field.name, decades });
    const units = decades.map(
      ({ decade, unit, variant }) => `${decade}: ${microseconds(unit)} µs (${variant})`,
    );
    console.log(`${field.name}  ${units.join("  ")}`);
  }
  return measured;
}

function sum({ own, postgres }) {
  return own + postgres;
}

/** The question with as many lists as come to about so much; none where that is less than the half of it, or far more. */
function questionOf(meter, { ask }, make, wanted) {
  let count = 1;
  let query = ask(make, 1);
  let cost = meter.costOf(query);
  if (cost > wanted * 1.5 && wanted > DECADES[0]) return undefined;
  if (cost > DECADES[1] * 3 && wanted === DECADES[0]) return undefined;
  for (let step = 0; step < 12 && cost < wanted * 0.8; step++) {
    const more = Math.max(count + 1, Math.floor((count * wanted) / cost));
    const next = ask(make, more);
    const nextCost = meter.costOf(next);
    if (nextCost > wanted * 1.2 || next === query) break;
    [count, query, cost] = [more, next, nextCost];
  }
  return cost >= wanted / 3 || wanted === DECADES[0] ? { query, cost } : undefined;
}

function report(measured) {
  const rows = measured
    .filter(({ decades }) => decades.length > 0)
    .map((row) => ({
      ...row,
      most: mostOf(row.decades),
      told: TOLD.some((it) => it.test(row.name)),
    }))
    .sort((one, other) => other.most - one.most);
  const missed = rows.filter(({ most, told }) => most > MOST.unit && !told);
  const cell = (decades, decade) => {
    const one = decades.find((it) => it.decade === decade);
    return one ? microseconds(one.unit) : "";
  };
  const table = rows.map(({ name, decades, told }) => {
    const { variant, cost, postgres, own } = decades.toSorted((a, b) => b.unit - a.unit)[0];
    const cells = DECADES.map((decade) => cell(decades, decade));
    return `| ${name}${told ? " \\*" : ""} | ${cells.join(" | ")} | ${variant} | ${cost} | ${postgres.toFixed(1)} | ${own.toFixed(1)} |`;
  });
  const text = `# What a unit of cost takes

CPU of PostgreSQL and the service, in µs for each unit of the estimated cost, of the question that takes most of it among those
that [cost.questions.js](../cost.questions.js) has for a list, at about this cost; ${STATEMENTS.toLocaleString("en")} statements of
[world.sql](../world.sql), Node.js ${process.version}, written by \`npm run bench:cost\`. At most ${MOST.unit * 1_000} is wanted from a cost
of ${MOST.from} on; what costs less pays for the request. Lists with an asterisk are exempt, and
[scale.md](../../docs/scale.md#what-a-unit-of-cost-takes) says why. A cell is empty where a list can't be asked for at that cost.
What would take more than ${LONG_MS / 1_000} s is not asked: a unit of it takes as much as at a lower cost.

| list | ${DECADES.map((decade) => decade.toLocaleString("en")).join(" | ")} | dearest of all | its cost | PostgreSQL ms | service ms |
| --- |${DECADES.map(() => " ---: |").join("")} --- | ---: | ---: | ---: |
${table.join("\n")}
`;
  if (!options.only) writeFileSync(join(ROOT, "bench", "results", "cost.md"), text);
  console.log(text);
  for (const { name, most } of missed) console.log(`${name}: ${microseconds(most)} µs a unit`);
  return missed.length === 0;
}

/** What a unit takes at most, of what costs enough. */
function mostOf(decades) {
  return Math.max(0, ...decades.filter(({ cost }) => cost >= MOST.from).map(({ unit }) => unit));
}

function microseconds(ms) {
  return (ms * 1_000).toFixed(ms < 0.01 ? 1 : 0);
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
