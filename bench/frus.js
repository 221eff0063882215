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

const LABELS = join(__dirname, "frus", "labels.jsonl");
const USAGE =
  "npm run bench:frus -- --records FILE… [--known FILE…] [--labels FILE] [--errors]\n" +
  "  --records  what the importer gave: JSON Lines, a record a line, also as .gz\n" +
  "  --known    record files of the people already on record; without them, a person whom --records doesn't define";
/** Each: what is counted, out of what, and the least share that will do. */
const MEASURES = {
  dates: [
    "dates right",
    "labelled memoranda; one without a date is right where none is given",
    0.98,
  ],
  times: ["times right", "labelled memoranda: the hour it began, or none where none is told"],
  places: ["places right", "labelled memoranda; one place, and that town", 0.97],
  precision: ["participants: precision", "participations given: someone whom the label has", 0.96],
  recall: ["participants: recall", "participants labelled: given", 0.96],
  sides: ["participants: sides right", "participants found: their country or organization", 0.97],
  matched: [
    "participants: on record, found",
    "labelled as someone on record, found: given as such",
  ],
  known: ["participants: on record, right", "given as someone on record: that person", 0.99],
  turnsFound: ["turns found", "turns labelled: a statement begins with these words"],
  turns: ["turns: speaker right", "turns found: one speaker, and the labelled one", 0.95],
  indirectFound: [
    "indirect speech found",
    "sentences labelled with a speaker: a statement begins with these words, or holds them",
  ],
  indirectBegun: ["indirect speech begun", "the same, and a statement begins with these words"],
  indirectRight: ["indirect speech: speaker right", "found of these: one speaker, and that one"],
  indirect: [
    "indirect speech: precision",
    "found of all labelled sentences: that speaker, or nobody where it isn't told who",
    0.95,
  ],
};

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

// What the importer gave

/** By document its meeting and its statements; and who, where and what the slugs are. */
function gather(records, known, isKnownGiven) {
  const people = new Map(known);
  const defined = new Map();
  const [places, organizations, documents] = [new Map(), new Map(), new Map()];
  for (const record of records) {
    addPeople(defined, record);
    for (const place of record.places ?? []) places.set(place.slug, namesOf(place));
    for (const one of record.organizations ?? []) organizations.set(one.slug, namesOf(one));
    const key = typeof record.document === "string" ? record.document : record.document?.key;
    if (!documents.has(key)) documents.set(key, { meetings: [], statements: [] });
    documents.get(key).meetings.push(...(record.meetings ?? []));
    documents.get(key).statements.push(...(record.statements ?? []));
  }
  for (const [slug, names] of defined) people.set(slug, [...(people.get(slug) ?? []), ...names]);
  const isOnRecord = (slug) =>
    Boolean(slug) && (isKnownGiven ? known.has(slug) : !defined.has(slug));
  return { documents, people, places, organizations, isOnRecord };
}

function addPeople(people, record) {
  for (const person of record.people ?? []) people.set(person.slug, namesOf(person));
}

const namesOf = ({ name, sortName, otherNames = [] }) =>
  [name, turned(sortName), ...otherNames.map((other) => other.name ?? other)].filter(Boolean);

/** `Floe, Ada` as `Ada Floe`. */
const turned = (sortName) => sortName?.replace(/^([^,]+), (.+)$/, "$2 $1");

// Names

const TITLES = new Set(
  (
    "mr mrs miss ms messrs dr prof professor the honorable honourable hon his her excellency he sir lady president " +
    "prime minister vice deputy under assistant acting secretary ambassador amb general gen lieutenant lt colonel col " +
    "major maj captain capt admiral adm rear brigadier king queen m mme foreign senator governor chancellor"
  ).split(" "),
);
const SUFFIXES = new Set(["jr", "sr", "ii", "iii", "iv"]);

