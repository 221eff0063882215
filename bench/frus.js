"use strict";
// `npm run bench:frus`: how well an importer reads memoranda of conversation of *Foreign Relations of the United States*, on
// memoranda labelled by reading (frus/labels.jsonl, see frus/README.md). Exits 1 where a target is missed.
//
//     npm run bench:frus -- --records frus1958-60v10p2.jsonl frus1969-76ve09p1.jsonl --known us-officials.jsonl …
//     npm run bench:frus -- --records FILE… --errors            # every error, with what was expected and what came

const { existsSync, readFileSync } = require("node:fs");
const { join } = require("node:path");
const { parseArgs } = require("node:util");
const { gunzipSync } = require("node:zlib");
const { add, emptyCounts, judge, MEASURES } = require("./frus/judge.js");
const { addPeople, gather } = require("./frus/records.js");

const LABELS = join(__dirname, "frus", "labels.jsonl");
const USAGE =
  "npm run bench:frus -- --records FILE… [--known FILE…] [--labels FILE] [--errors]\n" +
  "  --records  what the importer gave: JSON Lines, a record a line, also as .gz\n" +
  "  --known    record files of the people already on record; without them, a person whom --records doesn't define";
function main() {
  const options = readOptions();
  if (!options) return;
  const labels = linesOf(options.labels);
  const known = new Map();
  for (const record of options.known.flatMap(linesOf)) addPeople(known, record);
  const given = gather(options.records.flatMap(linesOf), known, options.known.length > 0);
  const counts = new Map(["all", ...volumesOf(labels)].map((name) => [name, emptyCounts()]));
  const errors = [];
  for (const label of labels) {
    const key = `${label.volume}-${label.document}`;
    const judged = judge(label, given.documents.get(key), given);
    for (const name of ["all", label.volume]) add(counts.get(name), judged.counts);
    errors.push(...judged.errors.map((error) => ({ key, ...error })));
  }
  const missing = labels.filter((l) => !given.documents.has(`${l.volume}-${l.document}`));
  process.exitCode = report(counts, labels, missing) ? 0 : 1;
  const unsure = errors.filter(({ what }) => what === "on record, label says nobody");
  if (options.errors) printErrors("Errors", errors);
  else if (unsure.length)
    printErrors("For a reader: given as someone on record, which no label says", unsure);
}

function readOptions() {
  const strings = { type: "string", multiple: true, default: [] };
  let parsed;
  try {
    parsed = parseArgs({
      allowPositionals: true,
      tokens: true,
      options: {
        records: strings,
        known: strings,
        labels: { type: "string", default: LABELS },
        errors: { type: "boolean", default: false },
      },
    });
  } catch (error) {
    return usage(error.message);
  }
  const { values, tokens } = parsed;
  let list;
  // `--records a b c`: what follows without a name belongs to the option before it
  for (const token of tokens) {
    if (token.kind === "option")
      list = { records: values.records, known: values.known }[token.name];
    else if (token.kind === "positional") {
      if (!list) return usage(`${token.value}: belongs to no option`);
      list.push(token.value);
    }
  }
  if (!values.records.length) return usage("which --records?");
  const missing = [...values.records, ...values.known, values.labels].find((f) => !existsSync(f));
  return missing ? usage(`${missing}: no such file`) : values;
}

function usage(fault) {
  console.error(`${fault}\n${USAGE}`);
  process.exitCode = 2;
}

function linesOf(file) {
  const bytes = readFileSync(file);
  const text = (file.endsWith(".gz") ? gunzipSync(bytes) : bytes).toString("utf8");
  return text
    .split("\n")
    .filter((line) => line.trim())
    .map((line) => JSON.parse(line));
}

const volumesOf = (labels) => [...new Set(labels.map(({ volume }) => volume))];

function report(counts, labels, missing) {
  const volumes = [...counts.keys()];
  console.log(`${labels.length} memoranda; ${missing.length} without a record`);
  if (missing.length) console.log(`  ${missing.map((l) => `${l.volume}-${l.document}`).join(" ")}`);
  const rows = Object.entries(MEASURES).map(([name, [title, of, target]]) => {
    const { right, of: all } = counts.get("all")[name];
    const isMissed = target !== undefined && !(all > 0 && right / all >= target);
    return {
      title,
      of,
      target: target === undefined ? "" : `${isMissed ? "BELOW " : ""}${target.toFixed(2)}`,
      isMissed,
      shares: volumes.map((volume) => share(counts.get(volume)[name])),
    };
  });
  const line = (title, shares, target, of) =>
    console.log(
      [title.padEnd(32), ...shares.map((s) => s.padEnd(20)), target.padEnd(12), of]
        .join(" ")
        .trimEnd(),
    );
  line("", volumes, "target", "out of");
  for (const { title, shares, target, of } of rows) line(title, shares, target, of);
  return !rows.some(({ isMissed }) => isMissed);
}

const share = ({ right, of }) => (of ? `${(right / of).toFixed(3)} (${right}/${of})` : "none");

function printErrors(title, errors) {
  console.log(`\n${title}: ${errors.length}`);
  for (const { key, what, expected, got } of errors)
    console.log(`${key}  ${what}: expected ${expected ?? "none"}; got ${got ?? "none"}`);
}

main();
