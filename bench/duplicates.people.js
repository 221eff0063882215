"use strict";
// Generated people for `npm run bench:duplicates`: as many share a name as in life, and every fiftieth is on record twice.

const { Chance } = require("./world.js");

const FORMAT = "communique-record/1";
const DATASET = "bench/people";
const ONSETS = "b br ch d f g gr h k kl l m n p r s sh st t tr v z".split(" ");
const VOWELS = "a e i o u ai".split(" ");
const CODAS = ["", "n", "r", "l", "k", "s", "nd", "rt"];
const COUNTRIES = "US GB FR DE RU CN IN BR JP ZA EG MX NG ID TR PK VN IT ES PL".split(" ");
const OFFICES = [
  "Foreign Minister",
  "Ambassador",
  "Defence Minister",
  "Secretary of Trade",
  "Deputy Foreign Minister",
];
const FAMILIES = 20_000;
const GIVEN = 1_500;
/** One in this number of people is there again, with a letter changed or a given name cut to an initial. */
const TWICE = 50;

/** A record file of this number of people, with an office each. */
function largePopulation(count) {
  const lines = [
    {
      format: FORMAT,
      document: { key: DATASET, kind: "DATASET", language: "en", licence: "CC0-1.0", version: "1" },
    },
  ];
  for (let first = 0; first < count; first += 500) {
    const line = { format: FORMAT, document: DATASET, people: [], tenures: [] };
    for (let i = first; i < Math.min(first + 500, count); i++) {
      const { person, tenure } = personAt(i);
      line.people.push(person);
      line.tenures.push(tenure);
    }
    lines.push(line);
  }
  return lines.map((line) => `${JSON.stringify(line)}\n`).join("");
}

function personAt(i) {
  const isAgain = i % TWICE === TWICE - 1;
  const chance = new Chance(isAgain ? i - 1 : i);
  const family = word(rank(chance, FAMILIES) + 7);
  const [one, two] = [word(rank(chance, GIVEN) * 31 + 3), word(rank(chance, GIVEN) * 17 + 5)];
  const country = COUNTRIES[chance.below(COUNTRIES.length)];
  const year = 1950 + chance.below(70);
  const title = OFFICES[chance.below(OFFICES.length)];
  const given = isAgain ? `${one} ${two[0]}.` : `${one} ${two}`;
  const slug = `person-${i}`;
  return {
    person: { slug, name: `${given} ${family}`, sortName: `${family}, ${given}` },
    tenure: {
      key: `${slug}/office`,
      person: slug,
      title,
      country,
      startDate: String(year),
      endDate: String(year + 3),
      citations: [{ locator: slug }],
    },
  };
}

/** A rank from 0 on, small ones more often than large ones: Zipf's law, nearly. */
function rank(chance, size) {
  return Math.floor(size ** (chance.below(1_000_000) / 1_000_000)) - 1;
}

function word(number) {
  const parts = [];
  for (let rest = number + 40; rest > 0 && parts.length < 3;) {
    const [onset, vowel, coda] = [
      rest % ONSETS.length,
      Math.floor(rest / 22) % 6,
      Math.floor(rest / 132) % 8,
    ];
    parts.push(ONSETS[onset] + VOWELS[vowel] + (parts.length > 0 ? CODAS[coda] : ""));
    rest = Math.floor(rest / 132);
  }
  const text = parts.join("");
  return text[0].toUpperCase() + text.slice(1);
}

module.exports = { largePopulation };
