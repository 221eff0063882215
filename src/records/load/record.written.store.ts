import type { Sql } from "../../db/sql.js";
import { generic, SQL } from "../../db/sql-text.js";
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
  const isWanted = SQL`d.id = ANY (${generic(ids, "uuid[]")})`;
  const longest = generic(JSON.stringify(LONGEST_UNLICENSED), "jsonb");
  return sql.query(
    "quotedDocuments",
    SQL`SELECT DISTINCT d.key, '{}'::text[] AS licences
     FROM citation c JOIN source_document d ON d.id = c.document_id WHERE ${isWanted} AND c.exact IS NOT NULL
     UNION SELECT d.key, ARRAY(SELECT DISTINCT o.licence FROM citation a JOIN source_document o ON o.id = a.document_id
       WHERE a.statement_id = s.id AND o.id <> d.id ORDER BY 1)
     FROM citation c JOIN source_document d ON d.id = c.document_id JOIN statement s ON s.id = c.statement_id
     WHERE ${isWanted} AND char_length(s.text) > (${longest} ->> s.form::text)::int`,
  );
}

/** The most corrections that are followed: chains are short, and a circle in longer ones is not found. */
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
