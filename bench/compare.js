"use strict";
// Before anything is timed: checks that all servers give the same response, and counts what each query takes of PostgreSQL.

const { deepStrictEqual } = require("node:assert");
const { askAll } = require("./client.js");
const { FLOOR_OPTIONS, literal } = require("./questions.js");
const { connected, rowsOf } = require("./database.js");

/**
 * Asks every server with all values of the variables; fails where one answers otherwise. A server whose answers have
 * another shape says how they are read. Gives the answers' mean size.
 */
async function assertEqual({ name, compared = (answer) => answer }, variables, sides) {
  const [service, ...others] = sides;
  const answers = await askAll(service.server.port, service.requests);
  const bytes = { [service.server.name]: meanOf(answers.map(({ length }) => length)) };
  for (const { server, requests, read = compared } of others) {
    const theirs = await askAll(server.port, requests);
    bytes[server.name] = meanOf(theirs.map(({ length }) => length));
    for (const [i, answer] of answers.entries()) {
      if (answer.equals(theirs[i])) continue;
      try {
        deepStrictEqual(read(parsed(theirs[i])), compared(parsed(answer)));
      } catch (error) {
        const asked = `${name} with ${JSON.stringify(variables[i])}`;
        throw new Error(`${asked}: the ${server.name} answers otherwise\n${error.message}`);
      }
    }
  }
  return bytes;
}

function parsed(answer) {
  const body = JSON.parse(answer);
  if (body.errors) throw new Error(JSON.stringify(body.errors));
  return body;
}

const meanOf = (numbers) => numbers.reduce((sum, number) => sum + number, 0) / numbers.length;

/** How many SQL statements a request takes, and what these take of PostgreSQL, in ms: planned and carried out. */
async function statementsOf(url, server, requests) {
  return connected(url, async (client) => {
    await client.query("SELECT pg_stat_statements_reset()");
    await askAll(server.port, requests, 1);
    const { rows } = await client.query(
      `SELECT sum(calls)::float8 AS count, sum(total_plan_time + total_exec_time) AS ms
       FROM pg_stat_statements WHERE query NOT LIKE '%pg_stat_statements%'`,
    );
    return { count: rows[0].count / requests.length, ms: rows[0].ms / requests.length };
  });
}

/** How long the service waits for each of its statements, in ms a request, by the names it gives them: the longest first. */
async function waitsOf({ port }, requests) {
  const before = await secondsByStatement(port);
  await askAll(port, requests, 1);
  const after = await secondsByStatement(port);
  return [...after]
    .map(([name, seconds]) => {
      const ms = ((seconds - (before.get(name) ?? 0)) * 1_000) / requests.length;
      return { name, ms };
    })
    .filter(({ ms }) => ms > 0)
    .sort((a, b) => b.ms - a.ms);
}

async function secondsByStatement(port) {
  const metrics = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  const sums = metrics.matchAll(
    /^communique_sql_duration_seconds_sum\{statement="(\w+)"\} (.+)$/gm,
  );
  return new Map([...sums].map(([, name, seconds]) => [name, Number(seconds)]));
}

/** How the floor's statement is carried out, as PostgreSQL explains it. */
async function explainFloor(url, question, variables) {
  const rows = await explained(url, question, variables, "ANALYZE, BUFFERS");
  return rows.join("\n");
}

/** Tables of fewer rows may be read from end to end. */
const LARGE = 20_000;

/** Fails where the floor's plan, which is the same for all values, reads a large table from end to end. */
async function assertIndexed(url, question, variables) {
  const [[{ Plan: plan }]] = await explained(url, question, variables, "FORMAT JSON");
  const large = await rowsOf(
    url,
    `SELECT relname AS name FROM pg_class WHERE relnamespace = 'floor'::regnamespace AND reltuples > $1`,
    [LARGE],
  );
  const read = scannedIn(plan).filter((table) => large.some(({ name }) => name === table));
  if (read.length > 0) throw new Error(`${question.name}: the floor reads all of ${read}`);
}

/** What PostgreSQL says of the floor's statement as it is prepared there. */
async function explained(url, { sql, parameters }, variables, how) {
  return connected({ connectionString: url, options: FLOOR_OPTIONS }, async (client) => {
    await client.query(`PREPARE floor AS ${sql}`);
    const values = parameters(variables).map(literal);
    const { rows } = await client.query(`EXPLAIN (${how}) EXECUTE floor (${values})`);
    return rows.map((row) => row["QUERY PLAN"]);
  });
}

function scannedIn(plan) {
  const own = plan["Node Type"] === "Seq Scan" ? [plan["Relation Name"]] : [];
  return [...own, ...(plan.Plans ?? []).flatMap(scannedIn)];
}

module.exports = { assertEqual, assertIndexed, explainFloor, statementsOf, waitsOf };
