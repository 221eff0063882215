import { countsOf } from "../record.counted.js";
import { fault, type Fault, type Warning, warning } from "../record.faults.js";
import type { RecordNoun } from "../record.format.js";
import { firstSlugsIn, formatOf, SLUG_LISTS } from "../record.items.js";
import { documentKeyOf } from "../record.walk.js";
import {
  areUnlike,
  CollectedNames,
  type GivenName,
  namesOfItem,
} from "./record.collected-names.js";
import type { CheckContext, FaultRule, WarningRule } from "./record.rule.js";

/** The lists of things that have names. */
const NAMED = SLUG_LISTS.filter(([, noun]) =>
  formatOf(noun).fields.some(([property]) => property === "otherNames"),
);

/** One slug does not name two things. Reported where a name has no word in common with the first one given, or with those on record. */
function* slugsOfTwo({ record, names, onRecord }: CheckContext): Generator<Warning> {
  for (const [list, noun] of NAMED) {
    const firsts = firstSlugsIn(record, list);
    const times = countsOf(firsts);
    for (const [i, item] of record[list].entries()) {
      const { slug, name } = item as { slug: string; name: string };
      const first = firsts[i]!;
      // `duplicate-key` reports a slug that is given twice in this record.
      if (times.get(first)! > 1) continue;
      const own = namesOfItem(item);
      const other =
        names.collected(CollectedNames).unlike(noun, first, own) ??
        storedUnlike(onRecord, noun, first, own);
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
function* keysOfTwo({ record: { document }, names }: CheckContext): Generator<Fault> {
  if (typeof document === "string" || !document.title) return;
  const first = names.documents.get(document.key)?.title ?? document.title;
  if (first === document.title) return;
  const message = `another record gives "${document.key}" the title "${first}"; use two keys for two documents, and one title for one`;
  yield fault("two-titles", ["document", "title"], message);
}

/** Rules about a slug or key that two things have. */
export const sharedKeyRules: FaultRule[] = [keysOfTwo];
export const sharedKeyWarnings: WarningRule[] = [slugsOfTwo];
