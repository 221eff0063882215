"use strict";
// `npm run bench:feed`: what revisions cost a load, in time and on disk; and the feed of changes while two loaders write, one of which
// is killed, and a mirror (examples/mirror) follows, which is killed too: how far the mirror is behind, whether the feed and the
// mirror have lost anything, and what a page of the feed reads of the database near its start and at its end. Exits 1 where a target is
// missed. Another number of statements may be given, and a smaller one for what revisions cost, for which the world is loaded four times:
//
//     npm run bench:feed -- 20000
//     npm run bench:feed -- 200000 --costs 20000

const { spawn } = require("node:child_process");
const { createReadStream, createWriteStream, mkdtempSync, rmSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");
const { createInterface } = require("node:readline");
const { setTimeout: sleep } = require("node:timers/promises");
const { parseArgs } = require("node:util");
const { compileIfNeeded } = require("../bin/compile.js");
const {
  communique,
  connected,
  ended,
  postmasterOf,
  ROOT,
  rowsOf,
  run,
  startDatabase,
} = require("./database.js");
const { compileMirror, Mirror, unlike, Watch } = require("./feed.mirror.js");
const { buffersOfPages, readFeed } = require("./feed.pages.js");
const { cpuOf } = require("./processes.js");
const { writeReport } = require("./feed.report.js");
const { startServer } = require("./servers.js");
const { machine } = require("./setup.js");
const { writeWorld } = require("./world.js");

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { costs: { type: "string" } },
});
const STATEMENTS = Number(positionals[0] ?? 200_000);
const COSTS = Number(values.costs ?? STATEMENTS);
const QUIET = ["ignore", "ignore", "inherit"];
const say = (line) => console.error(line);

async function main() {
  if (!compileIfNeeded() || !compileMirror()) process.exit(1);
  const work = mkdtempSync(join(tmpdir(), "communique-feed-"));
  const settings = { shared_preload_libraries: "pg_stat_statements" };
  const database = await startDatabase({ settings });
  try {
    say(`A world of ${STATEMENTS.toLocaleString("en")} statements…`);
    const files = await writeFiles(work);
    await run(await fresh(database, "empty", "template0"), ["migrate"], QUIET);
    const smaller = join(work, "costs.jsonl");
    if (COSTS !== STATEMENTS) await writeWorld(COSTS, smaller);
    const costs = {
      statements: COSTS,
      ...(await costsOfRevisions(database, COSTS === STATEMENTS ? files.whole : smaller)),
    };
    const followed = await loadFollowed(database, files, work);
    const result = { statements: STATEMENTS, costs, ...followed };
    if (!(await writeReport(result))) process.exitCode = 1;
  } finally {
    await database.stop();
    rmSync(work, { recursive: true, force: true });
  }
}

/** The world as one file; and as what everything refers to, and two halves for two loaders. A conference stays with its meetings. */
async function writeFiles(work) {
  const name = (part) => join(work, `${part}.jsonl`);
  const files = {
    whole: name("whole"),
    base: name("base"),
    halves: [name("half-0"), name("half-1")],
  };
  await writeWorld(STATEMENTS, files.whole);
  const base = createWriteStream(files.base);
  const halves = files.halves.map((file) => createWriteStream(file));
  for await (const line of createInterface({ input: createReadStream(files.whole) })) {
    const [, article] = /"key":"gazette\/(\d+)"/.exec(line.slice(0, 200)) ?? [];
    const into = article === undefined ? base : halves[Math.floor(Number(article) / 10) % 2];
    into.write(`${line}\n`);
  }
  for (const stream of [base, ...halves]) await new Promise((done) => stream.end(done));
  return files;
}

async function fresh(database, name, template = "empty") {
  await connected(database.url("postgres"), async (client) => {
    await client.query(`CREATE DATABASE ${name} TEMPLATE ${template}`);
    await client.query("CHECKPOINT");
  });
  return database.url(name);
}

/** The same load with revisions and without, each twice in turn, into databases as empty as they are made. The quicker counts. */
async function costsOfRevisions(database, file) {
  const costs = { with: [], without: [] };
  let disk;
  for (const round of [1, 2]) {
    for (const kind of ["without", "with"]) {
      const url = await fresh(database, `${kind}_${round}`);
      say(`communique load ${kind} revisions…`);
      costs[kind].push(await timeLoad(url, file, kind === "without"));
      if (kind === "with") disk = await diskOf(url);
    }
    // The space of the first is for what comes.
    for (const kind of ["without", "with"])
      await rowsOf(database.url("postgres"), `DROP DATABASE ${kind}_${round}`);
  }
  const least = (kind, of) => Math.min(...costs[kind].map((each) => each[of]));
  const both = (of) => ({ with: least("with", of), without: least("without", of) });
  return { seconds: both("seconds"), cpu: both("cpu"), disk };
}

