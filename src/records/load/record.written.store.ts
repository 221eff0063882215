import type { Sql } from "../../db/sql.js";
import { StatementRelationKind } from "../../statement/statement.enums.js";
import { LONGEST_UNLICENSED } from "../check/record.rule.js";

/** A document that something on record quotes at length, by its exact words or as its account. */
interface QuotedDocument {
  key: string;
  /** For a statement that needs an open licence, the licences of the other documents that its statement cites. */
  licences: (string | null)[];
}

/** Reads which of these documents are quoted by their exact words, or by statements that need an open licence. */
export function readQuotedDocuments(sql: Sql, ids: string[]): Promise<QuotedDocument[]> {
  return sql.query(
    "quotedDocuments",
    `SELECT DISTINCT d.key, '{}'::text[] AS licences
     FROM citation c JOIN source_document d ON d.id = c.document_id WHERE d.id = ANY ($1::uuid[]) AND c.exact IS NOT NULL
     UNION SELECT d.key, ARRAY(SELECT DISTINCT o.licence FROM citation a JOIN source_document o ON o.id = a.document_id
       WHERE a.statement_id = s.id AND o.id <> d.id ORDER BY 1)
     FROM citation c JOIN source_document d ON d.id = c.document_id JOIN statement s ON s.id = c.statement_id
     WHERE d.id = ANY ($1::uuid[]) AND char_length(s.text) > ($2::jsonb ->> s.form::text)::int`,
    [ids, JSON.stringify(LONGEST_UNLICENSED)],
  );
}

/** The most corrections that are followed: chains are short, and a circle in longer ones is not found. */
const MAX_CORRECTIONS = 100_000;

/** Returns the key of one of these statements that corrects itself by way of others; null if none does. */
export async function readCircularCorrection(sql: Sql, ids: string[]): Promise<string | null> {
  const [found] = await sql.query<{ key: string }>(
    "circularCorrection",
    `WITH RECURSIVE step AS (
       SELECT statement_id AS id, other_id FROM statement_relation WHERE kind = $2 AND statement_id = ANY ($1::uuid[])
       UNION SELECT step.id, r.other_id
       FROM step JOIN statement_relation r ON r.kind = $2 AND r.statement_id = step.other_id
       WHERE step.other_id <> step.id
     ), bounded AS (SELECT * FROM step LIMIT ${MAX_CORRECTIONS})
     SELECT s.key FROM bounded b JOIN statement s ON s.id = b.id WHERE b.other_id = b.id ORDER BY 1 LIMIT 1`,
    [ids, StatementRelationKind.CORRECTS],
  );
  return found?.key ?? null;
}
