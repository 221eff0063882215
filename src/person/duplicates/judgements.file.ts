import { existsSync, writeFileSync } from "node:fs";
import type { Sql } from "../../db/sql.js";
import { UnreadableFile } from "../../records/files/record.files.js";
import type { Duplicate } from "./duplicates.js";
import { scoreInWords } from "./duplicates.print.js";
import { countFacts } from "./duplicates.store.js";

/** A judgement that two people are one, as a record gives it. */
interface Merge {
  kind: "person";
  /** The slug of the one that stays, and of the one that goes. */
  stays: string;
  goes: string;
  because: string;
  citations: [];
}

/** The maximum number of people counted at a time. */
const PEOPLE_PER_READ = 1_000;
/** The maximum length of a reason in a record. */
const LONGEST_REASON = 2_000;

/** Throws if the file exists and is not to be replaced. */
export function assertWritable(file: string, overwrite: boolean): void {
  if (!overwrite && existsSync(file)) throw exists(file);
}

function exists(file: string): UnreadableFile {
  return new UnreadableFile(`${file} exists. Choose another file, or --overwrite it.`);
}

/**
 * Writes a record of judgements for people to review: that the people of each pair are one. Reviewers move those who are not to
 * `different`. The one with most statements and meetings stays, else the one with the shortest slug. Returns how many there are to judge.
 */
export async function writeJudgements(
  sql: Sql,
  pairs: readonly Duplicate[],
  file: string,
  { overwrite, today }: { overwrite: boolean; today: string },
): Promise<number> {
  const merges = mergesOf(pairs, await factsOf(sql, pairs));
  const record = {
    format: "communique-record/1",
    document: {
      key: `judgements-${today}`,
      kind: "JUDGEMENT",
      title: "Judgements on people who are one or not",
      language: "en",
      datePublished: today,
    },
    merges,
    different: [],
  };
  try {
    writeFileSync(file, `${JSON.stringify(record, null, 2)}\n`, { flag: overwrite ? "w" : "wx" });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    throw exists(file);
  }
  return merges.length;
}

/**
 * Returns the merges of these pairs, the most likely first. Of several spellings of one person each goes once, into the one that it was
 * paired with: a pair that follows from others is left out.
 */
function mergesOf(pairs: readonly Duplicate[], facts: ReadonlyMap<string, number>): Merge[] {
  const links = new Map<string, Duplicate[]>();
  for (const pair of pairs)
    for (const { id } of pair.people) links.set(id, [...(links.get(id) ?? []), pair]);
  const people = new Map(pairs.flatMap((pair) => pair.people.map((one) => [one.id, one] as const)));
  const factsAbout = ({ id }: { id: string }) => facts.get(id) ?? 0;
  const order = [...people.values()].sort(
    (one, other) =>
      factsAbout(other) - factsAbout(one) ||
      one.slug.length - other.slug.length ||
      (one.slug < other.slug ? -1 : 1),
  );
  const merges = new Map<Duplicate, Merge>();
  const placed = new Set<string>();
  for (const root of order) {
    const open = placed.has(root.id) ? [] : [root];
    placed.add(root.id);
    for (const stays of open) {
      for (const pair of links.get(stays.id)!) {
        const goes = pair.people.find(({ id }) => id !== stays.id)!;
        if (placed.has(goes.id)) continue;
        placed.add(goes.id);
        open.push(goes);
        merges.set(pair, mergeOf(pair, stays.slug, goes.slug));
      }
    }
  }
  return pairs.flatMap((pair) => merges.get(pair) ?? []);
}

function mergeOf({ score, reasons }: Duplicate, stays: string, goes: string): Merge {
  const because = `${reasons.join("; ")} (score ${scoreInWords(score)})`;
  return { kind: "person", stays, goes, because: because.slice(0, LONGEST_REASON), citations: [] };
}

async function factsOf(sql: Sql, pairs: readonly Duplicate[]): Promise<Map<string, number>> {
  const ids = [...new Set(pairs.flatMap(({ people }) => people.map(({ id }) => id)))];
  const facts = new Map<string, number>();
  for (let i = 0; i < ids.length; i += PEOPLE_PER_READ)
    for (const [id, count] of await countFacts(sql, ids.slice(i, i + PEOPLE_PER_READ)))
      facts.set(id, count);
  return facts;
}
