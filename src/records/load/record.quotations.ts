import type { Sql } from "../../db/sql.js";
import type { RecordNames } from "../check/record.names.js";
import type { Finding } from "../record.faults.js";
import { NOUNS_IN_LOAD } from "./record.nouns.js";

const LIMITS = NOUNS_IN_LOAD.flatMap(({ quotations }) => quotations ?? []);

/** Checks what is quoted of these documents, by id, whose texts are kept now; throws `RuleViolation`. */
export async function checkQuotations(sql: Sql, documentIds: readonly string[]): Promise<void> {
  for (const { check } of LIMITS) await check(sql, documentIds);
}

/** Returns whether `addQuotedElsewhere` has anything to add. */
export function needsQuotedElsewhere(document: string, names: RecordNames): boolean {
  return LIMITS.some(({ needsElsewhere }) => needsElsewhere(document, names));
}

/** Adds what is quoted of a document on record to the names, if the rules need to know it. */
export async function addQuotedElsewhere(
  sql: Sql,
  document: string,
  names: RecordNames,
): Promise<void> {
  for (const { needsElsewhere, addElsewhere } of LIMITS)
    if (needsElsewhere(document, names)) await addElsewhere(sql, document, names);
}

/** Returns the faults of those of these documents, by key, that can't be without an open licence. */
export async function licencesInUse(
  sql: Sql,
  documentIds: string[],
): Promise<Map<string, Finding[]>> {
  const found = new Map<string, Finding[]>();
  for (const limits of LIMITS)
    for (const [key, one] of await limits.licencesInUse(sql, documentIds))
      found.set(key, [...(found.get(key) ?? []), one]);
  return found;
}
