import type { Sql } from "../../db/sql.js";
import { SQL, unnestSql } from "../../db/sql-text.js";
import type { ItemFormat } from "../record.item.js";
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
 * Reads the items of one format that the records of loaded documents gave and no longer mention: those that other records give first, as
 * what they stop to refer to may go then, and children before what is above them.
 */
export async function readAbsent(sql: Sql, format: ItemFormat): Promise<Absent[]> {
  const { table, options } = format;
  const rows = await sql.query<Mention>(
    `readAbsent_${table}`,
    `WITH loaded AS (SELECT document_id FROM mentioned WHERE item_id = document_id)
     SELECT given.id, given.document_id AS "documentId" FROM (
       SELECT t.id, t.owner_id FROM ${table} t WHERE t.owner_id IN (SELECT document_id FROM loaded)
         AND NOT EXISTS (SELECT FROM record_claim c WHERE c.item_id = t.id)
       UNION ALL SELECT c.item_id, c.document_id FROM record_claim c JOIN ${table} t ON t.id = c.item_id
         WHERE c.document_id IN (SELECT document_id FROM loaded)
     ) AS given (id, document_id) JOIN ${table} t USING (id)
     WHERE NOT EXISTS (SELECT FROM mentioned m WHERE m.item_id = given.id AND m.document_id = given.document_id)
     ORDER BY NOT EXISTS (
       SELECT FROM record_claim c WHERE c.item_id = t.id AND (c.document_id NOT IN (SELECT document_id FROM loaded)
         OR EXISTS (SELECT FROM mentioned m WHERE m.item_id = c.item_id AND m.document_id = c.document_id))),
       ${options.depth ? `${options.depth} DESC, ` : ""}t.id, given.document_id`,
  );
  return rows.map((row) => ({ ...row, format }));
}
