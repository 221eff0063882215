import type { Sql } from "../db/sql.js";
import type { Row } from "./record.row-writer.js";

/** What a statement changed, in rows. */
export interface RowChanges {
  inserted: number;
  updated: number;
  deleted: number;
}

/** Whether a column is set once, when a row is first stored. A statement's position is storePositions' to change. */
function isSetOnce(table: string, column: string): boolean {
  const positions = ["told_on", "told_in_id", "position"];
  return column === "owner_id" || (table === "statement" && positions.includes(column));
}

/** The columns that tell one row of a table from another. */
const KEYS: Record<string, string[]> = {
  meeting_place: ["meeting_id", "place_id"],
  agreement_party: ["agreement_id", "position"],
  addressee: ["statement_id", "position"],
  topic_of_statement: ["statement_id", "topic_id"],
};

/** Tables whose rows are parts of something else, and the column that says of what. */
export const PARTS: Record<string, string> = {
  meeting_place: "meeting_id",
  agreement_party: "agreement_id",
  speaker: "statement_id",
  addressee: "statement_id",
  topic_of_statement: "statement_id",
  statement_relation: "statement_id",
};

/** Stores rows of one table: new ones are inserted, those that differ updated, equal ones left untouched. */
export async function storeRows(sql: Sql, table: string, rows: Row[]): Promise<RowChanges> {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const keys = KEYS[table] ?? ["id"];
  const changing = columns.filter((column) => !keys.includes(column) && !isSetOnce(table, column));
  const list = (prefix: string) => changing.map((column) => prefix + column).join(", ");
  const onConflict = changing.length
    ? `UPDATE SET ${changing.map((column) => `${column} = excluded.${column}`).join(", ")}
       WHERE (${list("stored.")}) IS DISTINCT FROM (${list("excluded.")})`
    : "NOTHING";
  const [counts] = await sql.query<{ inserted: number; updated: number }>(
    `store_${table}`,
    `WITH written AS (
       INSERT INTO ${table} AS stored (${columns.join(", ")})
       SELECT ${columns.join(", ")} FROM jsonb_populate_recordset(NULL::${table}, $1::jsonb)
       ON CONFLICT (${keys.join(", ")}) DO ${onConflict}
       RETURNING stored.xmax = 0 AS is_new)
     SELECT count(*) FILTER (WHERE is_new)::int AS inserted,
            count(*) FILTER (WHERE NOT is_new)::int AS updated FROM written`,
    [JSON.stringify(rows)],
  );
  return { inserted: counts!.inserted, updated: counts!.updated, deleted: 0 };
}

/** Deletes the parts that their wholes no longer have. */
export async function deleteOldParts(
  sql: Sql,
  table: string,
  wholeIds: string[],
  rows: Row[],
): Promise<number> {
  const keys = KEYS[table] ?? ["id"];
  return changed(
    sql,
    `deleteOld_${table}`,
    `DELETE FROM ${table} AS stored WHERE ${PARTS[table]} = ANY ($1::uuid[])
       AND NOT EXISTS (SELECT FROM jsonb_populate_recordset(NULL::${table}, $2::jsonb) AS kept
         WHERE ${keys.map((key) => `kept.${key} = stored.${key}`).join(" AND ")})`,
    [wholeIds, JSON.stringify(rows)],
  );
}

/** Deletes the citations that a record once gave for these facts and gives no longer. */
export async function deleteOldCitations(
  sql: Sql,
  ownerId: string,
  factIds: string[],
  citationIds: string[],
): Promise<number> {
  return changed(
    sql,
    "deleteOld_citation",
    `DELETE FROM citation WHERE owner_id = $1 AND NOT id = ANY ($3::uuid[])
       AND coalesce(statement_id, meeting_id, participation_id, tenure_id, agreement_id, relation_id)
         = ANY ($2::uuid[])`,
    [ownerId, factIds, citationIds],
  );
}

/** The rows among these that another record owns, as they are stored. */
export function rowsOfOthers(
  sql: Sql,
  table: string,
  ownerId: string,
  ids: string[],
): Promise<{ stored: Row; owner: string }[]> {
  return sql.query(
    `rowsOfOthers_${table}`,
    `SELECT to_jsonb(t) AS stored, d.key AS owner
     FROM ${table} t JOIN source_document d ON d.id = t.owner_id
     WHERE t.id = ANY ($2::uuid[]) AND t.owner_id <> $1`,
    [ownerId, ids],
  );
}

/** Sets the position of statements: the document of the earliest date that cites them, and where in it. */
export async function storePositions(sql: Sql, documentIds: string[]): Promise<number> {
  return changed(
    sql,
    "storePositions",
    `UPDATE statement AS s SET told_on = first.told_on, told_in_id = first.document_id, position = first.position
     FROM (
       SELECT DISTINCT ON (c.statement_id) c.statement_id, d.date_from AS told_on, c.document_id,
         coalesce(c.start_offset, 0) AS position
       FROM citation c JOIN source_document d ON d.id = c.document_id
       WHERE c.statement_id IN (SELECT statement_id FROM citation WHERE document_id = ANY ($1::uuid[]))
       ORDER BY c.statement_id, oldest_first(d.date_from), c.document_id, position
     ) AS first
     WHERE s.id = first.statement_id
       AND (s.told_on, s.told_in_id, s.position) IS DISTINCT FROM (first.told_on, first.document_id, first.position)`,
    [documentIds],
  );
}

/** Runs a statement that changes rows, and counts them. */
async function changed(
  sql: Sql,
  name: string,
  statement: string,
  values: unknown[],
): Promise<number> {
  const [row] = await sql.query<{ count: number }>(
    name,
    `WITH changed AS (${statement} RETURNING 1) SELECT count(*)::int AS count FROM changed`,
    values,
  );
  return row!.count;
}

/** Whether nothing has ever been loaded. */
export async function isEmpty(sql: Sql): Promise<boolean> {
  const [row] = await sql.query<{ empty: boolean }>(
    "isEmpty",
    "SELECT NOT EXISTS (SELECT FROM source_document) AS empty",
  );
  return row!.empty;
}
