import { type Warning, warning } from "../record.faults.js";
import { textOfName } from "../record.naming.js";
import { identifierKey, nameKey } from "./record.known-people.js";
import { textKeys } from "./record.names.js";
import type { CheckContext, WarningRule } from "./record.rule.js";

/** One person does not have two slugs. Reported at the person whose first slug sorts later. */
function* peopleTwice({ record, names: { people } }: CheckContext): Generator<Warning> {
  for (const [i, person] of record.people.entries()) {
    const first = person.formerSlugs[0] ?? person.slug;
    const reported = new Set<string>();
    const names = [person.name, ...person.otherNames.map(textOfName)];
    const keys = [
      ...person.identifiers.map((id) => [identifierKey(id), `${id.scheme} ${id.value}`] as const),
      ...names.map((name, at) => [nameKey(name, { isFull: at === 0 }), `name "${name}"`] as const),
    ];
    for (const [key, what] of keys) {
      for (const other of people.withKey(key)) {
        if (other >= first || reported.has(other) || people.areJudged(first, other)) continue;
        if (key?.startsWith("name ") && people.areDistinct(first, other)) continue;
        reported.add(other);
        const same = `perhaps the same person as "${other}", who has the same ${what}`;
        yield warning(
          "person-twice",
          ["people", i],
          `${same}; if so, merge them, else say that they are different: by an entry of "merges" or "different"`,
        );
      }
    }
  }
}

/** A copy refers to its original, so that both count as one source. Reported at the key that sorts later. */
function* unmarkedCopies({ record: { document }, names }: CheckContext): Generator<Warning> {
  if (typeof document === "string") return;
  const original = originalOf(document.key, names.documents);
  const reported = new Set<string>();
  for (const key of textKeys(document)) {
    for (const other of names.sameText.get(key) ?? []) {
      if (other >= document.key || reported.has(other)) continue;
      if (originalOf(other, names.documents) === original) continue;
      reported.add(other);
      yield warning(
        "unmarked-copy",
        ["document", "syndicatedFrom"],
        `has ${key} like "${other}", yet counts as a source of its own; say which is the copy`,
      );
    }
  }
}

function originalOf(
  key: string,
  documents: ReadonlyMap<string, { syndicatedFrom: string | null }>,
): string {
  const chain = new Set<string>();
  let at = key;
  // `syndication-cycle` reports cycles.
  while (!chain.has(at)) {
    chain.add(at);
    at = documents.get(at)?.syndicatedFrom ?? at;
  }
  return at;
}

/** Rules about items that are probably duplicates of each other. */
export const possibleDuplicateRules: WarningRule[] = [peopleTwice, unmarkedCopies];
