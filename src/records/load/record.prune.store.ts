import type { Sql } from "../../db/sql.js";
import { SQL, unnestSql } from "../../db/sql-text.js";
import type { ItemFormat } from "../record.item.js";
import type { Relations } from "../record.items.js";
import type { Mention } from "./record.outcome.js";

/** An item that the record of a document once mentioned and no longer does. */
export interface Absent extends Mention {
  format: ItemFormat;
}

/** Creates the temporary table of everything that a load mentions; a loaded document mentions itself. */
export async function createMentioned(sql: Sql): Promise<void> {
  await sql.query(
    "makeMentioned",
    "CREATE TEMP TABLE mentioned (item_id uuid, document_id uuid, PRIMARY KEY (item_id, document_id))",
  );
}

/** Adds mentions by the records of documents. */
export async function addMentioned(sql: Sql, mentions: Mention[]): Promise<void> {
  await sql.query(
    "noteMentioned",
    SQL`INSERT INTO mentioned SELECT * FROM ${unnestSql(mentions, { id: "uuid", documentId: "uuid" })}
     ON CONFLICT DO NOTHING`,
  );
}

/** Drops the temporary table. */
export async function dropMentioned(sql: Sql): Promise<void> {
  await sql.query("dropMentioned", "DROP TABLE IF EXISTS pg_temp.mentioned");
}

/** Updates the planner's statistics of the temporary table. */
export async function analyzeMentioned(sql: Sql): Promise<void> {
  await sql.query("measureMentioned", "ANALYZE mentioned");
}

/**
 * What the records of loaded documents gave of one format and no longer mention, as common table expressions: `absent (id, document_id)`,
 * and the documents that were loaded.
 */
const absentSql = (
  table: string,
) => `loaded AS (SELECT document_id FROM mentioned WHERE item_id = document_id),
     absent AS (
       SELECT given.id, given.document_id FROM (
         SELECT t.id, t.owner_id FROM ${table} t WHERE t.owner_id IN (SELECT document_id FROM loaded)
           AND NOT EXISTS (SELECT FROM record_claim c WHERE c.item_id = t.id)
         UNION ALL SELECT c.item_id, c.document_id FROM record_claim c JOIN ${table} t ON t.id = c.item_id
           WHERE c.document_id IN (SELECT document_id FROM loaded)
       ) AS given (id, document_id)
       WHERE NOT EXISTS (SELECT FROM mentioned m WHERE m.item_id = given.id AND m.document_id = given.document_id))`;

/** The number of items withdrawn together. */
const PER_PAGE = 200;

/**
 * Reads the items of one format that the records of loaded documents gave and no longer mention, as they are now, up to 200 at a time:
 * those that other records give come first, since what they no longer refer to may then be deleted, and children before parents. `recorded`
 * reads them as recorded.
 */
export async function* readAbsent(recorded: Sql, format: ItemFormat): AsyncGenerator<Absent[]> {
  const { table, options } = format;
  await recorded.query(
    `openAbsent_${table}`,
    `DECLARE absent_items NO SCROLL CURSOR FOR WITH ${absentSql(table)}
     SELECT absent.id, absent.document_id AS "documentId" FROM absent JOIN ${table} t USING (id)
     ORDER BY NOT EXISTS (
       SELECT FROM record_claim c WHERE c.item_id = t.id AND (c.document_id NOT IN (SELECT document_id FROM loaded)
         OR EXISTS (SELECT FROM mentioned m WHERE m.item_id = c.item_id AND m.document_id = c.document_id))),
       ${options.depth ? `${options.depth} DESC, ` : ""}t.id, absent.document_id`,
  );
  const next = () =>
    recorded.query<Mention>(`nextAbsent_${table}`, `FETCH ${PER_PAGE} FROM absent_items`);
  for (let page = await next(); page.length > 0; page = await next())
    yield page.map((row) => ({ ...row, format }));
  await recorded.query(`closeAbsent_${table}`, "CLOSE absent_items");
}

/** A relation to an item that a record no longer mentions. */
export interface StoredRelation {
  fromId: string;
  toId: string;
  /** Whether all records that give it were loaded and no longer mention the item that relates. */
  goes: boolean;
  /** Whether all records that give the item that relates do so. */
  fromGoes: boolean;
}

/** Reads the relations to items that records no longer mention; `recorded` reads them as recorded. */
export async function readRelationsToAbsent(
  recorded: Sql,
  { format: { table }, entry, container, other }: Relations,
): Promise<StoredRelation[]> {
  // A record that gives a relation gives the item that relates, too.
  const goes = (row: string) => `NOT EXISTS (
       SELECT FROM unnest(coalesce((SELECT array_agg(c.document_id) FROM record_claim c WHERE c.item_id = ${row}.id), ARRAY[${row}.owner_id])) AS giving (id)
       WHERE NOT EXISTS (SELECT FROM mentioned m WHERE m.item_id = giving.id AND m.document_id = giving.id)
         OR EXISTS (SELECT FROM mentioned m WHERE m.item_id = f.id AND m.document_id = giving.id))`;
  return recorded.query(
    "relationsToAbsent",
    `WITH ${absentSql(table)}
     SELECT r.${container} AS "fromId", r.${other} AS "toId", ${goes("r")} AS goes, ${goes("f")} AS "fromGoes"
     FROM ${entry.table} r JOIN ${table} f ON f.id = r.${container} WHERE r.${other} IN (SELECT id FROM absent)`,
  );
}
