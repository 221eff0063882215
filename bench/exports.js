"use strict";
// `npm run bench:exports`: the most resident memory of `communique export` in each format, on worlds of several sizes, where the heap of
// JavaScript may take so much and no more: an export that held what it has written would not end. Exits 1 where the largest world takes
// much more than the smallest.
//
//     npm run bench:exports -- 10000 50000

const { mkdtempSync, rmSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");
const { compileIfNeeded } = require("../bin/compile.js");
const { communique, connected, ended, run, startDatabase } = require("./database.js");
const { watchMemory } = require("./processes.js");
const { writeResult } = require("./report.js");
const { describeMachine, machine } = require("./setup.js");
const { writeWorld } = require("./world.js");

const asked = process.argv.slice(2).map(Number);
const SIZES = asked.length > 0 ? asked : [10_000, 50_000];
/** The maximum ratio between the memory of the largest and the smallest world. */
const MOST = 1.3;
/** In MB, of old objects. Without a limit, V8 collects garbage when it pleases, and resident memory says little of what is held. */
const HEAP = 64;
const QUIET = ["ignore", "ignore", "inherit"];
const FORMATS = { records: "all.jsonl", csv: "tables", "json-ld": "all.jsonld" };

async function main() {
  if (!compileIfNeeded()) process.exit(1);
  const work = mkdtempSync(join(tmpdir(), "communique-exports-"));
  const database = await startDatabase();
  try {
    const measured = [];
    let described;
    for (const statements of SIZES) {
      say(`A world of ${statements.toLocaleString("en")} statements…`);
      const url = await loaded(database, statements, work);
      described ??= describeMachine(await machine(url));
      for (const [format, name] of Object.entries(FORMATS)) {
        say(`communique export --as ${format}…`);
        measured.push({ statements, format, ...(await timeExport(url, format, join(work, name))) });
      }
    }
    if (!(await report(described, measured))) process.exitCode = 1;
  } finally {
    await database.stop();
    rmSync(work, { recursive: true, force: true });
  }
}

/** A separate database with this number of statements. */
async function loaded(database, statements, work) {
  const name = `world_${statements}`;
  const file = join(work, "world.jsonl");
  await connected(database.url("postgres"), (client) => client.query(`CREATE DATABASE ${name}`));
  await writeWorld(statements, file);
  await run(database.url(name), ["load", file], QUIET);
  return database.url(name);
}

/** Exports the record; gives how long it took and the most memory, in MB, that was resident. */
async function timeExport(url, format, out) {
  const began = performance.now();
  process.env.NODE_OPTIONS = `--max-old-space-size=${HEAP}`;
  const child = communique(url, ["export", "--as", format, "--out", out], QUIET);
  delete process.env.NODE_OPTIONS;
  const memory = watchMemory(child.pid);
  const result = await ended(child);
  const most = memory();
  if (result !== 0) throw new Error(`the export as ${format} ended with ${result}`);
  return { seconds: (performance.now() - began) / 1_000, memory: most };
}

/** Prints what was found and writes it down; whether no format's memory grows with the record. */
async function report(described, measured) {
  const row = ({ statements, format, seconds, memory }) =>
    `| \`--as ${format}\` | ${statements.toLocaleString("en")} | ${seconds.toFixed(1)} | ${Math.round(memory)} |`;
  const grown = Object.keys(FORMATS).map((format) => {
    const of = measured.filter((each) => each.format === format);
    const times = of.at(-1).memory / of[0].memory;
    return {
      line: `| \`--as ${format}\` | × ${times.toFixed(2)} (at most ${MOST}) | ${times <= MOST ? "met" : "MISSED"} |`,
      isMet: times <= MOST,
    };
  });
  const text = `# What an export holds in memory

${described}
The heap of JavaScript is limited to ${HEAP} MB.

| | statements | seconds | most resident memory, MB |
| --- | --- | --- | --- |
${measured.map(row).join("\n")}

| target: memory of the largest world beside the smallest | | |
| --- | --- | --- |
${grown.map(({ line }) => line).join("\n")}
`;
  await writeResult("exports.md", text);
  process.stdout.write(`\n${text}`);
  return grown.every(({ isMet }) => isMet);
}

function say(line) {
  console.error(line);
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
