import type { Sql } from "../db/sql.js";
import { generic, SQL } from "../db/sql-text.js";

/**
 * Updates the order of statements cited by documents whose date changed: by the earliest document that cites a
 * statement, and the position in it. Returns the statements that moved.
 */
export async function storePositions(sql: Sql, documentIds: string[]): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    "storePositions",
    SQL`UPDATE statement AS s SET told_on = first.told_on, told_in_id = first.document_id, position = first.position
     FROM (
       SELECT DISTINCT ON (c.statement_id) c.statement_id, d.date_from AS told_on, c.document_id,
         coalesce(c.start_offset, 0) AS position
       FROM citation c JOIN source_document d ON d.id = c.document_id
       WHERE c.statement_id IN (SELECT statement_id FROM citation WHERE document_id = ANY (${generic(documentIds, "uuid[]")}))
       ORDER BY c.statement_id, oldest_first(d.date_from), c.document_id, position
     ) AS first
     WHERE s.id = first.statement_id
       AND (s.told_on, s.told_in_id, s.position) IS DISTINCT FROM (first.told_on, first.document_id, first.position)
     RETURNING s.id`,
  );
  return rows.map(({ id }) => id);
}

/** Reads the statements that cite these documents, and which are shown otherwise than recorded. */
export async function readJudgedCiting(sql: Sql, documentIds: string[]): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    "judgedCiting",
    SQL`SELECT DISTINCT r.root_id AS id FROM item_as_recorded r JOIN citation c ON c.statement_id = r.root_id
     WHERE r.root_noun = 'statement' AND c.document_id = ANY (${generic(documentIds, "uuid[]")})`,
  );
  return rows.map(({ id }) => id);
}
