import type { Sql } from "../../db/sql.js";
import type { ItemFormat } from "../record.item.js";
import { ENTRIES } from "../record.items.js";

/** An item that the record of a document once mentioned and no longer does. */
export interface Absent {
  format: ItemFormat;
  id: string;
  documentId: string;
}

/** Creates the temporary table of everything that a load mentions. */
export async function createMentioned(sql: Sql): Promise<void> {
  await sql.query(
    "makeMentioned",
    "CREATE TEMP TABLE mentioned (id uuid PRIMARY KEY, is_loaded_document boolean NOT NULL)",
  );
}

/** Adds ids of mentioned items, and of documents whose records are loaded. */
export async function addMentioned(
  sql: Sql,
  documents: string[],
  mentioned: string[],
): Promise<void> {
  await sql.query(
    "noteMentioned",
    `INSERT INTO mentioned
     SELECT id, bool_or(is_loaded) FROM (
       SELECT unnest($1::uuid[]), true UNION ALL SELECT unnest($2::uuid[]), false
     ) AS given (id, is_loaded) GROUP BY id
     ON CONFLICT (id) DO UPDATE SET is_loaded_document = true
       WHERE excluded.is_loaded_document AND NOT mentioned.is_loaded_document`,
    [documents, mentioned],
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

/** Reads the items of one format that the loaded documents own and no longer mention; children first. */
export async function readAbsent(sql: Sql, format: ItemFormat): Promise<Absent[]> {
  const { table } = format;
  const { depth } = format.options;
  const rows = await sql.query<{ id: string; giver: string }>(
    `readAbsent_${table}`,
    `SELECT t.id, t.owner_id AS giver FROM ${table} t
     WHERE t.owner_id IN (SELECT id FROM mentioned WHERE is_loaded_document)
       AND NOT EXISTS (SELECT FROM mentioned m WHERE m.id = t.id)
     ORDER BY ${depth ? `${depth} DESC, ` : ""}t.id`,
  );
  return rows.map(({ id, giver }) => ({ format, id, documentId: giver }));
}

/** Reads the participations, relations and citations that the loaded documents own and no longer mention. */
export async function readAbsentEntries(sql: Sql): Promise<Absent[]> {
  const lists = [];
  for (const format of ENTRIES) lists.push(await readAbsent(sql, format));
  return lists.flat();
}

/** Reads the extensions of loaded documents to items that these no longer mention. */
export async function readAbsentExtensions(
  sql: Sql,
): Promise<{ id: string; documentId: string }[]> {
  const rows = await sql.query<{ id: string; giver: string }>(
    "readAbsentExtensions",
    `SELECT x.item_id AS id, x.document_id AS giver FROM record_extension x
     WHERE x.document_id IN (SELECT id FROM mentioned WHERE is_loaded_document)
       AND NOT EXISTS (SELECT FROM mentioned m WHERE m.id = x.item_id)
     ORDER BY 1, 2`,
  );
  return rows.map(({ id, giver }) => ({ id, documentId: giver }));
}
