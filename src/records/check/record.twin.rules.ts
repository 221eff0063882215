import { type Finding, warning } from "../record.faults.js";
import { identifierMark, nameMark } from "./record.known-people.js";
import { marksOfText } from "./record.names.js";
import type { CheckContext, Rule } from "./record.rule.js";

/** Nobody is on record under two slugs. Told at the one whose first slug sorts later. */
function* peopleTwice({ record, names: { people } }: CheckContext): Generator<Finding> {
  for (const [i, person] of record.people.entries()) {
    const first = person.formerSlugs[0] ?? person.slug;
    const told = new Set<string>();
    const names = [person.name, ...person.otherNames];
    const marks = [
      ...person.identifiers.map((id) => [identifierMark(id), `${id.scheme} ${id.value}`] as const),
      ...names.map((name, at) => [nameMark(name, { isFull: at === 0 }), `name "${name}"`] as const),
    ];
    for (const [mark, what] of marks) {
      for (const other of people.withMark(mark)) {
        if (other >= first || told.has(other)) continue;
        if (mark?.startsWith("name ") && people.areDistinct(first, other)) continue;
        told.add(other);
        const same = `perhaps the same person as "${other}", who has the same ${what}`;
        yield warning(
          "person-twice",
          ["people", i],
          `${same}; if so, keep one slug and list the other in its formerSlugs, else tell them apart by identifiers`,
        );
      }
    }
  }
}

/** A copy says whose text it is, so that the text is counted as one source. Told at the key that sorts later. */
function* unmarkedCopies({ record: { document }, names }: CheckContext): Generator<Finding> {
  if (typeof document === "string") return;
  const original = originalOf(document.key, names.documents);
  const told = new Set<string>();
  for (const mark of marksOfText(document)) {
    for (const other of names.sameText.get(mark) ?? []) {
      if (other >= document.key || told.has(other)) continue;
      if (originalOf(other, names.documents) === original) continue;
      told.add(other);
      yield warning(
        "unmarked-copy",
        ["document", "syndicatedFrom"],
        `has ${mark} like "${other}", yet counts as a source of its own; say which is the copy`,
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
  // A circle of copies is another rule's fault.
  while (!chain.has(at)) {
    chain.add(at);
    at = documents.get(at)?.syndicatedFrom ?? at;
  }
  return at;
}

/** The rules about what may be one thing on record twice. */
export const twinRules: Rule[] = [peopleTwice, unmarkedCopies];
