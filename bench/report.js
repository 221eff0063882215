"use strict";
// What a run found, as a note for people (.md), a chart (.svg), and numbers to compare runs by (.json).

const { mkdirSync, writeFileSync } = require("node:fs");
const { join } = require("node:path");
const prettier = require("prettier");
const { chartOf } = require("./chart.js");
const { ratio } = require("./measure.js");
const { describeMachine } = require("./setup.js");

const RESULTS = join(__dirname, "results");
/** What the service is to keep to, whatever the question. */
const LIMITS = { memory: 300, startedIn: 5, tutorial: 3 };
/** Questions that are to be answered so many times as fast as the tutorial does. */
const BEATS_TUTORIAL = ["headline", "page"];

/** Writes the results of a run. */
async function writeReport(run) {
  // A part of the questions does not take the place of all.
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
${rounds} rounds of ${seconds} s a question; every server answered all values of the variables alike before.
CPU is that of a request, in ms, service and PostgreSQL apart; in bold where a target is missed.

![CPU of a request, the floor's being 1](${chart})

${Object.keys(questions[0].measured)
  .map((concurrency) => `## ${concurrency} at a time\n\n${costs(questions, concurrency)}`)
  .join("\n\n")}

## Beside the tutorial

${tutorial(questions)}

## The service itself

${itself(run)}

## SQL

${sql(questions)}

## Indexes that no question uses

${unused(run.unused)}

## The floor

Its own CPU and PostgreSQL's, in ms a request, are in the tables above. These are its statements, and how PostgreSQL
carries them out with the first values of their variables.

${questions.map(floor).join("\n\n")}
`;
}

/** What each question costs, and how many times what it costs the floor. */
function costs(questions, concurrency) {
  const rows = questions.map(({ name, targets, bytes, measured }) => {
    const { service, floor } = measured[concurrency];
    return [
      name,
      `${number(service.throughput)} of ${number(floor.throughput)} (${percent(ratio(service, floor, rateOf))})`,
      `${ms(service.own)} + ${ms(service.postgres)}`,
      `${ms(floor.own)} + ${ms(floor.postgres)}`,
      judged(ratio(service, floor, totalOf), targets.total),
      judged(ratio(service, floor, ownOf), targets.own),
      judged(ratio(service, floor, postgresOf)),
      `${ms(service.p50)} / ${ms(service.p99)}`,
      `${ms(floor.p50)} / ${ms(floor.p99)}`,
      number(bytes.service),
    ];
  });
  const head = [
    ...[
      "question",
      "requests/s, service of floor",
      "CPU: service + PostgreSQL",
      "floor + PostgreSQL",
    ],
    ...["total ratio", "own ratio", "PostgreSQL ratio", "p50 / p99", "floor's p50 / p99", "bytes"],
  ];
  return table(head, rows);
}

function tutorial(questions) {
  const rows = questions
    .filter(({ measured }) => Object.values(measured)[0].tutorial)
    .flatMap(({ name, measured }) =>
      Object.entries(measured).map(([concurrency, { service, tutorial }]) => {
        const times = ratio(service, tutorial, rateOf);
        const isMissed = BEATS_TUTORIAL.includes(name) && times < LIMITS.tutorial;
        return [
          name,
          concurrency,
          number(service.throughput),
          number(tutorial.throughput),
          bold(times.toFixed(1), isMissed),
          `${ms(totalOf(service))} / ${ms(totalOf(tutorial))}`,
        ];
      }),
    );
  return table(
    [
      "question",
      "at a time",
      "requests/s",
      "tutorial's",
      "times as fast",
      "CPU: service / tutorial",
    ],
    rows,
  );
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

/** The SQL of each question, and the statements that the service waits for the longest. */
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
const percent = (value) => `${Math.round(value * 100)} %`;
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
