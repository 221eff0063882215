import { countsOf } from "../record.counted.js";
import { fault, type Fault, pointerOf, type RecordPath, suggesting } from "../record.faults.js";
import type { CheckContext, FaultRule } from "./record.rule.js";
import { nearestTo } from "./record.suggestion.js";
import type { SourceRecord } from "../record.format.js";
import { firstSlugsIn, formatOf, RECORD_LISTS, SLUG_LISTS } from "../record.items.js";
import { documentKeyOf, fullKeyIn, referencesOf } from "../record.walk.js";

/** The code of a reference to an item that no record defines. */
export const DANGLING = "dangling-reference";

/** A key is defined once in a record. (Other records may extend the item.) */
function* duplicateKeys({ record }: CheckContext): Generator<Fault> {
  for (const [list] of SLUG_LISTS) yield* repeated(slugsIn(record, list));
  for (const [list, { key, hasLabel, options }] of RECORD_LISTS) {
    if (key !== "key" || options.keyOf) continue;
    const items = record[list] as readonly { key: string }[];
    const keys = items.map((item) => (hasLabel ? fullKeyIn(record, item.key) : item.key));
    yield* repeated(keys.map((one, i) => ({ path: [list, i, "key"], key: one })));
  }
}

/** A slug does not belong to different items in different records, now or formerly. */
function* takenSlugs({ record, firstKeys }: CheckContext): Generator<Fault> {
  for (const [list, noun] of SLUG_LISTS) {
    const slugs = slugsIn(record, list);
    // `duplicateKeys` reports duplicates within this record.
    const times = countsOf(slugs.map(({ key }) => key));
    for (const { path, key, first } of slugs) {
      const other = [...firstKeys(noun, key)].find((one) => one !== first);
      if (other === undefined || times.get(key)! > 1) continue;
      const taken = `"${key}" is taken by the ${noun} that was first "${other}"`;
      yield fault("duplicate-key", path, `${taken}; if that is meant, begin formerSlugs with it`);
    }
  }
}

interface PlacedKey {
  path: RecordPath;
  key: string;
}

function slugsIn(
  record: SourceRecord,
  list: (typeof SLUG_LISTS)[number][0],
): (PlacedKey & { first: string })[] {
  return record[list].flatMap((item: { slug: string; formerSlugs?: string[] }, i) => {
    const former = item.formerSlugs ?? [];
    const first = former[0] ?? item.slug;
    return [
      { path: [list, i, "slug"], key: item.slug, first },
      ...former.map((key, j) => ({ path: [list, i, "formerSlugs", j], key, first })),
    ];
  });
}

function* repeated(keys: PlacedKey[]): Generator<Fault> {
  const first = new Map<string, RecordPath>();
  for (const { path, key } of keys) {
    const earlier = first.get(key);
    if (earlier) yield fault("duplicate-key", path, `"${key}" is taken by ${pointerOf(earlier)}`);
    else first.set(key, path);
  }
}

/** Every reference is defined: in this record, one checked with it, or the database. */
function* danglingReferences({ record, names, onRecord }: CheckContext): Generator<Fault> {
  for (const { path, noun, key } of referencesOf(record)) {
    if (names.has(noun, key) || onRecord.isKnown(noun, key)) continue;
    const missing = fault(DANGLING, path, `no ${noun} "${key}"`);
    yield suggesting(missing, nearestTo(key, names.all(noun)));
  }
}

/**
 * The parents that one document gives form no cycle; a cycle with those of another document is no fault. A cycle is reported once, at the
 * item whose first slug sorts first.
 */
function* parentCycles({ record, names, firstKey }: CheckContext): Generator<Fault> {
  const document = documentKeyOf(record);
  for (const [list, noun] of SLUG_LISTS) {
    if (!formatOf(noun).parentColumn) continue;
    const parentOf = (slug: string) => {
      const parent = names.parentIn(document, noun, slug);
      return parent === undefined ? undefined : firstKey(noun, parent);
    };
    const firstSlugs = firstSlugsIn(record, list);
    const cycles = cyclesFrom(firstSlugs, parentOf);
    for (const [i, first] of firstSlugs.entries()) {
      const chain = cycles.get(first);
      if (!chain) continue;
      const cycle = [...chain, first].join(" → ");
      const article = /^[aeiou]/.test(noun) ? "an" : "a";
      yield fault("parent-cycle", [list, i, "parent"], `${article} ${noun} above itself: ${cycle}`);
    }
  }
}

/** Documents are not copies of each other in a cycle. A cycle is reported once, at the key of these records that sorts first. */
function* syndicationCycles(context: CheckContext): Generator<Fault> {
  const { record, onRecord } = context;
  const { documents } = context.names;
  const key = documentKeyOf(record);
  if (record.document === key) return;
  const originalOf = (copy: string) => {
    const document = documents.get(copy);
    return document
      ? (document.syndicatedFrom ?? undefined)
      : [...onRecord.leadsTo("document", copy)][0];
  };
  const chain = cycleThrough(key, originalOf);
  if (chain.length === 0 || chain.some((other) => other < key && documents.has(other))) return;
  const cycle = [...chain, key].join(" → ");
  yield fault("syndication-cycle", ["document", "syndicatedFrom"], `a copy of itself: ${cycle}`);
}

/** Returns the cycle that starts at a key; empty if there is none. */
function cycleThrough(key: string, next: (key: string) => string | undefined): string[] {
  const chain = new Set<string>();
  let at: string | undefined = key;
  while (at !== undefined && !chain.has(at)) {
    chain.add(at);
    at = next(at);
  }
  return at === key ? [...chain] : [];
}

/**
 * Returns the cycles that can be reached from these keys, each by the key in it that sorts first. Follows every key once: following a chain
 * of thousands from each of its keys would take seconds.
 */
function cyclesFrom(
  keys: readonly string[],
  next: (key: string) => string | undefined,
): Map<string, string[]> {
  const cycles = new Map<string, string[]>();
  const followed = new Set<string>();
  for (const key of keys) {
    const chain = new Set<string>();
    let at: string | undefined = key;
    while (at !== undefined && !followed.has(at)) {
      followed.add(at);
      chain.add(at);
      at = next(at);
    }
    if (at === undefined || !chain.has(at)) continue;
    const least = cycleThrough(at, next).reduce((a, b) => (b < a ? b : a));
    cycles.set(least, cycleThrough(least, next));
  }
  return cycles;
}

/** Rules about keys and references. */
export const keyRules: FaultRule[] = [
  duplicateKeys,
  takenSlugs,
  danglingReferences,
  parentCycles,
  syndicationCycles,
];
