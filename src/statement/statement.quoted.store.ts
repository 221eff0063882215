import type { Sql } from "../db/sql.js";
import { generic, raw, SQL } from "../db/sql-text.js";
import { OPEN_LICENCES } from "../source/open-licence.js";
import { StatementForm } from "./statement.enums.js";
import type { RecordNames } from "../records/check/record.names.js";
import { KnownStatements } from "./known-statements.js";
import { QUOTABLE_SHARE } from "./quotation.js";
import { DOCUMENT } from "../records/record.format.js";
import { idOf } from "../records/record.ids.js";

/** How long a statement's text is, in UTF-16 code units. */
const LENGTH = raw("char_length(text) + regexp_count(text, '[\\U00010000-\\U0010FFFF]')");

/** The form of a statement that quotes to the letter. */
const VERBATIM = generic(StatementForm.VERBATIM, "statement_form");

/** Returns whether the records with these names quote a document, and what is quoted of it on record was not read yet. */
export function needsQuotedElsewhere(document: string, names: RecordNames): boolean {
  const { quoted, quotedElsewhere } = names.of(KnownStatements);
  return quoted.has(document) && !quotedElsewhere.has(document);
}

/**
 * Adds to these names how many characters, in UTF-16 code units, the statements of a document on record quote to the letter, other than
 * those that the records with these names give anew.
 */
export async function addQuotedElsewhere(
  sql: Sql,
  document: string,
  names: RecordNames,
): Promise<void> {
  const rows = await sql.query<{ key: string; length: number }>(
    "quotedElsewhere",
    SQL`SELECT key, ${LENGTH} AS length FROM statement
     WHERE owner_id = ${generic(idOf(DOCUMENT.noun, document), "uuid")} AND form = ${VERBATIM}`,
  );
  const others = rows.filter(({ key }) => !names.has("statement", key));
  const quoted = others.reduce((sum, { length }) => sum + length, 0);
  names.of(KnownStatements).quotedElsewhere.set(document, quoted);
}

/** A kept text of which statements quote more than is allowed without an open licence. */
export interface OverquotedText {
  key: string;
  /** In UTF-16 code units, as the quotations. */
  length: number;
  quoted: number;
}

/** Reads of which of these documents, by id, too much is quoted: of those whose text is kept and whose licence is not open. */
export function readOverquoted(sql: Sql, ids: readonly string[]): Promise<OverquotedText[]> {
  return sql.query(
    "overquotedTexts",
    SQL`SELECT d.key, t.length, sum(s.length)::int AS quoted
     FROM source_document d JOIN document_text t ON t.sha256 = d.sha256
       JOIN LATERAL (SELECT ${LENGTH} AS length FROM statement WHERE owner_id = d.id AND form = ${VERBATIM}) AS s ON true
     WHERE d.id = ANY (${generic(ids, "uuid[]")}) AND (lower(d.licence) = ANY (${OPEN_LICENCES})) IS NOT TRUE
     GROUP BY d.id, t.length HAVING sum(s.length) > t.length * ${generic(QUOTABLE_SHARE, "numeric")} ORDER BY d.key`,
  );
}
