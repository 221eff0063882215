import { fault, type Finding, warning } from "../record.faults.js";
import { textOfName } from "../record.naming.js";
import type { CheckContext, Rule } from "./record.rule.js";

/** The lists of things that have names. */
const NAMED = [
  ["people", "person"],
  ["places", "place"],
  ["organizations", "organization"],
] as const;

/** One slug does not name two things. Reported where a name has no word in common with the first one given. */
function* slugsOfTwo({ record, names }: CheckContext): Generator<Finding> {
  for (const [list, noun] of NAMED) {
    const firsts = record[list].map(({ slug, formerSlugs }) => formerSlugs[0] ?? slug);
    const times = new Map<string, number>();
    for (const first of firsts) times.set(first, (times.get(first) ?? 0) + 1);
    for (const [i, { slug, name, otherNames }] of record[list].entries()) {
      // `duplicate-key` reports a slug that is given twice in this record.
      if (times.get(firsts[i]!)! > 1) continue;
      const other = names.spellings.unlike(noun, firsts[i]!, [name, ...otherNames.map(textOfName)]);
      if (other === null) continue;
      const message = `"${slug}" is "${name}" here and "${other}" in another record; if that is one ${noun}, list the other spelling in otherNames, else use two slugs`;
      yield warning("two-names", [list, i, "name"], message);
    }
  }
}

/** One key does not name two documents: the record loaded last would replace the other's. */
function* keysOfTwo({ record: { document }, names }: CheckContext): Generator<Finding> {
  if (typeof document === "string" || !document.title) return;
  const first = names.documents.get(document.key)?.title ?? document.title;
  if (first === document.title) return;
  const message = `another record gives "${document.key}" the title "${first}"; use two keys for two documents, and one title for one`;
  yield fault("two-titles", ["document", "title"], message);
}

/** Rules about a slug or key that two things have. */
export const twiceUsedRules: Rule[] = [slugsOfTwo, keysOfTwo];
