"use strict";
// How latency grows with the record: the median of one request at a time in the smallest world that has results,
// and in every larger one, beside the floor's.
//
//     node bench/growth.js

const { readdirSync, readFileSync } = require("node:fs");
const { join } = require("node:path");

const RESULTS = join(__dirname, "results");
/** The queries whose latency may grow by at most MOST times as much as the floor's. */
const JUDGED = ["headline", "page", "deep page"];
const MOST = 1.3;

const runs = readdirSync(RESULTS)
  .filter((name) => /^bench-\d+\.json$/.test(name))
  .map((name) => JSON.parse(readFileSync(join(RESULTS, name), "utf8")))
  .sort((a, b) => a.statements - b.statements);

function main() {
  const [smallest, ...larger] = runs;
  if (larger.length === 0) {
    console.error(
      "There is nothing to compare: run the bench on two worlds, `npm run bench -- 10000` for one.",
    );
    process.exit(2);
  }
  for (const run of larger) {
    console.log(`\nFrom ${count(smallest)} statements to ${count(run)}, median ms:\n`);
    for (const { name } of run.questions) compare(name, smallest, run);
  }
}

function compare(name, smallest, run) {
  const [before, after] = [smallest, run].map((each) => medians(each, name));
  if (!before || !after) return;
  const grown = { service: after.service / before.service, floor: after.floor / before.floor };
  const ratio = grown.service / grown.floor;
  const isMissed = JUDGED.includes(name) && ratio > MOST;
  if (isMissed) process.exitCode = 1;
  const side = (which) =>
    `${which} ${before[which].toFixed(2)} → ${after[which].toFixed(2)} (× ${grown[which].toFixed(2)})`;
  const verdict = JUDGED.includes(name)
    ? isMissed
      ? ` MISSED: at most ${MOST}`
      : ` ≤ ${MOST}`
    : "";
  console.log(
    `${name.padEnd(14)} ${side("service")}, ${side("floor")}: ratio ${ratio.toFixed(2)}${verdict}`,
  );
}

function medians({ questions }, name) {
  const measured = questions.find((question) => question.name === name)?.measured["1"];
  return measured && { service: measured.service.p50, floor: measured.floor.p50 };
}

function count({ statements }) {
  return statements.toLocaleString("en");
}

main();
