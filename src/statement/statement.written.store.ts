import type { Sql } from "../db/sql.js";
import { generic, SQL, type SqlText } from "../db/sql-text.js";
import { StatementRelationKind } from "./statement.enums.js";
import { LONGEST_UNLICENSED } from "./quotation.js";
import { asRecorded } from "../records/judgements/record.as-recorded.js";

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

/** The maximum number of corrections followed: chains are short, and a cycle in longer ones is not found. */
const MAX_CORRECTIONS = 100_000;

/** Returns the key of one of these statements that corrects itself by way of others; null if none does. */
export async function readCircularCorrection(sql: Sql, ids: string[]): Promise<string | null> {
  const corrects = generic(StatementRelationKind.CORRECTS, "statement_relation_kind");
  const [found] = await sql.query<{ key: string }>(
    "circularCorrection",
    SQL`WITH RECURSIVE step AS (
       SELECT statement_id AS id, other_id FROM statement_relation 
         WHERE kind = ${corrects} AND statement_id = ANY (${generic(ids, "uuid[]")})
       UNION SELECT step.id, r.other_id
       FROM step JOIN statement_relation r ON r.kind = ${corrects} AND r.statement_id = step.other_id
       WHERE step.other_id <> step.id
     ), bounded AS (SELECT * FROM step LIMIT ${generic(MAX_CORRECTIONS, "int")})
     SELECT s.key FROM bounded b JOIN statement s ON s.id = b.id WHERE b.other_id = b.id ORDER BY 1 LIMIT 1`,
  );
  return found?.key ?? null;
}
