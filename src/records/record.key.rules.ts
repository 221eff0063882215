import { fault, type Finding, pointerOf, type RecordPath } from "./record.faults.js";
import type { CheckContext, Rule } from "./record.rule.js";
import { didYouMean } from "./record.suggestion.js";
import { referencesOf } from "./record.walk.js";

/** A key names one item. Another record may extend the item, but within a record it stands once. */
function* duplicateKeys({ record }: CheckContext): Generator<Finding> {
  for (const list of SLUGGED) {
    yield* repeated(
      record[list].flatMap((item, i) => [
        [[list, i, "slug"], item.slug] as const,
        ...("formerSlugs" in item ? item.formerSlugs : []).map(
          (former, j) => [[list, i, "formerSlugs", j], former] as const,
        ),
      ]),
    );
  }
  for (const list of ["tenures", "statements"] as const)
    yield* repeated(record[list].map(({ key }, i) => [[list, i, "key"], key] as const));
}

const SLUGGED = ["people", "places", "organizations", "topics", "meetings", "agreements"] as const;

function* repeated(keys: Iterable<readonly [RecordPath, string]>): Generator<Finding> {
  const first = new Map<string, RecordPath>();
  for (const [path, key] of keys) {
    const earlier = first.get(key);
    if (earlier) yield fault("duplicate-key", path, `"${key}" is taken by ${pointerOf(earlier)}`);
    else first.set(key, path);
  }
}

/** Every key that is used is defined: here, in a record checked along with this one, or in the store. */
function* danglingReferences({ record, names, isKnown }: CheckContext): Generator<Finding> {
  for (const { path, noun, key } of referencesOf(record)) {
    if (names.has(noun, key) || isKnown(noun, key)) continue;
    const guess = didYouMean(key, names.all(noun));
    yield fault("dangling-reference", path, `no ${noun} "${key}"${guess}`);
  }
}

/** A meeting's parent and how it belongs to it come together. */
function* parentRelations({ record }: CheckContext): Generator<Finding> {
  for (const [i, { parent, parentRelation }] of record.meetings.entries()) {
    if (Boolean(parent) === Boolean(parentRelation)) continue;
    yield parent
      ? fault("parent-relation", ["meetings", i, "parent"], "a parent without parentRelation")
      : fault(
          "parent-relation",
          ["meetings", i, "parentRelation"],
          "a parentRelation without parent",
        );
  }
}

/** No meeting is above itself. A cycle is told once, at that meeting of it whose slug sorts first. */
function* parentCycles({ record, names: { parents } }: CheckContext): Generator<Finding> {
  for (const [i, { slug }] of record.meetings.entries()) {
    const chain = cycleThrough(slug, parents);
    if (chain.length === 0 || chain.some((other) => other < slug)) continue;
    const circle = [...chain, slug].join(" → ");
    yield fault("parent-cycle", ["meetings", i, "parent"], `a meeting above itself: ${circle}`);
  }
}

function cycleThrough(slug: string, parents: ReadonlyMap<string, string>): string[] {
  const chain = new Set<string>();
  let at: string | undefined = slug;
  while (at !== undefined && !chain.has(at)) {
    chain.add(at);
    at = parents.get(at);
  }
  return at === slug ? [...chain] : [];
}

/** The rules about keys and what they lead to. */
export const keyRules: Rule[] = [duplicateKeys, danglingReferences, parentRelations, parentCycles];
