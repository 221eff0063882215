import type { Sql } from "../../db/sql.js";
import { StatementForm } from "../../statement/statement.enums.js";

/** A document that something on record quotes at length or by its exact words. */
interface QuotedDocument {
  key: string;
  /** For a long quotation, the licences of the other documents that its statement cites. */
  licences: (string | null)[];
}

/** Reads which of these documents are quoted by their exact words, or by statements longer than this. */
export function readQuotedDocuments(
  sql: Sql,
  ids: string[],
  length: number,
): Promise<QuotedDocument[]> {
  return sql.query(
    "quotedDocuments",
    `SELECT DISTINCT d.key, '{}'::text[] AS licences
     FROM citation c JOIN source_document d ON d.id = c.document_id WHERE d.id = ANY ($1::uuid[]) AND c.exact IS NOT NULL
     UNION SELECT d.key, ARRAY(SELECT DISTINCT o.licence FROM citation a JOIN source_document o ON o.id = a.document_id
       WHERE a.statement_id = s.id AND o.id <> d.id ORDER BY 1)
     FROM citation c JOIN source_document d ON d.id = c.document_id JOIN statement s ON s.id = c.statement_id
     WHERE d.id = ANY ($1::uuid[]) AND s.form = $2 AND char_length(s.text) > $3`,
    [ids, StatementForm.VERBATIM, length],
  );
}
