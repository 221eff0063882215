"use strict";
// `npm run bench:buffers -- 100000 1000000`: how many buffers of PostgreSQL the first page of each list touches that is to
// be flat (buffers.lists.js), for the parent with the most items and for a median one. Exits 1 where that is more than it
// may be, or grows with the world. With --only, for the lists whose names begin so, nothing is written. Worlds that are in other
// databases already, whose server loads pg_stat_statements, are given with their sizes:
//
//     npm run bench:buffers -- 100000 1000000 --url postgres://…/small --url postgres://…/large

const { mkdirSync, mkdtempSync, rmSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join, resolve } = require("node:path");
const { parseArgs } = require("node:util");
const { askAll, requestOf } = require("./client.js");
const { questionsOf } = require("./buffers.lists.js");
const { connected, rowsOf, startDatabase } = require("./database.js");
const { writeResult } = require("./report.js");
const { startServer } = require("./servers.js");
const { describeMachine, loadWorld, machine, prepare } = require("./setup.js");

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    data: { type: "string" },
    only: { type: "string", default: "" },
    url: { type: "string", multiple: true, default: [] },
  },
});
const SIZES = (positionals.length > 0 ? positionals : ["10000", "100000"]).map(Number);

/** The maximum number of buffers per page and row, and the maximum ratio between the two worlds. */
const LIMITS = { page: 60, row: 25, apart: 1.15 };
/** A statement that has been asked before is prepared, and planned once and for all after five more times. */
const TIMES = { before: 9, counted: 3 };

async function main() {
  if (!prepare()) process.exit(1);
  const worlds = [];
  for (const [i, statements] of SIZES.entries()) {
    const url = options.url[i];
    worlds.push(url ? await measureThere(url) : await measureWorld(statements));
  }
  const lists = comparing(worlds.map(({ lists: found }) => found));
  const missed = lists.filter(({ isMissed }) => isMissed);
  for (const { name, pages } of missed) {
    console.log(
      `${name}: ${pages.map(({ rows, buffers }) => `${buffers} for ${rows} rows`).join(", ")}`,
    );
  }
  console.log(`${lists.length - missed.length} of ${lists.length} pages are flat.`);
  const name =
    options.url.length > 0
      ? `buffers-postgresql-${await majorOf(options.url[0])}.md`
      : "buffers.md";
  if (!options.only) await writeResult(name, markdown(worlds[0].machine, lists, missed));
  process.exitCode = missed.length === 0 ? 0 : 1;
}

/** What the first page of each list takes in a world of this number of statements. */
async function measureWorld(statements) {
  const work = options.data
    ? resolve(options.data, String(statements))
    : mkdtempSync(join(tmpdir(), "communique-buffers-"));
  const world = join(work, "world");
  mkdirSync(work, { recursive: true });
  try {
    await loadWorld(statements, world);
    const settings = { shared_preload_libraries: "pg_stat_statements" };
    const database = await startDatabase({ directory: join(world, "data"), settings });
    try {
      return await measureDatabase(database.url("postgres"), world);
    } finally {
      await database.stop();
    }
  } finally {
    if (!options.data) rmSync(work, { recursive: true, force: true });
  }
}

/** The same in a database that somebody else has filled. */
async function measureThere(url) {
  const directory = mkdtempSync(join(tmpdir(), "communique-buffers-"));
  try {
    return await measureDatabase(url, directory);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

async function measureDatabase(url, directory) {
  return {
    machine: await machine(url),
    lists: await connected(url, (client) => measureLists(client, url, directory)),
  };
}

async function majorOf(url) {
  const [{ version }] = await rowsOf(url, "SELECT current_setting('server_version') AS version");
  return parseInt(version, 10);
}

async function measureLists(client, url, directory) {
  await client.query("CREATE EXTENSION IF NOT EXISTS pg_stat_statements");
  const service = await startServer("service", url, directory);
  const lists = new Map();
  try {
    const ask = async (sql, values) => (await client.query(sql, values)).rows;
    for (const { name, query } of await questionsOf(ask, options.only)) {
      lists.set(name, await measureList(client, service, query));
    }
  } finally {
    await service.stop();
    await client.query("DROP EXTENSION pg_stat_statements");
  }
  return lists;
}

/** The rows of a page, and the buffers that its statements touch, found in memory or read. */
async function measureList(client, { port }, query) {
  const request = requestOf("/graphql", { query });
  const some = (count) => Array.from({ length: count }, () => request);
  await askAll(port, some(TIMES.before), 1);
  await client.query("SELECT pg_stat_statements_reset()");
  const [answer] = await askAll(port, some(TIMES.counted), 1);
  const { data, errors } = JSON.parse(answer);
  if (errors) throw new Error(`${query}\n${JSON.stringify(errors)}`);
  const { rows } = await client.query(
    `SELECT sum(shared_blks_hit + shared_blks_read)::float8 AS buffers FROM pg_stat_statements
     WHERE query NOT LIKE '%pg_stat_statements%'`,
  );
  return { rows: nodesIn(data).length, buffers: Math.round(rows[0].buffers / TIMES.counted) };
}

function nodesIn(data) {
  const [found] = Object.values(data);
  return found.nodes ?? nodesIn(found);
}

/** The lists with their pages in each world, and whether any is more than it may be. */
function comparing(worlds) {
  return [...worlds[0].keys()].map((name) => {
    const pages = worlds.map((lists) => lists.get(name)).filter(Boolean);
    const each = pages.map(({ rows, buffers }) => buffers / Math.max(rows, 1));
    const apart = Math.max(...each) / Math.min(...each);
    return { name, pages, apart, isMissed: pages.some(isTooMuch) || apart > LIMITS.apart };
  });
}

function isTooMuch({ rows, buffers }) {
  return buffers > LIMITS.page + LIMITS.row * rows;
}

function markdown(taken, lists, missed) {
  const count = (value) => value.toLocaleString("en");
  const line = (cells) => `| ${cells.join(" | ")} |`;
  const bold = (text, isBold) => (isBold ? `**${text}**` : text);
  const rows = lists.map(({ name, pages, apart }) =>
    line([
      name,
      pages.map(({ rows: found }) => found).join(" / "),
      ...pages.map((page) => bold(count(page.buffers), isTooMuch(page))),
      bold(apart.toFixed(2), apart > LIMITS.apart),
    ]),
  );
  return `# Buffers of a first page

${describeMachine(taken)}
What the statements of a first page touch of PostgreSQL's shared buffers, in worlds of ${SIZES.map(count).join(" and ")} statements.
At most ${LIMITS.page} and ${LIMITS.row} a row, and at most ${LIMITS.apart} times as many a row in the one world as in the other; what is more is in
bold, in ${missed.length} of ${lists.length} lists.

${line(["list", "rows", ...SIZES.map(count), "apart"])}
${line(["---", "---", ...SIZES.map(() => "---"), "---"])}
${rows.join("\n")}
`;
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
