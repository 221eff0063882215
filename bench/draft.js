"use strict";
// `npm run bench:draft -- --texts DIR`: how well `communique draft` finds quotations, their speakers, and names, on texts labelled by
// somebody who had not seen it (draft/README.md). The texts are not here: DIR has them, found by their sha256.
//
//     npm run bench:draft -- --texts ../draft-texts              # results/draft.md, and every error by its offsets
//     npm run bench:draft -- --texts ../draft-texts --words      # the words of the errors too; writes nothing
//     npm run bench:draft -- --texts … --labels FILE             # other labels

const { createHash } = require("node:crypto");
const { cpus } = require("node:os");
const { existsSync, readdirSync, readFileSync } = require("node:fs");
const { join } = require("node:path");
const { knownNames, KINDS, lookUp, plain } = require("./draft.names.js");
const { communiqueTimed } = require("./draft.time.js");
const { writeResult } = require("./report.js");
const { compileIfNeeded } = require("../bin/compile.js");

/** What is to be reached. */
const TARGETS = { precision: 0.95, recall: 0.9, speaker: 0.9, names: 0.95, seconds: 2 };

async function main() {
  if (!compileIfNeeded()) process.exit(1);
  const labels = linesOf(option("--labels") ?? join(__dirname, "draft", "labels.jsonl"));
  const directory = option("--texts");
  if (!directory || !existsSync(directory)) {
    console.error("Say where the texts are: npm run bench:draft -- --texts DIR");
    process.exit(2);
  }
  const texts = textsIn(directory);
  const found = labels.filter(({ sha256 }) => texts.has(sha256));
  if (found.length === 0) {
    console.error(`${directory} has none of the labelled texts.`);
    process.exitCode = 2;
    return;
  }
  const known = knownNames(found, texts);
  const total = emptyScore();
  for (const label of found) await measure(label, texts.get(label.sha256).words, known, total);
  const missing = labels.length - found.length;
  if (missing > 0) console.log(`Without their text: ${missing} of ${labels.length}.`);
  const byLength = found
    .map(({ sha256, words }) => ({ file: texts.get(sha256).file, words }))
    .sort((a, b) => a.words - b.words);
  const about500 = byLength.find(({ words }) => words >= 500) ?? byLength.at(-1);
  const seconds = await communiqueTimed(["draft", about500.file]);
  await report({ total, texts: found.length, seconds, words: about500.words });
}

function emptyScore() {
  return {
    quotations: { right: 0, wrong: 0, missed: 0 },
    speakers: { right: 0, wrong: 0 },
    names: { right: 0, wrong: 0, missed: 0 },
    countries: { right: 0, wrong: 0, missed: 0 },
  };
}

/** Drafts one text and compares it with its labels. */
async function measure(label, text, known, total) {
  const { draftRecord } = require("../dist/src/draft/draft.js");
  const { countriesIn } = require("../dist/src/draft/countries.js");
  const source = { words: text, sha256: label.sha256 };
  const draft = await draftRecord(source, {
    key: "text",
    isKeyChosen: true,
    licence: "public-domain",
    lookUp: (words) => Promise.resolve(words.flatMap((one, at) => lookUp(known, one, at))),
  });
  quotations(label, text, draft, total);
  const inReach = ({ end }) => end <= label.namesEnd;
  const named = draft.names
    .filter(inReach)
    .flatMap(({ start, end, items }) => items.map(({ kind }) => ({ start, end, kind })));
  const expected = label.names
    .filter(({ kind }) => kind !== "country")
    .map((one) => ({ ...one, kind: KINDS[one.kind] }));
  const isKnown = (one) => known.has(`${plain(text.slice(one.start, one.end))}`);
  compare(label, text, "names", named, expected.filter(isKnown), total.names);
  const countries = countriesIn(text).filter(inReach);
  compare(
    label,
    text,
    "countries",
    countries,
    label.names.filter(({ kind }) => kind === "country"),
    total.countries,
  );
}

/** Compares quotations by their words alone: not the comma before a closing mark, which belongs to the sentence. */
function quotations(label, text, { speeches }, total) {
  const unsure = [...label.quotations, ...label.notQuotations].filter((one) => one.unsure);
  const isUnsure = ({ start, end }) => unsure.some((one) => one.start < end && one.end > start);
  const mine = new Map(speeches.map((speech) => [placeOf(text, speech.inner), speech]));
  const wanted = label.quotations.filter((one) => !one.unsure);
  const places = new Set(wanted.map((one) => placeOf(text, one)));
  for (const one of wanted) {
    const speech = mine.get(placeOf(text, one));
    if (!speech) {
      total.quotations.missed++;
      tell(label, text, "missed quotation", one);
      continue;
    }
    total.quotations.right++;
    if (isSpeaker(one, speech.speaker, text)) total.speakers.right++;
    else {
      total.speakers.wrong++;
      const { person, at } = speech.speaker ?? {};
      const told = person?.name ?? (at ? text.slice(at.start, at.end) : "nobody");
      tell(label, text, "wrong speaker", one, `${one.speakerName} ← ${told}`);
    }
  }
  for (const [place, { inner }] of mine) {
    if (places.has(place) || isUnsure(inner)) continue;
    total.quotations.wrong++;
    tell(label, text, "no quotation", inner);
  }
}

