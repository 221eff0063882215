"use strict";
// `npm run bench:fair`: how long a cheap query takes while others keep sending as many root fields as a query may
// have, on the embedded PostgreSQL with the shipped record and every setting as it comes. Exits 1 where a target is missed.

const { spawn } = require("node:child_process");
const { mkdtempSync, rmSync } = require("node:fs");
const { tmpdir } = require("node:os");
const { join } = require("node:path");
const { text } = require("node:stream/consumers");
const { compileIfNeeded } = require("../bin/compile.js");
const { startDatabase } = require("./database.js");
const { writeResult } = require("./report.js");
const { startServer } = require("./servers.js");
const { describeMachine, machine } = require("./setup.js");

const SECONDS = Number(process.argv[2] ?? 20);
const CLIENTS = 8;
const FIELDS = 190;
const CHEAP = `{ person(slug: "rajnath-singh") { name } }`;
/** What each of the many root fields asks: all with SQL of its own, since no two have the same filter. */
const LARGE = {
  "a count": "{ totalCount }",
  "a page": "{ nodes { text date meeting { title } } }",
};

/**
 * p50 within five times that of an idle service, or 25 ms where that is more; p99 within a second; no query failed, nor any of the
 * large ones: if the service refused those, the cheap query would not have to compete with them.
 */
const TARGETS = { times: 5, p50: 25, p99: 1_000 };

async function main() {
  if (!compileIfNeeded()) process.exit(1);
  const work = mkdtempSync(join(tmpdir(), "communique-fair-"));
  const database = await startDatabase();
  const results = [];
  let service;
  try {
    const url = database.url("postgres");
    service = await startServer("service", url, work);
    for (const [name, selection] of Object.entries(LARGE)) {
      console.error(`${CLIENTS} clients ask ${FIELDS} times ${name}…`);
      results.push({ name, ...(await ask(service.port, selection)) });
    }
    await report(await machine(url), results);
  } finally {
    await service?.stop();
    await database.stop();
    rmSync(work, { recursive: true, force: true });
  }
}

async function ask(port, selection) {
  const fields = Array.from({ length: FIELDS }, (_, i) => {
    return `f${i}: person(slug: "rajnath-singh") { statements(filter: { date: { from: "${1800 + i}" } }) ${selection} }`;
  });
  const args = [port, SECONDS, CLIENTS, CHEAP, `{ ${fields.join(" ")} }`].map(String);
  const clients = spawn(process.execPath, [join(__dirname, "fair.clients.js"), ...args], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  return JSON.parse(await text(clients.stdout));
}

async function report(machineOf, results) {
  const judged = results.map(({ name, idle, busy, large }) => {
    for (const { latencies } of [idle, busy]) latencies.sort((a, b) => a - b);
    const most = Math.max(TARGETS.times * at(idle, 0.5), TARGETS.p50);
    const sum = (valueOf) => large.reduce((all, each) => all + valueOf(each), 0);
    const failed = busy.failed + sum((each) => each.failed);
    const isMet = at(busy, 0.5) <= most && at(busy, 0.99) <= TARGETS.p99 && failed === 0;
    const answers = [busy.latencies.length, busy.failed];
    const cells = [
      name,
      ...[at(idle, 0.5), at(busy, 0.5), most, at(busy, 0.99), at(busy, 1)].map((ms) =>
        ms.toFixed(1),
      ),
      ...[...answers, sum(({ latencies }) => latencies.length), sum(({ failed }) => failed)],
      isMet ? "met" : "MISSED",
    ];
    return { isMet, row: `| ${cells.join(" | ")} |` };
  });
  const written = `# Turns: a cheap question beside large ones

${describeMachine(machineOf)}
The shipped record in the embedded PostgreSQL, the service with its settings as they come. ${CLIENTS} clients ask, without a pause, a
question of ${FIELDS} root fields, each with SQL of its own; another one asks \`${CHEAP}\`, first alone, then beside
them for ${SECONDS} s. All of it on the same machine.

| each of the ${FIELDS} | alone: p50 ms | beside: p50 ms | at most | p99 ms | longest ms | answers | failed | large answers | failed | |
| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |
${judged.map(({ row }) => row).join("\n")}

Met: the cheap question's p50 is at most ${TARGETS.times} times that of an idle service, or ${TARGETS.p50} ms, its p99 at most ${TARGETS.p99} ms, and none failed.
`;
  await writeResult("fair.md", written);
  process.stdout.write(`\n${written}`);
  if (!judged.every(({ isMet }) => isMet)) process.exitCode = 1;
}

function at({ latencies }, share) {
  return latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))];
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
