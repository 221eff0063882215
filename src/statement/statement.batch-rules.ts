import type { Sql } from "../db/sql.js";
import { isOpenLicence } from "../source/open-licence.js";
import { QUOTABLE_SHARE } from "./quotation.js";
import { StatementForm, StatementRelationKind } from "./statement.enums.js";
import { statement } from "./statement.record.js";
import { relation } from "./statement-relation.record.js";
import { fault, type Finding } from "../records/record.faults.js";
import type { Changes } from "../records/load/record.changes.js";
import { RuleViolation, type BatchRule } from "../records/load/record.rule-violation.js";
import { readCircularCorrection } from "./correction.store.js";
import { readOverquoted, readQuotedDocuments } from "./quotation.store.js";

/** The quotations of a batch, beside those on record, are a small share of the texts that they are from. */
async function checkQuoting(sql: Sql, { rows }: Changes): Promise<void> {
  const quoting = [...rows.values()].flatMap(({ format, row }) =>
    format === statement && row?.form === StatementForm.VERBATIM ? (row.owner_id as string) : [],
  );
  await checkQuotations(sql, [...new Set(quoting)]);
}

/** Without an open licence, all records together quote a small share of a text that is kept. */
export async function checkQuotations(sql: Sql, documentIds: readonly string[]): Promise<void> {
  const [found] = documentIds.length === 0 ? [] : await readOverquoted(sql, documentIds);
  if (found)
    throw new RuleViolation(
      "quotations-too-much",
      ["statements"],
      `with what is on record, ${found.quoted} of the ${found.length} characters of "${found.key}" are quoted, whose licence is none that is known to be open: at most ${QUOTABLE_SHARE * 100} %`,
    );
}

/** Statements do not correct each other in a cycle, even across records. */
async function checkCorrections(sql: Sql, { rows }: Changes): Promise<void> {
  const correcting = [...rows.values()].flatMap(({ format, row }) =>
    format === relation && row?.kind === StatementRelationKind.CORRECTS
      ? (row.statement_id as string)
      : [],
  );
  if (correcting.length === 0) return;
  const key = await readCircularCorrection(sql, correcting);
  if (key !== null)
    throw new RuleViolation(
      "correction-cycle",
      [],
      `with what is on record, the statement "${key}" would correct itself; only the later one corrects the other`,
    );
}

/** A document keeps its open licence while more is quoted than is allowed without one. */
async function checkLicences(sql: Sql, { closed }: Changes): Promise<void> {
  for (const [, { code, path, message }] of await licencesInUse(sql, closed))
    throw new RuleViolation(code, path, message);
}

/** Returns the faults of those of these documents, by key, that can't be without an open licence. */
export async function licencesInUse(sql: Sql, ids: string[]): Promise<Map<string, Finding>> {
  const quoted = ids.length === 0 ? [] : await readQuotedDocuments(sql, ids);
  const tooMuch = quoted.filter(({ licences }) => !licences.some(isOpenLicence));
  return new Map(
    tooMuch.map(({ key }) => [
      key,
      fault(
        "licence-in-use",
        ["document", "licence"],
        `what is on record quotes more of "${key}" than is allowed without an open licence: its exact words, an account to the letter, or too many characters at once`,
      ),
    ]),
  );
}

/** The rules of statements that a record can satisfy alone, but break together with what is on record. */
export const BATCH_RULES: readonly BatchRule[] = [checkLicences, checkCorrections, checkQuoting];
