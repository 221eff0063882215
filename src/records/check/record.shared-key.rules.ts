import { fault, type Finding, warning } from "../record.faults.js";
import { textOfName } from "../record.naming.js";
import type { RecordNoun } from "../record.format.js";
import { documentKeyOf } from "../record.walk.js";
import { areUnlike, type GivenName } from "./record.known-names.js";
import type { CheckContext, Rule } from "./record.rule.js";

/** The lists of things that have names. */
const NAMED = [
  ["people", "person"],
  ["places", "place"],
  ["organizations", "organization"],
] as const;

/** One slug does not name two things. Reported where a name has no word in common with the first one given, or with those on record. */
function* slugsOfTwo({ record, names, onRecord }: CheckContext): Generator<Finding> {
  for (const [list, noun] of NAMED) {
    const firsts = record[list].map(({ slug, formerSlugs }) => formerSlugs[0] ?? slug);
    const times = new Map<string, number>();
    for (const first of firsts) times.set(first, (times.get(first) ?? 0) + 1);
    for (const [i, { slug, name, otherNames }] of record[list].entries()) {
      const first = firsts[i]!;
      // `duplicate-key` reports a slug that is given twice in this record.
      if (times.get(first)! > 1) continue;
      const own = [name, ...otherNames.map(textOfName)];
      const other =
        names.spellings.unlike(noun, first, own) ?? storedUnlike(onRecord, noun, first, own);
      if (!other) continue;
      const where = placeOf(other.document, documentKeyOf(record));
      const message = `"${slug}" is "${name}" here and "${other.name}" ${where}; if that is one ${noun}, list the other spelling in otherNames, else use two slugs`;
      yield warning("two-names", [list, i, "name"], message);
    }
  }
}

/** Returns the first name on record of an item if it has no word in common with these ones; null otherwise. */
function storedUnlike(
  { namesOf, giverOf }: CheckContext["onRecord"],
  noun: RecordNoun,
  first: string,
  own: readonly string[],
): GivenName | null {
  const stored = namesOf(noun, first);
  return areUnlike(own, stored) ? { name: stored[0]!, document: giverOf(noun, first) } : null;
}

function placeOf(document: string | null, own: string): string {
  if (document === null) return "in another record";
  return document === own
    ? "in another record of this document, such as an earlier load of it"
    : `in the record of "${document}"`;
}

/** One key does not name two documents: the record loaded last would replace the other's. */
function* keysOfTwo({ record: { document }, names }: CheckContext): Generator<Finding> {
  if (typeof document === "string" || !document.title) return;
  const first = names.documents.get(document.key)?.title ?? document.title;
  if (first === document.title) return;
  const message = `another record gives "${document.key}" the title "${first}"; use two keys for two documents, and one title for one`;
  yield fault("two-titles", ["document", "title"], message);
}

/** A new person is not on record under another slug. */
function* peopleOnRecord({ record, onRecord }: CheckContext): Generator<Finding> {
  for (const [i, { slug, formerSlugs }] of record.people.entries()) {
    const namesake = onRecord.namesakeOf(formerSlugs[0] ?? slug);
    if (!namesake) continue;
    const message = `"${namesake.name}" is on record as "${namesake.slug}"; use that slug if this is the same person, else tell them apart by identifiers`;
    yield warning("name-on-record", ["people", i, "slug"], message);
  }
}

/** Rules about a slug or key that two things have, and about a thing that has two. */
export const sharedKeyRules: Rule[] = [slugsOfTwo, keysOfTwo, peopleOnRecord];
