"use strict";
// The clients of `npm run bench:fair`, in a process of their own: what they do must not wait for the service. Prints, as
// JSON, how long a cheap query took alone and beside others who ask large ones, and how many answers had errors.

const { Connection, requestOf } = require("./client.js");

const [port, seconds, clients, cheap, large] = process.argv
  .slice(2)
  .map((each) => (/^\d+$/.test(each) ? Number(each) : requestOf("/graphql", { query: each })));

/** Asks until the function says stop, and gives how long each took and how many failed. */
async function askUntil(isOver, connection, request) {
  const latencies = [];
  let failed = 0;
  while (!isOver()) {
    const asked = performance.now();
    const body = await connection.ask(request).catch(() => null);
    latencies.push(performance.now() - asked);
    if (body === null || body.includes('"errors"')) failed++;
  }
  return { latencies, failed };
}

function after(ms) {
  const end = performance.now() + ms;
  return () => performance.now() > end;
}

async function main() {
  const [one, ...others] = Array.from({ length: clients + 1 }, () => new Connection(port));
  // V8 compiles for so long what has become hot.
  await askUntil(after(2_000), one, cheap);
  await askUntil(after(1_000), one, large);
  const idle = await askUntil(after(seconds * 500), one, cheap);
  let isOver = false;
  const asking = others.map((each) => askUntil(() => isOver, each, large));
  const busy = await askUntil(after(seconds * 1_000), one, cheap);
  isOver = true;
  const largeOnes = await Promise.all(asking);
  process.stdout.write(JSON.stringify({ idle, busy, large: largeOnes }));
  for (const connection of [one, ...others]) connection.close();
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
