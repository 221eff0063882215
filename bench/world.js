"use strict";
// An invented world as record files have it (docs/records.md), one record a line: people, countries and places as unevenly
// spread as in life, by Zipf's law; the same for the same number of statements, whatever the machine.
//
//     node bench/world.js 10000 > world.jsonl

const { createWriteStream } = require("node:fs");
const { Readable } = require("node:stream");
const { pipeline } = require("node:stream/promises");
const { iso31661 } = require("iso-3166");

const FORMAT = "communique-record/1";
const DATASET = "bench/world";
/** Days on which the world speaks: from the first of 2000 for almost 25 years. */
const DAYS = 9_000;
/** Today's codes, in an order that means nothing. */
const COUNTRIES = Array.from({ length: 240 }, (_, i) => iso31661[(i * 97) % 249].alpha2);
const ORGANIZATIONS = 20;
const COMMON_WORDS = ["fog", "herring", "ice", "penguin", "pact", "shore"];
const RARE_WORDS = 20_000;
const BIRDS =
  "Albatross Auk Booby Bulbul Bunting Cormorant Dipper Dunlin Eider Fulmar Gannet Godwit Grebe Guillemot Gull Heron Hoopoe Ibis Jaeger Kestrel Kittiwake Knot Loon Merganser Murre Noddy Osprey Pelican Penguin Petrel Pipit Plover Pochard Prion Puffin Razorbill Ruff Sanderling Scoter Shag Shearwater Skua Snipe Stilt Tern Turnstone Whimbrel Wigeon".split(
    " ",
  );
const ONSETS = "b d f g gr h j k kr l m n p r s skr t tr v z".split(" ");
const VOWELS = "a e i o u".split(" ");
const CODAS = ["", "k", "l", "m", "n", "rt", "st"];

/** How many of everything a world of this number of statements has. */
function sizeOf(statements) {
  const atLeast = (share, least) => Math.max(Math.floor(statements / share), least);
  return {
    statements,
    documents: Math.max(Math.floor(statements / 10), 1),
    people: atLeast(50, 100),
    places: atLeast(500, 10),
    organizations: ORGANIZATIONS,
    topics: 40,
  };
}

/** The lines of the world's file. */
function* lines(statements) {
  const size = sizeOf(statements);
  yield line(foundations(size));
  for (let first = 1; first <= size.people; first += 500) {
    yield line(people(first, Math.min(first + 499, size.people)));
  }
  let told = 0;
  for (let i = 0; told < statements; i++) {
    const chance = new Chance(i);
    const isLast = i === size.documents - 1;
    // Between 5 and 15 in a text; the last has what remains.
    const wanted = isLast ? statements - told : 5 + chance.below(11);
    const count = Math.min(wanted, statements - told);
    yield line(article(i, told, count, size, chance));
    told += count;
  }
}

/** What everything else refers to. */
function foundations({ organizations, places, topics }) {
  return {
    document: { key: DATASET, kind: "DATASET", language: "en", licence: "CC0-1.0", version: "1" },
    organizations: numbered(1, organizations, (i) => ({
      slug: `council-${i}`,
      name: `Council of ${title(word(i * 97))}`,
    })),
    places: numbered(1, places, (i) => ({
      slug: `place-${i}`,
      name: `Port ${title(invented(i * 31))}`,
      country: countryAt(i),
    })),
    topics: numbered(1, topics, (i) => ({ slug: `topic-${i}`, label: `Topic ${i}` })),
  };
}

/** People, and the office of each. */
function people(first, last) {
  return {
    document: DATASET,
    people: numbered(first, last, (i) => {
      const { given, family } = nameOf(i);
      return {
        slug: `person-${i}`,
        name: `${given} ${family}`,
        sortName: `${family}, ${given}`,
        otherNames: spellings(family).map((other) => `${given} ${other}`),
      };
    }),
    tenures: numbered(first, last, (i) => ({
      key: `person-${i}/office`,
      person: `person-${i}`,
      title: ["Minister of Fog", "Keeper of the Ice", "Herring Envoy"][i % 3],
      country: homeOf(i),
      startDate: String(1985 + (i % 15)),
      ongoing: i % 2 === 0,
      citations: [{ locator: `person ${i}` }],
    })),
  };
}

