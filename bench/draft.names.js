"use strict";
// The names of the labels as if they were on record.

const KINDS = { person: "PERSON", place: "PLACE", organization: "ORGANIZATION" };

/** A record that has every place and organization of the labels, and every person by the names of more than one word. */
function knownNames(labels, texts) {
  const known = new Map();
  for (const { sha256, names } of labels)
    for (const { start, end, kind } of names) {
      const name = texts.get(sha256).words.slice(start, end).replace(/\s+/gu, " ");
      if (!(kind in KINDS) || (kind === "person" && !name.includes(" "))) continue;
      const items = known.get(plain(name)) ?? new Map();
      items.set(KINDS[kind], name);
      known.set(plain(name), items);
    }
  return known;
}

/** Finds what has a name, as the database does: accents and case don't matter. */
function lookUp(known, words, at) {
  return [...(known.get(plain(words)) ?? [])].map(([kind, name]) => ({
    at,
    kind,
    name,
    slug:
      plain(name)
        .replace(/[^a-z0-9]+/g, "-")
        .replace(/^-|-$/g, "") || "x",
    sortName: name,
    otherNames: [],
    country: null,
  }));
}

function plain(words) {
  return words.normalize("NFKD").replace(/\p{M}/gu, "").replace(/\s+/gu, " ").toLowerCase();
}

module.exports = { knownNames, KINDS, lookUp, plain };
