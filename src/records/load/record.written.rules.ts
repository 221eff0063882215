import type { Sql } from "../../db/sql.js";
import { isOpenLicence } from "../../source/open-licence.js";
import { QUOTABLE_SHARE } from "../check/record.text.js";
import { StatementForm, StatementRelationKind } from "../../statement/statement.enums.js";
import type { RecordPath } from "../record.path.js";
import type { Changes } from "./record.changes.js";
import { readOverquoted } from "./record.quoted.store.js";
import { readCircularCorrection, readQuotedDocuments } from "./record.written.store.js";

/** Thrown if a batch breaks a rule together with what is on record. Bisection then finds the record that does. */
export class RuleViolation extends Error {
  constructor(
    readonly fault: string,
    readonly path: RecordPath,
    message: string,
  ) {
    super(message);
  }
}

/** Checks what a batch has written, before it is committed; throws `RuleViolation`. Asks the database only if something may be broken. */
export async function checkWritten(sql: Sql, changes: Changes): Promise<void> {
  await checkLicences(sql, changes);
  await checkCorrections(sql, changes);
  await checkQuotations(sql, quotingIn(changes));
}

/** Returns the ids of the documents whose statements of this batch quote. */
function quotingIn({ rows }: Changes): string[] {
  const quoting = [...rows.values()].filter((row) => row?.form === StatementForm.VERBATIM);
  return [...new Set(quoting.map((row) => row!.owner_id as string))];
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
  const correcting = [...rows.values()].flatMap((row) =>
    row?.kind === StatementRelationKind.CORRECTS ? (row.statement_id as string) : [],
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
  for (const [, message] of await licencesInUse(sql, closed))
    throw new RuleViolation(LICENCE_IN_USE, ["document", "licence"], message);
}

/** The fault code of a document that loses its open licence while more is quoted than is allowed without one. */
export const LICENCE_IN_USE = "licence-in-use";

/** Returns which of these documents, by key, can't be without an open licence, and why. */
export async function licencesInUse(sql: Sql, ids: string[]): Promise<Map<string, string>> {
  const quoted = ids.length === 0 ? [] : await readQuotedDocuments(sql, ids);
  const tooMuch = quoted.filter(({ licences }) => !licences.some(isOpenLicence));
  return new Map(
    tooMuch.map(({ key }) => [
      key,
      `what is on record quotes more of "${key}" than is allowed without an open licence: its exact words, an account to the letter, or too many characters at once`,
    ]),
  );
}