/** A text about a meeting and what was said at it. Every tenth is a conference, and has the next nine. */
function article(i, told, count, size, chance) {
  const key = `gazette/${i}`;
  const conference = i - (i % 10);
  const isConference = conference === i;
  // A conference goes on for three days, and what belongs to it is on one of them.
  const day = (conference * 13) % DAYS;
  const startDate = isConference ? dayOf(day) : dayOf(day + (i % 3));
  const published = dayOf(day + 3);
  const passages = new Passages();
  const place = chance.ranked(size.places);
  return {
    document: {
      key,
      kind: i % 5 === 0 ? "READOUT" : "NEWS",
      title: `${title(chance.words(4))} ${i}`,
      publisher: "The Floe Gazette",
      language: "en",
      datePublished: published,
      licence: "CC0-1.0",
    },
    meetings: [
      {
        slug: `meeting-${i}`,
        title: `Talks ${i} about ${chance.words(3)}`,
        kind: isConference ? "MULTILATERAL" : "BILATERAL",
        status: "HELD",
        coverage: "REPORTED",
        // Of one in twenty the text knows the month alone.
        startDate: !isConference && chance.isLess(0.05) ? startDate.slice(0, 7) : startDate,
        endDate: isConference ? dayOf(day + 2) : undefined,
        dateCertainty: chance.certainty(),
        places: [`place-${place}`],
        placeCountry: countryAt(place),
        placeCertainty: chance.certainty(),
        convener: isConference ? `council-${1 + (i % size.organizations)}` : undefined,
        parent: isConference ? undefined : `meeting-${conference}`,
        parentRelation: isConference ? undefined : "PART_OF",
        participations: chance.different(2 + chance.below(6), size.people).map((person) => ({
          ...chance.side(person),
          citations: [passages.next()],
        })),
        citations: [passages.next()],
      },
    ],
    statements: numbered(told + 1, told + count, (n) => statement(n, i, size, chance, passages)),
  };
}

function statement(n, i, size, chance, passages) {
  const isJoint = n % 10 === 0;
  const elsewhere = chance.isLess(0.05) ? chance.ranked(size.places) : null;
  const citations = [passages.next()];
  if (chance.isLess(0.25)) citations.push(passages.next());
  // In an earlier text, too.
  if (i > 0 && chance.isLess(0.05)) {
    citations.push({ document: `gazette/${chance.below(i)}`, start: 9_000 + n, end: 9_040 + n });
  }
  return {
    key: `s${n}`,
    text: `${title(chance.words(8 + chance.below(25)))}.`,
    form: n % 4 === 0 ? "VERBATIM" : "REPORTED",
    language: "en",
    meeting: `meeting-${i}`,
    ...(elsewhere ? { place: `place-${elsewhere}`, placeCountry: countryAt(elsewhere) } : {}),
    speakers: chance.different(isJoint ? 2 : 1, size.people).map((person) => chance.side(person)),
    addressees: n % 3 === 0 ? [] : [chance.addressee(n, size.people)],
    topics: n % 2 === 1 ? [`topic-${chance.skewed(size.topics)}`] : [],
    citations,
  };
}

/** Passages of a text, one after the other. */
class Passages {
  #at = 0;

  next() {
    const start = this.#at;
    this.#at += 60;
    return { start, end: start + 50 };
  }
}

/** Chance that is the same every time: a generator of numbers (mulberry32) from a seed. */
class Chance {
  #state = 0x9e3779b9;

  constructor(seed) {
    for (const char of `communique ${seed}`) {
      this.#state = Math.imul(this.#state ^ char.charCodeAt(0), 0x5bd1e995);
      this.#state ^= this.#state >>> 15;
    }
  }

  /** From 0 up, below 1. */
  next() {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  }

  below(n) {
    return Math.floor(this.next() * n);
  }

  isLess(share) {
    return this.next() < share;
  }

  /** From 1 to n, the small ones far more often. */
  skewed(n) {
    return 1 + Math.floor(this.next() ** 3 * n);
  }

  /** From 1 to n by Zipf's law. */
  ranked(n, shift = 0) {
    return 1 + firstAbove(sharesOf(n, shift), this.next());
  }

  person(people) {
    return this.ranked(people, PEOPLE_SHIFT);
  }

  /** A number of people, no two the same. */
  different(count, people) {
    const chosen = new Set();
    while (chosen.size < count) chosen.add(this.person(people));
    return [...chosen];
  }

  country() {
    return COUNTRIES[this.ranked(COUNTRIES.length) - 1];
  }

  certainty() {
    return this.isLess(0.8) ? "STATED" : "INFERRED";
  }

