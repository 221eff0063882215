import type { Sql } from "../db/sql.js";
import { generic, raw, SQL, type SqlText } from "../db/sql-text.js";
import { OPEN_LICENCES } from "../source/open-licence.js";
import { StatementForm } from "./statement.enums.js";
import type { RecordNames } from "../records/check/record.names.js";
import { CollectedStatements } from "./statement.collected.js";
import { LONGEST_UNLICENSED, QUOTABLE_SHARE } from "./quotation.js";
import { asRecorded } from "../records/judgements/record.as-recorded.js";
import { DOCUMENT } from "../records/record.format.js";
import { idOf } from "../records/record.ids.js";

/** How long a statement's text is, in UTF-16 code units. */
const LENGTH = raw("char_length(text) + regexp_count(text, '[\\U00010000-\\U0010FFFF]')");

/** The form of a statement that quotes to the letter. */
const VERBATIM = generic(StatementForm.VERBATIM, "statement_form");

/** Returns whether the records with these names quote a document, and what is quoted of it on record was not read yet. */
export function needsQuotedElsewhere(document: string, names: RecordNames): boolean {
  const { quoted, quotedElsewhere } = names.collected(CollectedStatements);
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
  names.collected(CollectedStatements).quotedElsewhere.set(document, quoted);
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

/** A document that something on record quotes at length, by its exact words or as its account. */
interface QuotedDocument {
  key: string;
  /** For a statement that needs an open licence, the licences of the other documents that its record cites for it. */
  licences: (string | null)[];
}

/**
 * Reads which of these documents are quoted by their exact words, or by statements that need an open licence. What records give counts,
 * also what is not shown, since values of other records are preferred or items are merged: it is loaded again as they give it.
 */
export async function readQuotedDocuments(sql: Sql, ids: string[]): Promise<QuotedDocument[]> {
  return (await asRecorded(sql)).query("quotedDocuments", quotedDocuments(ids));
}

function quotedDocuments(ids: string[]): SqlText {
  const longest = generic(JSON.stringify(LONGEST_UNLICENSED), "jsonb");
  return SQL`WITH wanted AS (SELECT id, key FROM source_document WHERE id = ANY (${generic(ids, "uuid[]")})),
    -- What each record gives: as claims where several do.
    cited (document_id, statement_id, by_id, exact) AS (
      SELECT c.document_id, c.statement_id, c.owner_id, c.exact FROM citation c
        WHERE c.document_id IN (SELECT id FROM wanted) AND NOT EXISTS (SELECT FROM record_claim g WHERE g.item_id = c.id)
      UNION ALL SELECT c.document_id, c.statement_id, g.document_id, g.given->>'exact' FROM citation c JOIN record_claim g ON g.item_id = c.id
        WHERE c.document_id IN (SELECT id FROM wanted)),
    long (statement_id, by_id) AS (
      SELECT s.id, s.owner_id FROM statement s
        WHERE s.id IN (SELECT statement_id FROM cited) AND NOT EXISTS (SELECT FROM record_claim g WHERE g.item_id = s.id)
          AND char_length(s.text) > (${longest} ->> s.form::text)::int
      UNION ALL SELECT g.item_id, g.document_id FROM record_claim g
        WHERE g.item_id IN (SELECT statement_id FROM cited) AND char_length(g.given->>'text') > (${longest} ->> (g.given->>'form'))::int)
    SELECT DISTINCT d.key, '{}'::text[] AS licences FROM cited JOIN wanted d ON d.id = cited.document_id WHERE cited.exact IS NOT NULL
    UNION SELECT d.key, ARRAY(SELECT DISTINCT o.licence FROM citation a JOIN source_document o ON o.id = a.document_id
      WHERE a.statement_id = long.statement_id AND o.id <> d.id AND (
        EXISTS (SELECT FROM record_claim g WHERE g.item_id = a.id AND g.document_id = long.by_id)
        OR a.owner_id = long.by_id AND NOT EXISTS (SELECT FROM record_claim g WHERE g.item_id = a.id)) ORDER BY 1)
    FROM long JOIN cited ON cited.statement_id = long.statement_id AND cited.by_id = long.by_id JOIN wanted d ON d.id = cited.document_id`;
}