const plain = (text) =>
  text
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replace(/[łŁ]/g, "l")
    .replace(/[øØ]/g, "o")
    .replace(/['’‘`]/g, "")
    .toLowerCase();
const wordsOf = (text) => plain(text).match(/[\p{L}\p{N}]+/gu) ?? [];

/** A name's surname and the initials before it; the generation and titles don't matter. */
function nameOf(text) {
  const words = wordsOf(text.replace(/\([^)]*\)/g, " ")).filter((word) => !SUFFIXES.has(word));
  while (words.length > 1 && TITLES.has(words[0])) words.shift();
  const surname = words.pop();
  return { surname, initials: words.map(([initial]) => initial).join("") };
}

/** All initials of the shorter one, in their order, are in the longer one. */
function agree(a, b) {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  let at = 0;
  for (const initial of long) if (initial === short[at]) at += 1;
  return at === short.length;
}

const isSameName = (a, b) => {
  const [one, other] = [nameOf(a), nameOf(b)];
  return (
    Boolean(one.surname) && one.surname === other.surname && agree(one.initials, other.initials)
  );
};

const labelNames = ({ name, otherNames = [] }) => [name, ...otherNames].filter(Boolean);

/** Who takes part or speaks, as the records have it: names of the person, or a description. */
const namesGiven = ({ person, description }, { people }) =>
  person ? (people.get(person) ?? [nameInSlug(person)]) : [description].filter(Boolean);

/** Of someone whom no file given here defines: slugs on record begin with the surname. */
const nameInSlug = (slug) => slug.replace(/^([^-]+)-(.+)$/, "$2 $1").replace(/-/g, " ");

/** How sure it is that a label and a participation are one: 3 by name, 2 by what is printed, 1 by a surname that is printed. */
function likeness(labelled, one, given) {
  if (one.person && one.person === labelled.known) return 3;
  const names = namesGiven(one, given);
  // the file itself links two participants to a namesake
  const { notNames = [] } = labelled;
  if (notNames.some((a) => names.some((b) => nameOf(b).initials && isSameName(a, b)))) return 0;
  if (labelNames(labelled).some((a) => names.some((b) => isSameName(a, b)))) return 3;
  const printed = wordsOf(labelled.as).join(" ");
  const texts = [one.description, ...(one.citations ?? []).map(({ exact }) => exact), ...names];
  if (texts.filter(Boolean).some((text) => isWithin(wordsOf(text).join(" "), printed))) return 2;
  const printedWords = new Set(wordsOf(labelled.as));
  const isNamed =
    one.person &&
    names.some((name) => {
      const { surname, initials } = nameOf(name);
      const theirs = labelNames(labelled).map((own) => nameOf(own).initials);
      return (
        printedWords.has(surname) && (!theirs.length || theirs.some((own) => agree(own, initials)))
      );
    });
  return isNamed ? 1 : 0;
}

/** One is the other, or a part of it of at least two words or half its length. */
function isWithin(a, b) {
  const [short, long] = a.length < b.length ? [a, b] : [b, a];
  if (!short || !` ${long} `.includes(` ${short} `)) return false;
  return short.includes(" ") || short.length * 2 >= long.length;
}

/** Pairs of a labelled participant and a participation, each at most once: the surest first. */
function pair(participants, participations, given) {
  const pairs = participants.flatMap((labelled, i) =>
    participations.map((one, j) => ({ i, j, score: likeness(labelled, one, given) })),
  );
  const [byLabel, byGiven] = [new Map(), new Map()];
  for (const { i, j, score } of pairs.sort((a, b) => b.score - a.score)) {
    if (!score || byLabel.has(i) || byGiven.has(j)) continue;
    byLabel.set(i, participations[j]);
    byGiven.set(j, i);
  }
  return { byLabel, byGiven };
}

// What of it is right

const emptyCounts = () =>
  Object.fromEntries(Object.keys(MEASURES).map((name) => [name, { right: 0, of: 0 }]));

function add(counts, more) {
  for (const [name, { right, of }] of Object.entries(more)) {
    counts[name].right += right;
    counts[name].of += of;
  }
}

function judge(label, document, given) {
  const [counts, errors] = [emptyCounts(), []];
  const count = (measure, isRight) => {
    counts[measure].of += 1;
    if (isRight) counts[measure].right += 1;
  };
  const wrong = (what, expected, got) => errors.push({ what, expected, got });
  const meeting = meetingOf(document);

  const date = meeting?.startDate ?? null;
  count("dates", document && date === label.date);
  if (!document || date !== label.date) wrong("date", label.date, document ? date : "no record");
  const time = meeting?.startTime ?? null;
  count("times", document && time === label.time);
  if (document && time !== label.time) wrong("time", label.time, time);
  const places = (meeting?.places ?? []).map((slug) => given.places.get(slug) ?? [slug]);
  const isPlace = document && isPlaceRight(label.place, places);
  count("places", isPlace);
  if (!isPlace) wrong("place", label.place, places.map(([name]) => name).join("; ") || null);

  const participations = meeting?.participations ?? [];
  const pairs = pair(label.participants, participations, given);
  for (const [j, one] of participations.entries()) {
    const labelled = label.participants[pairs.byGiven.get(j)];
    if (labelled?.listed === false) continue;
    count("precision", labelled);
    if (!labelled) wrong("participant", null, shown(one, given));
  }
  for (const [i, labelled] of label.participants.entries()) {
    if (labelled.listed === false) continue;
    const one = pairs.byLabel.get(i);
    count("recall", one);
    if (!one) {
      wrong("participant", labelled.as, null);
      continue;
    }
    const isSide = isSideRight(labelled, one, given);
    count("sides", isSide);
    if (!isSide) wrong("side", `${labelled.as}: ${labelled.side}`, sideOf(one));
    const isOnRecord = given.isOnRecord(one.person);
    if (labelled.known) count("matched", isOnRecord);
    if (isOnRecord) count("known", one.person === labelled.known);
    const expected = `${labelled.as}: ${labelled.known}`;
    if (isOnRecord && !labelled.known) wrong("on record, label says nobody", expected, one.person);
    else if (one.person !== labelled.known && labelled.known)
      wrong("on record", expected, one.person ?? one.description);
  }

  const statements = (document?.statements ?? []).map((one) => ({ ...one, words: wordsIn(one) }));
  const isSpeaker = (index, { speakers = [] }) => {
    if (index === null) return speakers.every(({ person, description }) => !person && !description);
    if (speakers.length !== 1) return false;
    const [speaker] = speakers;
    const one = pairs.byLabel.get(index);
    if (one) {
      if (speaker.person || one.person) return speaker.person === one.person;
      if (speaker.description === one.description) return true;
    }
    return likeness(label.participants[index], speaker, given) > 0;
  };
  const speakerShown = ({ speakers = [] }) =>
    speakers.map((s) => shown(s, given)).join(" + ") || null;
  const said = ({ begins, speaker }) =>
    `“${begins}” ${label.participants[speaker]?.as ?? "nobody told"}`;
  for (const turn of label.turns) {
    const statement = beginning(turn.begins, statements);
    count("turnsFound", statement);
    if (!statement) wrong("turn not found", said(turn), null);
    else {
      const isRight = isSpeaker(turn.speaker, statement);
      count("turns", isRight);
      if (!isRight) wrong("turn", said(turn), speakerShown(statement));
    }
  }
  for (const sentence of label.indirect) {
    const begun = beginning(sentence.begins, statements);
    const statement = begun ?? holding(sentence.begins, statements);
    const isRight = statement && isSpeaker(sentence.speaker, statement);
    if (sentence.speaker !== null) {
      count("indirectFound", statement);
      count("indirectBegun", begun);
      if (statement) count("indirectRight", isRight);
      else wrong("indirect not found", said(sentence), null);
    }
    if (statement) count("indirect", isRight);
    if (statement && !isRight) wrong("indirect", said(sentence), speakerShown(statement));
  }
  return { counts, errors };
}

/** The document's own meeting: of several that it tells of, the one with the most who took part. */
const meetingOf = (document) =>
  (document?.meetings ?? [])
    .filter(({ coverage }) => coverage !== "REFERRED_TO")
    .sort((a, b) => (b.participations?.length ?? 0) - (a.participations?.length ?? 0))[0];

function isPlaceRight(expected, places) {
  if (expected === null) return places.length === 0;
  const town = (name) => wordsOf(name.replace(/,.*$/, "").replace(/\([^)]*\)/g, "")).join(" ");
  return places.length === 1 && places[0].some((name) => town(name) === town(expected));
}

