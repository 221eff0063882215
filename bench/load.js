"use strict";
// `npm run bench:load`: what `communique load` costs, beside a plain COPY of the same rows into the same tables with all
// their indexes, constraints and triggers; what it costs once more, when everything is there; and whether a load that is killed
// in the middle ends the same when it is resumed. Exits 1 where a target is missed.
//
//     npm run bench:load -- 1000000

const { mkdtempSync, rmSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");
const { setTimeout: sleep } = require("node:timers/promises");
const {
  connected,
  communique,
  ended,
  postmasterOf,
  rowsOf,
  run,
  startDatabase,
} = require("./database.js");
const { cpuOf, watchCpu, watchMemory } = require("./processes.js");
const { writeResult } = require("./report.js");
const { describeMachine, machine, prepare } = require("./setup.js");
const { differing, digestsOf, exportRows } = require("./tables.js");
const { writeWorld } = require("./world.js");

const STATEMENTS = Number(process.argv[2] ?? 1_000_000);
/**
 * Minimum rate relative to COPY, statements a second, statements a second if all are there already (a million in five minutes), and
 * maximum memory in MB.
 */
const TARGETS = { rate: 0.8, perSecond: 1_200, againPerSecond: 1_000_000 / 300, memory: 300 };
const QUIET = ["ignore", "ignore", "inherit"];

async function main() {
  if (!prepare()) process.exit(1);
  const work = mkdtempSync(join(tmpdir(), "communique-load-"));
  const file = join(work, "world.jsonl");
  const database = await startDatabase();
  try {
    say(`A world of ${STATEMENTS.toLocaleString("en")} statements…`);
    await writeWorld(STATEMENTS, file);
    await run(await fresh(database, "empty", "template0"), ["migrate"], QUIET);

    const loaded = await fresh(database, "loaded");
    const load = await timeLoad(loaded, ["load", file], "changed");
    const copied = await fresh(database, "copied");
    const copy = await timeCopy(copied, await exportRows(loaded));
    const again = await timeLoad(loaded, ["load", file], "nothing to change");
    const resumed = await timeLoad(loaded, ["load", "--resume", file], "nothing to change");
    const broken = await fresh(database, "broken");
    const killedAt = await loadBroken(broken, file);

    say("Comparing all rows…");
    const digests = await digestsOf(loaded);
    const result = {
      machine: await machine(loaded),
      load,
      copy,
      again,
      resumed,
      killedAt,
      rows: Object.values(digests).reduce((sum, { rows }) => sum + rows, 0),
      unlikeCopy: differing(digests, await digestsOf(copied)),
      unlikeBroken: differing(digests, await digestsOf(broken)),
    };
    if (!(await report(result))) process.exitCode = 1;
  } finally {
    await database.stop();
    rmSync(work, { recursive: true, force: true });
  }
}

/** A database of its own, as empty as the template, with nothing of the one before still to be written. */
async function fresh(database, name, template = "empty") {
  await connected(database.url("postgres"), async (client) => {
    await client.query(`CREATE DATABASE ${name} TEMPLATE ${template}`);
    await client.query("CHECKPOINT");
  });
  return database.url(name);
}

/** Runs a load, which is to end with these words. */
async function timeLoad(url, words, ending) {
  say("communique load…");
  const took = await timer(url);
  const child = communique(url, words, ["ignore", "pipe", "inherit"]);
  let said = "";
  child.stdout.on("data", (data) => (said += data));
  const memory = watchMemory(child.pid);
  const cpu = watchCpu(child.pid);
  const result = await ended(child);
  const [most, own] = [memory(), cpu() / 1_000];
  if (result !== 0) throw new Error(`the load ended with ${result}`);
  if (!said.includes(ending)) throw new Error(`the load did not say "${ending}": ${said}`);
  return { ...took(), own, memory: most };
}

/** Returns a stopwatch: the seconds since, and the seconds of CPU that PostgreSQL took. */
async function timer(url) {
  const postmaster = await postmasterOf(url);
  const [began, before] = [performance.now(), cpuOf(postmaster)];
  return () => ({
    seconds: (performance.now() - began) / 1_000,
    database: (cpuOf(postmaster) - before) / 1_000,
  });
}

/** In one transaction: a fact and its citation are in different tables, and the one is not without the other. */
async function timeCopy(url, statements) {
  say("COPY…");
  const took = await timer(url);
  return connected(url, async (client) => {
    await client.query("BEGIN");
    for (const statement of statements) await client.query(statement);
    await client.query("COMMIT");
    return took();
  });
}

/** Kills a load when half of the documents are on record, and runs it again. Gives how many statements there were. */
async function loadBroken(url, file) {
  say("communique load, killed in the middle…");
  const child = communique(url, ["load", file], QUIET);
  const end = ended(child);
  for (;;) {
    await sleep(200);
    const [{ documents }] = await rowsOf(
      url,
      "SELECT count(*)::int AS documents FROM source_document",
    );
    if (documents >= STATEMENTS / 20) break;
    if (child.exitCode !== null) throw new Error("the load was over before it could be killed");
  }
  child.kill("SIGKILL");
  await end;
  const [{ statements }] = await rowsOf(url, "SELECT count(*)::int AS statements FROM statement");
  say(`killed at ${statements.toLocaleString("en")} statements; resumed…`);
  await run(url, ["load", "--resume", file], QUIET);
  return statements;
}

/** Prints what was found and writes it down; whether every target is met. */
async function report(result) {
  const { machine, load, copy, again, resumed, killedAt, rows, unlikeCopy, unlikeBroken } = result;
  const rate = copy.seconds / load.seconds;
  const rateOf = ({ seconds }) => STATEMENTS / seconds;
  const whole = (number) => Math.round(number).toLocaleString("en");
  const perSecond = (step) => whole(rateOf(step));
  const row = (what, step) =>
    `| ${what} | ${step.seconds.toFixed(1)} | ${perSecond(step)} | ${step.own?.toFixed(1) ?? ""} | ${step.database.toFixed(1)} |`;
  const memory = Math.max(load.memory, again.memory);
  const atLeast = (what, step, least) => [
    what,
    `${perSecond(step)} (at least ${whole(least)})`,
    rateOf(step) >= least,
  ];
  const equal = (tables) => (tables.length === 0 ? "yes" : `NO: ${tables.join(", ")}`);
  const is = (isMet) => (isMet ? "met" : "MISSED");
  const judged = [
    ["rate of COPY's", `${rate.toFixed(2)} (at least ${TARGETS.rate})`, rate >= TARGETS.rate],
    atLeast("statements a second", load, TARGETS.perSecond),
    atLeast("the same when everything is there already", again, TARGETS.againPerSecond),
    atLeast("the same with `--resume`", resumed, TARGETS.againPerSecond),
    [
      "most resident memory",
      `${Math.round(memory)} MB (at most ${TARGETS.memory})`,
      memory <= TARGETS.memory,
    ],
    ["the same rows as by COPY", equal(unlikeCopy), unlikeCopy.length === 0],
    [
      `the same rows when killed at ${killedAt.toLocaleString("en")} statements and resumed`,
      equal(unlikeBroken),
      unlikeBroken.length === 0,
    ],
  ];
  const text = `# What a load costs: ${STATEMENTS.toLocaleString("en")} statements

${describeMachine(machine)}
${rows.toLocaleString("en")} rows in all tables, into databases as empty as they are made, with every index, constraint and trigger; PostgreSQL as the
product starts it, durable.

| | seconds | statements/s | CPU of the command, s | CPU of PostgreSQL, s |
| --- | --- | --- | --- | --- |
${row("`communique load`", load)}
${row("COPY of the same rows", copy)}
${row("`communique load` once more, which changes nothing", again)}
${row("`communique load --resume`, which skips all", resumed)}

| target | | |
| --- | --- | --- |
${judged.map(([what, value, isMet]) => `| ${what} | ${value} | ${is(isMet)} |`).join("\n")}
`;
  await writeResult(`load-${STATEMENTS}.md`, text);
  process.stdout.write(`\n${text}`);
  return judged.every(([, , isMet]) => isMet);
}

function say(line) {
  console.error(line);
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
