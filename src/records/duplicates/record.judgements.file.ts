import { existsSync, writeFileSync } from "node:fs";
import type { Sql } from "../../db/sql.js";
import { UnreadableFile } from "../files/record.files.js";
import type { Duplicate } from "./record.duplicates.js";
import { scoreInWords } from "./record.duplicates.print.js";
import { countFacts } from "./record.duplicates.store.js";

/** A judgement that two people are one, as a record gives it. */
interface Merge {
  kind: "person";
  /** The slug of the one that stays, and of the one that goes. */
  stays: string;
  goes: string;
  because: string;
  citations: [];
}

/** So many people are counted at a time. */
const PEOPLE_PER_READ = 1_000;
/** As long as a reason may be in a record. */
const LONGEST_REASON = 10_000;

/** Throws if the file exists and is not to be replaced. */
export function assertWritable(file: string, overwrite: boolean): void {
  if (!overwrite && existsSync(file)) throw exists(file);
}

function exists(file: string): UnreadableFile {
  return new UnreadableFile(`${file} exists. Choose another file, or --overwrite it.`);
}

/**
 * Writes a record of judgements for people to review: that each pair is one person. What is not so is moved to `different`.
 * The one with more statements and meetings stays, else the one with the shorter slug.
 */
export async function writeJudgements(
  sql: Sql,
  pairs: readonly Duplicate[],
  file: string,
  { overwrite, today }: { overwrite: boolean; today: string },
): Promise<void> {
  const facts = await factsOf(sql, pairs);
  const record = {
    format: "communique-record/1",
    document: {
      key: `judgements-${today}`,
      kind: "JUDGEMENT",
      title: "Judgements on people who are one or not",
      language: "en",
      datePublished: today,
    },
    merges: pairs.map((pair) => mergeOf(pair, facts)),
    different: [],
  };
  try {
    writeFileSync(file, `${JSON.stringify(record, null, 2)}\n`, { flag: overwrite ? "w" : "wx" });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    throw exists(file);
  }
}

function mergeOf({ people, score, reasons }: Duplicate, facts: ReadonlyMap<string, number>): Merge {
  const [one, other] = people;
  const countOf = ({ id }: { id: string }) => facts.get(id) ?? 0;
  const stays = countOf(one) - countOf(other) || other.slug.length - one.slug.length || 1;
  const [kept, gone] = stays > 0 ? [one, other] : [other, one];
  return {
    kind: "person",
    stays: kept.slug,
    goes: gone.slug,
    because: `${reasons.join("; ")} (score ${scoreInWords(score)})`.slice(0, LONGEST_REASON),
    citations: [],
  };
}

async function factsOf(sql: Sql, pairs: readonly Duplicate[]): Promise<Map<string, number>> {
  const ids = [...new Set(pairs.flatMap(({ people }) => people.map(({ id }) => id)))];
  const facts = new Map<string, number>();
  for (let i = 0; i < ids.length; i += PEOPLE_PER_READ)
    for (const [id, count] of await countFacts(sql, ids.slice(i, i + PEOPLE_PER_READ)))
      facts.set(id, count);
  return facts;
}
