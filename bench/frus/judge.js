"use strict";
// Compares one labelled memorandum with what an importer made of it.

const { likeness, pair, wordsOf } = require("./names.js");

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

module.exports = { MEASURES, add, emptyCounts, judge };