const sideOf = ({ country, organization }) =>
  [country, organization].filter(Boolean).join(", ") || null;

function isSideRight({ side, sideAlso = [], sideFrom }, one, { organizations }) {
  if (!one.country && !one.organization) return side === null || sideFrom === "ELSEWHERE";
  const names = organizations.get(one.organization) ?? [];
  const forms = [one.country, one.organization, ...names]
    .filter(Boolean)
    .flatMap((form) => [
      form,
      form.replace(/\([^)]*\)/g, ""),
      ...(form.match(/[^()]+(?=\))/g) ?? []),
    ])
    .map((form) => wordsOf(form).join(" "));
  return [side, ...sideAlso].some((s) => s && forms.includes(wordsOf(s).join(" ")));
}

const shown = (one, given) =>
  [one.person ?? one.description, one.person && given.people.get(one.person)?.[0], sideOf(one)]
    .filter(Boolean)
    .join(", ");

/** The words of a statement, and of the passages it cites; marks of secrecy before them aside. */
const wordsIn = ({ text, citations = [] }) =>
  [text, ...citations.map(({ exact }) => exact)]
    .filter(Boolean)
    .map((one) => `${wordsOf(one.replace(/^\s*\((?:C|S|TS|U)\)\s*/, "")).join(" ")} `);

const beginning = (begins, statements) => {
  const words = `${wordsOf(begins).join(" ")} `;
  return statements.find((one) => one.words.some((text) => text.startsWith(words)));
};

const holding = (begins, statements) => {
  const words = ` ${wordsOf(begins).join(" ")} `;
  return statements.find((one) => one.words.some((text) => text.includes(words)));
};

// What is printed

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
