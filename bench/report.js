"use strict";
// What a run found, as a note for people (.md), a chart (.svg), and numbers to compare runs by (.json).

const { mkdirSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");
const prettier = require("prettier");
const { chartOf } = require("./chart.js");
const { ratio } = require("./measure.js");
const { describeMachine } = require("./setup.js");

const RESULTS = join(__dirname, "results");
/** Targets of the service for all queries. */
const LIMITS = { memory: 300, startedIn: 5 };

/** Writes the results of a run. */
async function writeReport(run) {
  // Results of some queries don't replace those of all.
  const name = ["bench", run.statements, ...run.only.map((one) => one.replaceAll(" ", "-"))].join(
    "-",
  );
  await writeResult(`${name}.md`, markdown(run, `${name}.svg`));
  await writeResult(`${name}.svg`, chartOf(run));
  await writeResult(`${name}.json`, JSON.stringify(numbersOf(run)));
}

/** Writes a file of results as the project formats its files, and says where it is. */
async function writeResult(name, text) {
  const path = join(RESULTS, name);
  const { inferredParser } = await prettier.getFileInfo(path);
  mkdirSync(RESULTS, { recursive: true });
  writeFileSync(path, inferredParser ? await prettier.format(text, { filepath: path }) : text);
  console.log(path);
}

function markdown(run, chart) {
  const { statements, machine, rounds, seconds, questions } = run;
  return `# What a question costs: ${count(statements)} statements

${describeMachine(machine)}
All servers are run by that Node.js. ${rounds} rounds of ${seconds} s a question; every server answered all values of the variables
alike before.
CPU is that of a request, the server's own and PostgreSQL's; in bold where it is more than it may be.

![CPU of a request, the floor's being 1](${chart})

${Object.keys(questions[0].measured)
  .map(
    (concurrency) => `## ${concurrency} at a time

CPU of a request, the floor's being 1, with what the floor takes:

${costs(questions, concurrency)}

The same in ms, own + PostgreSQL's, how many requests were answered in a second, and how long they took:

${details(questions, concurrency)}`,
  )
  .join("\n\n")}

## The service itself

${itself(run)}

## SQL

${sql(questions)}

## Indexes that no question uses

${unused(run.unused)}

## The floor

These are its statements, and how PostgreSQL carries them out with the first values of their variables.

${questions.map(floor).join("\n\n")}
`;
}

/** The CPU of each query relative to the floor's. A server without a response has a dash. */
function costs(questions, concurrency) {
  const rows = questions.map(({ name, targets, measured }) => {
    const { service, floor, postgraphile, tutorial } = measured[concurrency];
    const times = (other) => (other ? ratio(other, floor, totalOf).toFixed(1) : "–");
    return [
      name,
      `1 (${ms(totalOf(floor))} ms)`,
      times(postgraphile),
      times(tutorial),
      judged(ratio(service, floor, totalOf), targets.total),
      judged(ratio(service, floor, ownOf), targets.own),
      judged(ratio(service, floor, postgresOf)),
    ];
  });
  const head = [
    ...["question", "floor", "PostGraphile", "tutorial", "communique"],
    ...["its own CPU ÷ the floor's", "PostgreSQL's"],
  ];
  return table(head, rows);
}

/** Each server by itself. */
function details(questions, concurrency) {
  const servers = ["floor", "postgraphile", "tutorial", "service"].filter((server) =>
    questions.some(({ measured }) => measured[concurrency][server]),
  );
  const names = { postgraphile: "PostGraphile", service: "communique" };
  const rows = questions.map(({ name, bytes, measured }) => {
    const of = measured[concurrency];
    const cells = (cell) => servers.map((server) => (of[server] ? cell(of[server]) : "–"));
    return [
      name,
      ...cells(({ own, postgres }) => `${ms(own)} + ${ms(postgres)}`),
      cells(rateOf)
        .map((rate) => (rate === "–" ? rate : number(rate)))
        .join(" / "),
      ...[of.floor, of.service].map(({ p50, p99 }) => `${ms(p50)} / ${ms(p99)}`),
      number(bytes.service),
    ];
  });
  const called = servers.map((server) => names[server] ?? server);
  const head = [
    ...["question", ...called, `requests/s: ${called.join(" / ")}`],
    ...["floor's p50 / p99, ms", "communique's", "bytes"],
  ];
  return table(head, rows);
}

function itself({ questions, startedIn }) {
  const memory = Math.max(
    ...questions.flatMap(({ measured }) =>
      Object.values(measured).map(({ service }) => service.memory),
    ),
  );
  const isLate = startedIn > LIMITS.startedIn;
  return [
    `- From start to first answer: ${bold(`${startedIn.toFixed(1)} s`, isLate)} (at most ${LIMITS.startedIn} s).`,
    `- Most resident memory under load: ${bold(`${number(memory)} MB`, memory > LIMITS.memory)} (at most ${LIMITS.memory} MB).`,
  ].join("\n");
}

/** The SQL of each query, and the statements that the service waits for the longest. */
function sql(questions) {
  const rows = questions.map(({ name, sql: { service, floor, waits } }) => [
    name,
    service.count.toFixed(1),
    ms(service.ms),
    ms(floor.ms),
    waits
      .slice(0, 3)
      .map(({ name, ms: waited }) => `${name} ${ms(waited)}`)
      .join(", "),
  ]);
  return table(
    ["question", "statements", "ms in PostgreSQL", "floor's", "waited for the longest, ms"],
    rows,
  );
}

function unused(indexes) {
  if (indexes.length === 0) return "None.";
  const rows = indexes.map(({ index, table, bytes }) => [
    index,
    table,
    (bytes / 2 ** 20).toFixed(1),
  ]);
  return table(["index", "table", "MB"], rows);
}

function floor({ name, floorSql, plan }) {
  return `<details><summary>${name}</summary>

\`\`\`sql
${floorSql}
\`\`\`

\`\`\`
${plan}
\`\`\`

</details>`;
}

/** What is kept of a run to compare it with others. */
function numbersOf({ unused, questions, ...run }) {
  return {
    ...run,
    questions: questions.map(({ plan, floorSql, ...question }) => question),
    unused: unused.map(({ index }) => index),
  };
}

const rateOf = ({ throughput }) => throughput;
const ownOf = ({ own }) => own;
const postgresOf = ({ postgres }) => postgres;
const totalOf = ({ own, postgres }) => own + postgres;
const count = (value) => value.toLocaleString("en");
const number = (value) => count(Math.round(value));
const ms = (value) => (value >= 100 ? number(value) : value.toPrecision(value < 0.1 ? 1 : 2));
const bold = (text, isBold) => (isBold ? `**${text}**` : text);

/** A ratio beside what it may be at most. */
function judged(value, target) {
  const text = value.toFixed(2);
  if (target === undefined) return text;
  return value > target ? `**${text}** > ${target}` : `${text} ≤ ${target}`;
}

function table(head, rows) {
  const line = (cells) => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

module.exports = { writeReport, writeResult };
