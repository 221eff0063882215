"use strict";
// Names of people as an importer gave them and as a label has them: whether two are one.

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

const namesOf = ({ name, sortName, otherNames = [] }) =>
  [name, turned(sortName), ...otherNames.map((other) => other.name ?? other)].filter(Boolean);

/** `Floe, Ada` as `Ada Floe`. */
const turned = (sortName) => sortName?.replace(/^([^,]+), (.+)$/, "$2 $1");

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

module.exports = { namesOf, pair, likeness, wordsOf };
