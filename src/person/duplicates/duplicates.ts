import type { Sql } from "../../db/sql.js";
import { blockKeysOf } from "./block-keys.js";
import { Blocks } from "./blocks.js";
import { type CutBlock, type NamedPair, pairsByName } from "./duplicate-pairs.js";
import { reasonsFor } from "./duplicate-reasons.js";
import {
  countPeople,
  countPeopleOfCountries,
  type Life,
  type PersonNames,
  readLives,
  readPeopleNames,
} from "./duplicates.store.js";
import { judgedPairs, pairOf } from "./judged-pairs.js";
import { scoreOf, weigh } from "./likelihood.js";
import { whyDifferent } from "./lives.js";
import { NameCounts } from "./name-counts.js";
import { readNames } from "./person-name.js";

/** Two people who may be one. */
export interface Duplicate {
  /** From 0 to 1. */
  score: number;
  /** The score in bits, which distinguishes scores that round to 1. */
  bits: number;
  /** In the order of their slugs. */
  people: [Life, Life];
  /** In words: `same family name`, `both Keeper of the Fish Stores`. */
  reasons: string[];
}

/** What to propose, and how to report progress. */
export interface DuplicateOptions {
  minScore: number;
  limit: number;
  onProgress?: (step: { read: number; total: number; people: number }) => void;
  /** Replaces the maximum size of a block that is compared completely, for tests. */
  largestBlock?: number;
}

/** What was found. */
export interface Duplicates {
  /** The most likely first, at most as many as asked for. */
  pairs: Duplicate[];
  /** How many pairs reach the least score. */
  found: number;
  people: number;
  /** Blocks so large that not all of their people were compared; the largest first. */
  cut: CutBlock[];
}

const PEOPLE_PER_READ = 2_000;
const PAIRS_PER_READ = 500;

/** Compares all people on record, and returns those who may be the same. */
export async function findDuplicates(sql: Sql, options: DuplicateOptions): Promise<Duplicates> {
  const total = await countPeople(sql);
  const [people, counts, blocks] = [[] as PersonNames[], new NameCounts(), new Blocks()];
  // Reading is quick beside comparing: it counts as a tenth of the work.
  const onProgress = (share: number) =>
    options.onProgress?.({ read: Math.floor(1_000 * share), total: 1_000, people: people.length });
  for await (const person of peopleOnRecord(sql)) {
    const names = readNames(person);
    counts.add(names);
    blocks.add(blockKeysOf(names, person.identifiers));
    people.push(person);
    onProgress((0.1 * people.length) / Math.max(total, people.length));
  }
  const cut: CutBlock[] = [];
  const best = new Best(options.limit);
  const shareOf = await sharesOfCountries(sql, people.length);
  const comparison = {
    people,
    counts,
    blocks,
    largestBlock: options.largestBlock,
    onCut: (block: CutBlock) => void cut.push(block),
    onShare: (share: number) => onProgress(0.1 + 0.9 * share),
  };
  for (const pairs of batches(pairsByName(comparison), PAIRS_PER_READ))
    for (const pair of await weighPairs(sql, pairs, shareOf, options.minScore)) best.add(pair);
  cut.sort((one, other) => other.people - one.people || (one.from < other.from ? -1 : 1));
  return { pairs: best.pairs, found: best.found, people: people.length, cut };
}

async function* peopleOnRecord(sql: Sql): AsyncGenerator<PersonNames> {
  let page = await readPeopleNames(sql, null, PEOPLE_PER_READ);
  while (page.length > 0) {
    yield* page;
    page = await readPeopleNames(sql, page.at(-1)!.id, PEOPLE_PER_READ);
  }
}

/** Returns the share of people that a country has. */
async function sharesOfCountries(sql: Sql, people: number): Promise<(country: string) => number> {
  const counts = await countPeopleOfCountries(sql);
  return (country) => Math.min(1, Math.max(1, counts.get(country) ?? 0) / Math.max(people, 1));
}

/** Reads what is on record of these people, and returns the pairs that may be one person and that no record judges. */
async function weighPairs(
  sql: Sql,
  pairs: readonly NamedPair[],
  shareOf: (country: string) => number,
  minScore: number,
): Promise<(Duplicate & { mayRepeat: boolean })[]> {
  const ids = new Set(pairs.flatMap(({ people }) => people.map(({ id }) => id)));
  const lives = new Map((await readLives(sql, [...ids])).map((life) => [life.id, life]));
  const judged = await judgedPairs(
    sql,
    pairs.map(({ people: [one, other] }) => pairOf(one.id, other.id)),
  );
  const likely = [];
  for (const { people, names, mayRepeat } of pairs) {
    const [one, other] = people.map(({ id }) => lives.get(id));
    if (!one || !other || judged.has(pairOf(one.id, other.id))) continue;
    if (whyDifferent(one, other, readNames(one), readNames(other)) !== null) continue;
    const evidence = weigh(one, other, shareOf);
    const score = scoreOf(names, evidence);
    if (score < minScore) continue;
    const bits = names.bits + evidence.bits;
    const ordered: [Life, Life] = one.slug < other.slug ? [one, other] : [other, one];
    likely.push({ score, bits, people: ordered, reasons: reasonsFor(names, evidence), mayRepeat });
  }
  return likely;
}

/** The most likely of all pairs, in a stable order. */
class Best {
  readonly pairs: Duplicate[] = [];
  found = 0;
  private readonly seen = new Set<string>();

  constructor(private readonly limit: number) {}

  add({ mayRepeat, ...pair }: Duplicate & { mayRepeat: boolean }): void {
    if (mayRepeat) {
      const key = pairOf(pair.people[0].id, pair.people[1].id);
      if (this.seen.has(key)) return;
      this.seen.add(key);
    }
    this.found++;
    let [from, to] = [0, this.pairs.length];
    while (from < to) {
      const middle = (from + to) >> 1;
      if (isBefore(this.pairs[middle]!, pair)) from = middle + 1;
      else to = middle;
    }
    this.pairs.splice(from, 0, pair);
    if (this.pairs.length > this.limit) this.pairs.pop();
  }
}

function isBefore(one: Duplicate, other: Duplicate): boolean {
  if (one.bits !== other.bits) return one.bits > other.bits;
  const slugs = ({ people }: Duplicate) => people.map(({ slug }) => slug).join(" ");
  return slugs(one) < slugs(other);
}

function* batches<One>(all: Iterable<One>, size: number): Generator<One[]> {
  let batch: One[] = [];
  for (const one of all) {
    batch.push(one);
    if (batch.length < size) continue;
    yield batch;
    batch = [];
  }
  if (batch.length > 0) yield batch;
}