  /** A person on behalf of a country, nearly always their own. */
  side(person) {
    return {
      person: `person-${person}`,
      personCertainty: this.certainty(),
      country: this.isLess(0.95) ? homeOf(person) : this.country(),
      countryCertainty: this.certainty(),
      // Of one in thirty an organization too.
      ...(this.isLess(1 / 30)
        ? {
            organization: `council-${this.ranked(ORGANIZATIONS)}`,
            organizationCertainty: this.certainty(),
          }
        : {}),
    };
  }

  /** A person, or now and then a country. */
  addressee(n, people) {
    const who =
      n % 3 === 1 || n % 2 === 0
        ? { person: `person-${this.person(people)}` }
        : { country: this.country() };
    return { ...who, certainty: this.certainty() };
  }

  /** Words of very different frequency. */
  words(count) {
    return numbered(1, count, () =>
      this.isLess(0.3)
        ? COMMON_WORDS[this.below(COMMON_WORDS.length)]
        : word(this.skewed(RARE_WORDS)),
    ).join(" ");
  }
}

/**
 * Zipf's law: the one of rank r has a share as 1 / r ** 0.9. Of 20,000 people the first would say 5.7 % of everything; with
 * Mandelbrot's shift of the ranks it is 2 %.
 */
const EXPONENT = 0.9;
const PEOPLE_SHIFT = 2.6;
const shares = new Map();

/** What the first has, the first two have, and so on, of n. */
function sharesOf(n, shift) {
  const key = `${n} ${shift}`;
  if (!shares.has(key)) {
    let sum = 0;
    const sums = Float64Array.from({ length: n }, (_, i) => (sum += (1 + i + shift) ** -EXPONENT));
    shares.set(
      key,
      sums.map((each) => each / sum),
    );
  }
  return shares.get(key);
}

/** Where the first of ascending numbers stands that is above this one; at the last where none is. */
function firstAbove(numbers, value) {
  let [low, high] = [0, numbers.length - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (numbers[middle] > value) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** Given and family name of a person: thousands have the one, nobody else the other. */
function nameOf(i) {
  return { given: BIRDS[(i * 7) % BIRDS.length], family: title(invented(i * 7_919)) };
}

/** How others write a name. */
function spellings(family) {
  const others = [family.replaceAll("k", "c"), family.replace(/[aou]/, "$&h")];
  return [...new Set(others)].filter((other) => other !== family);
}

function homeOf(person) {
  return new Chance(`home ${person}`).country();
}

function countryAt(place) {
  return new Chance(`place ${place}`).country();
}

/** A name of three syllables: hardly two numbers have the same. */
function invented(i) {
  const syllables = ONSETS.length * VOWELS.length * CODAS.length;
  let rest = i % syllables ** 3;
  return numbered(1, 3, () => {
    const at = rest % syllables;
    rest = Math.floor(rest / syllables);
    return syllable(at, CODAS);
  }).join("");
}

/** A word of two or three open syllables: no two numbers have the same. */
function word(i) {
  const syllables = ONSETS.length * VOWELS.length;
  const parts = [];
  for (let rest = i + syllables; rest > 0; rest = Math.floor(rest / syllables)) {
    parts.push(syllable(rest % syllables, [""]));
  }
  return parts.join("");
}

function syllable(at, codas) {
  const onset = ONSETS[at % ONSETS.length];
  const vowel = VOWELS[Math.floor(at / ONSETS.length) % VOWELS.length];
  return onset + vowel + codas[Math.floor(at / (ONSETS.length * VOWELS.length)) % codas.length];
}

function title(text) {
  return text[0].toUpperCase() + text.slice(1);
}

function dayOf(day) {
  return new Date(Date.UTC(2000, 0, 1 + day)).toISOString().slice(0, 10);
}

function numbered(first, last, make) {
  return Array.from({ length: last - first + 1 }, (_, i) => make(first + i));
}

function line(record) {
  return `${JSON.stringify({ format: FORMAT, ...record })}\n`;
}

/** Writes the world's file, however large, in little memory. */
function writeWorld(statements, path) {
  return pipeline(Readable.from(lines(statements)), createWriteStream(path));
}

module.exports = { Chance, COMMON_WORDS, word, writeWorld };

if (require.main === module) {
  pipeline(Readable.from(lines(Number(process.argv[2] ?? 10_000))), process.stdout).catch(
    (error) => {
      if (error.code !== "EPIPE") throw error;
    },
  );
}
