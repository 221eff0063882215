import type { Sql } from "../../db/sql.js";
import type { RecordNames } from "../check/record.names.js";
import type { RecordNoun, SourceRecord } from "../record.format.js";

/** A step from one item to another of the same noun, by keys: from a copy to its original, for example. */
export interface Step {
  from: string;
  to: string;
}

/** Steps that must not lead back to where they start. */
export interface Chain {
  noun: RecordNoun;
  /** Returns the keys of the items of a record. */
  keysIn: (record: SourceRecord) => string[];
  /** Returns the keys that steps of the checked records lead to from an item. */
  next: (key: string, names: RecordNames) => readonly string[];
  /** Reads the steps on record from these items, and on to the ends of their chains. */
  read: (sql: Sql, keys: string[]) => Promise<Step[]>;
}

/** The maximum number of steps followed from an item, or read at once: chains are short, and longer ones are not reported. */
export const MAX_STEPS = 10_000;

/** The maximum number of times a chain may alternate between the checked records and those on record. */
const MAX_CHANGES = 20;

/**
 * Returns the steps on record from items that the checked records lead to. A chain on record may lead back to an item of these records and
 * on from there, so it is read again until nothing new is reached.
 */
export async function stepsFrom(
  sql: Sql,
  { keysIn, next, read }: Chain,
  records: SourceRecord[],
  names: RecordNames,
): Promise<Map<string, string[]>> {
  const steps = new Map<string, string[]>();
  const seen = new Set<string>();
  let open = records.flatMap(keysIn).flatMap((key) => next(key, names));
  for (let changes = 0; open.length > 0 && changes < MAX_CHANGES; changes++) {
    const reached: string[] = [];
    for (let key = open.pop(); key !== undefined; key = open.pop()) {
      if (seen.has(key)) continue;
      seen.add(key);
      reached.push(key);
      open.push(...next(key, names));
    }
    if (reached.length === 0) break;
    for (const { from, to } of await read(sql, reached)) {
      const known = steps.get(from) ?? [];
      if (!known.includes(to)) steps.set(from, [...known, to]);
      open.push(from, to);
    }
    // Chains on record have been read to their ends: only the checked records can lead on from there.
    open = open.filter((key) => !seen.has(key) && next(key, names).length > 0);
  }
  return steps;
}
