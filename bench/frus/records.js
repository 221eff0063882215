"use strict";
// What an importer gave, from its record files.

const { namesOf } = require("./names.js");

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

module.exports = { addPeople, gather };
