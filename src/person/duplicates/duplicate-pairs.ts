import { type Block, type Blocks, isSurname } from "./blocks.js";
import type { PersonNames } from "./duplicates.store.js";
import { sharedIdentifier } from "./lives.js";
import { compareNames, type NameMatch, unlikeNames } from "./name-comparison.js";
import type { NameCounts } from "./name-counts.js";
import { type PersonName, readNames } from "./person-name.js";

/** Two people whose names may be those of one. */
export interface NamedPair {
  people: [PersonNames, PersonNames];
  names: NameMatch;
  /** Whether the same pair may be yielded again. */
  mayRepeat: boolean;
}

/** A block in which not all were compared with each other. */
export interface CutBlock {
  /** The names of its first and last person, in order. */
  from: string;
  to: string;
  people: number;
}

/** The maximum size of a block whose people are all compared with each other. */
export const LARGEST_BLOCK = 500;
/** In a larger block, the number of people next by name that each is compared with. */
export const NEXT_BY_NAME = 50;
/** The minimum bits of names: nothing else makes up for less. */
const LEAST_BITS = -10;

/** What is compared, and who is notified of the progress. */
export interface Comparison {
  people: readonly PersonNames[];
  counts: NameCounts;
  blocks: Blocks;
  largestBlock?: number;
  /** Called with the share that is done, from 0 to 1. */
  onShare?: (share: number) => void;
  onCut?: (block: CutBlock) => void;
}

/** Yields the pairs of people whose names are alike; of large blocks some may come twice. */
export function* pairsByName(comparison: Comparison): Generator<NamedPair> {
  const { blocks, onShare, largestBlock = LARGEST_BLOCK } = comparison;
  for (const block of blocks.inOrder(largestBlock)) {
    if (isSurname(block.key)) yield* pairsOfSurname(block, comparison);
    else if (blocks.isLarge(block.key)) yield* pairsOfLarge(block, comparison);
    else yield* pairsOf(block, comparison);
    onShare?.(block.share);
  }
}

function* pairsOf({ key, people }: Block, comparison: Comparison): Generator<NamedPair> {
  const readings = new Map<number, PersonName[]>();
  for (const [i, one] of people.entries())
    for (const other of people.subarray(i + 1))
      if (comparison.blocks.firstShared(one, other) === key)
        yield* pairOf(one, other, comparison, readings);
}

/** Of one family name, compares those without a given name with all others. */
function* pairsOfSurname({ key, people }: Block, comparison: Comparison): Generator<NamedPair> {
  const { largestBlock = LARGEST_BLOCK } = comparison;
  const withoutGiven = (person: number) =>
    readNames(comparison.people[person]!).some(({ given }) => given.length === 0);
  let alone = [...people].filter(withoutGiven);
  if (people.length > largestBlock && alone.length > NEXT_BY_NAME) {
    reportCut(alone, comparison);
    alone = alone.slice(0, NEXT_BY_NAME);
  }
  const isAlone = new Set(alone);
  for (const one of alone) {
    const readings = new Map<number, PersonName[]>();
    for (const other of people) {
      if (one === other || (isAlone.has(other) && other < one)) continue;
      if (comparison.blocks.firstShared(one, other) !== key) continue;
      yield* pairOf(one, other, comparison, readings, true);
      readings.delete(other);
    }
  }
}

/** Compares each only with those next in the order of their names; with others where another block has them both. */
function* pairsOfLarge({ people }: Block, comparison: Comparison): Generator<NamedPair> {
  const readings = new Map<number, PersonName[]>();
  const sorted = reportCut([...people], comparison);
  for (const [i, one] of sorted.entries()) {
    // Each is read once, and forgotten when all that are compared with it have been.
    for (const other of sorted.slice(i + 1, i + 1 + NEXT_BY_NAME)) {
      const shared = comparison.blocks.firstShared(one, other);
      if (shared === null || isSurname(shared))
        yield* pairOf(one, other, comparison, readings, true);
    }
    readings.delete(one);
  }
}

/** Reports that not all of these are compared, and returns them in the order of their names. */
function reportCut(people: number[], { people: all, onCut }: Comparison): number[] {
  const nameOf = (person: number) => all[person]!.sortName;
  people.sort((one, other) =>
    nameOf(one) < nameOf(other) ? -1 : nameOf(one) > nameOf(other) ? 1 : one - other,
  );
  onCut?.({ from: nameOf(people[0]!), to: nameOf(people.at(-1)!), people: people.length });
  return people;
}

function* pairOf(
  a: number,
  b: number,
  comparison: Comparison,
  readings: Map<number, PersonName[]>,
  mayRepeat = false,
): Generator<NamedPair> {
  const { people, counts } = comparison;
  const [one, other] = a < b ? [a, b] : [b, a];
  const [first, second] = [people[one]!, people[other]!];
  const [names, others] = [one, other].map((person) => readingsOf(person, comparison, readings));
  let match = compareNames(names!, others!, counts);
  if (sharedIdentifier(first, second)) match ??= unlikeNames(counts);
  else if (match && match.bits < LEAST_BITS) match = null;
  if (match) yield { people: [first, second], names: match, mayRepeat };
}

function readingsOf(
  person: number,
  { people }: Comparison,
  readings: Map<number, PersonName[]>,
): PersonName[] {
  let names = readings.get(person);
  if (!names) readings.set(person, (names = readNames(people[person]!)));
  return names;
}