async function timeLoad(url, file, isWithout) {
  const server = await postmasterOf(url);
  const before = cpuOf(server);
  const began = performance.now();
  const flags = isWithout ? ["--require", join(__dirname, "feed.without.js")] : [];
  const child = spawn(process.execPath, [...flags, join(ROOT, "bin/communique.js"), "load", file], {
    cwd: ROOT,
    stdio: QUIET,
    env: { ...process.env, DATABASE_URL: url },
  });
  let own = 0;
  const timer = setInterval(() => (own = Math.max(own, cpuOf(child.pid))), 200);
  const result = await ended(child);
  clearInterval(timer);
  if (result !== 0) throw new Error(`the load ended with ${result}`);
  return {
    seconds: (performance.now() - began) / 1_000,
    cpu: (own + cpuOf(server) - before) / 1_000,
  };
}

const TABLES = ["record_revision", "record_change", "item_before", "document_of_revision"];
const INDEXES = ["statement_recorded", "statement_changed", "meeting_recorded", "meeting_changed"];

/** Bytes of revisions and of everything else. */
async function diskOf(url) {
  const [row] = await rowsOf(
    url,
    `SELECT sum(pg_total_relation_size(oid)) FILTER (WHERE relkind = 'r')::float8 AS all,
       sum(pg_total_relation_size(oid)) FILTER (WHERE relkind = 'r' AND relname = ANY ($1))::float8 AS tables,
       sum(pg_relation_size(oid)) FILTER (WHERE relkind = 'i' AND relname = ANY ($2))::float8 AS indexes
     FROM pg_class WHERE relnamespace = 'public'::regnamespace`,
    [TABLES, INDEXES],
  );
  const revisions = row.tables + row.indexes;
  return { revisions, rest: row.all - revisions };
}

/** Loads with two loaders and a mirror, and looks at the feed then. */
async function loadFollowed(database, { whole, base, halves }, work) {
  const url = await fresh(database, "followed");
  const mirrorUrl = await fresh(database, "mirror", "template0");
  await run(url, ["load", base], QUIET);
  const service = await startServer("service", url, work);
  const mirror = new Mirror(`http://127.0.0.1:${service.port}`, mirrorUrl);
  try {
    const watch = new Watch(url, mirrorUrl);
    say("Two loaders, and a mirror that follows…");
    const began = performance.now();
    mirror.start();
    const [killedAt] = await Promise.all([
      loadKilled(url, halves[0], mirror),
      ended(communique(url, ["load", halves[1]], QUIET)),
    ]);
    // What one loader refers to the other may not have loaded yet.
    await run(url, ["load", ...halves], QUIET);
    const seconds = (performance.now() - began) / 1_000;
    const caughtUpIn = await watch.caughtUp();
    await mirror.kill();
    say("Reading the feed from its start…");
    const feed = await readFeed(url, service.port);
    return {
      machine: await machine(url),
      followed: { seconds, killedAt, caughtUpIn, lag: watch.lag, kills: mirror.kills },
      feed,
      pages: await buffersOfPages(url, service.port, feed.cursors),
      unlike: await unlike(url, mirrorUrl),
      again: await revisionsOfLoad(url, whole),
    };
  } finally {
    await mirror.kill();
    await service.stop();
  }
}

/** Kills a load in its middle, and the mirror five times meanwhile; runs the load again. Gives how many documents there were. */
async function loadKilled(url, file, mirror) {
  const child = communique(url, ["load", file], QUIET);
  const end = ended(child);
  const counted = async () => {
    const [{ documents }] = await rowsOf(
      url,
      "SELECT count(*)::int AS documents FROM source_document",
    );
    return documents;
  };
  let documents = await counted();
  for (let next = 1; documents < STATEMENTS / 20 && child.exitCode === null; await sleep(200)) {
    documents = await counted();
    if (documents < (next * STATEMENTS) / 120) continue;
    next += 1;
    await mirror.restart();
  }
  child.kill("SIGKILL");
  await end;
  say(`killed at ${documents.toLocaleString("en")} documents; once more…`);
  await ended(communique(url, ["load", file], QUIET));
  return documents;
}

/** How many revisions the same load makes once more: none. */
async function revisionsOfLoad(url, file) {
  const count = async () =>
    (await rowsOf(url, "SELECT count(*)::int AS n FROM record_revision"))[0].n;
  const before = await count();
  await run(url, ["load", file], QUIET);
  return (await count()) - before;
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