function placeOf(text, { start, end }) {
  const words = text.slice(start, end);
  const before = words.length - words.trimStart().length;
  return `${start + before}–${end - (words.length - words.replace(/[\s,]+$/u, "").length)}`;
}

/** A person is right by any of their names; another speaker if the words that describe them are those of the label, or part of them. */
function isSpeaker({ speaker, speakerName, kind }, found, text) {
  if (!found) return false;
  const named = speaker ? text.slice(speaker.start, speaker.end) : speakerName;
  if (kind === "person") {
    const names = found.person ? [found.person.name, ...found.person.spellings] : [];
    return names.includes(speakerName) || names.includes(named);
  }
  if (found.person || !found.at) return false;
  const [mine, ...theirs] = [text.slice(found.at.start, found.at.end), named, speakerName].map(
    bare,
  );
  return theirs.some((one) => one.includes(mine) || mine.includes(one));
}

function bare(words) {
  return words.toLowerCase().replace(/^(?:the|an?|its|his|her|their)\s+/u, "");
}

/** Compares names by their offsets and kind. */
function compare(label, text, what, found, expected, score) {
  const key = ({ start, end, kind }) => `${start}–${end} ${what === "names" ? kind : ""}`;
  const wanted = new Set(expected.map(key));
  const got = new Set(found.map(key));
  for (const one of found) {
    if (wanted.has(key(one))) score.right++;
    else {
      score.wrong++;
      tell(label, text, `no name (${what})`, one);
    }
  }
  for (const one of expected) {
    if (got.has(key(one))) continue;
    score.missed++;
    tell(label, text, `missed name (${what})`, one);
  }
}

function tell({ name }, text, what, { start, end }, more = "") {
  const words = IS_TUNING
    ? `  ${JSON.stringify(text.slice(Math.max(0, start - 120), start))} «${text.slice(start, end)}» ${JSON.stringify(text.slice(end, end + 80))}`
    : "";
  console.log(`${name}  ${start}–${end}  ${what}${IS_TUNING && more ? `  ${more}` : ""}${words}`);
}

const IS_TUNING = process.argv.includes("--words");

async function report({ total, texts, seconds, words }) {
  const { quotations: q, speakers: s, names: n, countries: c } = total;
  const figures = {
    precision: q.right / (q.right + q.wrong),
    recall: q.right / (q.right + q.missed),
    speaker: s.right / (s.right + s.wrong),
    names: n.right / (n.right + n.wrong),
  };
  const isMet =
    Object.entries(figures).every(([name, figure]) => figure >= TARGETS[name]) &&
    seconds <= TARGETS.seconds;
  const note = [
    "# How well quotations are drafted",
    "",
    `${new Date().toISOString().slice(0, 10)}, Node.js ${process.versions.node}, ${cpus().length} × ${cpus()[0].model}.`,
    `${texts} labelled texts ([draft/README.md](../draft/README.md)); what the labels call unsure is left out.`,
    "",
    "| what | right | wrong | missed | precision | recall | to be reached |",
    "| --- | --- | --- | --- | --- | --- | --- |",
    row("quotations, to the character", q, "95 % and 90 %"),
    `| their speakers | ${s.right} | ${s.wrong} | | ${percent(figures.speaker)} | | 90 % |`,
    row("people, places and organizations on record", n, "95 %"),
    row("countries", c, ""),
    "",
    `A text of ${words} words takes ${seconds.toFixed(1)} s, the start of Node.js included (at most ${TARGETS.seconds}). Targets: ${isMet ? "met" : "missed"}.`,
  ].join("\n");
  console.log(`\n${note}`);
  if (!IS_TUNING) await writeResult("draft.md", `${note}\n`);
  if (!isMet) process.exitCode = 1;
}

function row(what, { right, wrong, missed }, target) {
  return `| ${what} | ${right} | ${wrong} | ${missed} | ${percent(right / (right + wrong))} | ${percent(right / (right + missed))} | ${target} |`;
}

function percent(share) {
  return `${(share * 100).toFixed(1)} %`;
}

function option(name) {
  const at = process.argv.indexOf(name);
  return at < 0 ? undefined : process.argv[at + 1];
}

function linesOf(file) {
  return readFileSync(file, "utf8")
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

function textsIn(directory) {
  return new Map(
    readdirSync(directory).map((name) => {
      const file = join(directory, name);
      const bytes = readFileSync(file);
      return [
        createHash("sha256").update(bytes).digest("hex"),
        { file, words: bytes.toString("utf8") },
      ];
    }),
  );
}

void main();
