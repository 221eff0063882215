import type { Sql } from "../../db/sql.js";
import type { ItemFormat } from "../record.item.js";
import { ENTRIES } from "../record.items.js";

/** Something that the record of a document, its giver, once spoke of and no longer mentions. */
export interface Absent {
  format: ItemFormat;
  id: string;
  giver: string;
}

/** Makes the table, of this connection alone, in which a load notes what it mentions. */
export async function makeMentioned(sql: Sql): Promise<void> {
  await sql.query(
    "makeMentioned",
    "CREATE TEMP TABLE mentioned (id uuid PRIMARY KEY, is_loaded_document boolean NOT NULL)",
  );
}

/** Notes what is mentioned, and the documents whose records are loaded. */
export async function noteMentioned(
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

/** Lets go of it again. */
export async function dropMentioned(sql: Sql): Promise<void> {
  await sql.query("dropMentioned", "DROP TABLE IF EXISTS pg_temp.mentioned");
}

/** Tells the planner how much is mentioned. */
export async function measureMentioned(sql: Sql): Promise<void> {
  await sql.query("measureMentioned", "ANALYZE mentioned");
}

/** The items of one kind that the loaded documents own and no longer mention; the lower ones first. */
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
  return rows.map((row) => ({ format, ...row }));
}

/** The participants, relations and citations that the loaded documents own and no longer mention. */
export async function readAbsentEntries(sql: Sql): Promise<Absent[]> {
  const lists = [];
  for (const format of ENTRIES) lists.push(await readAbsent(sql, format));
  return lists.flat();
}

/** The items of others in which the loaded documents have filled something in, and which they no longer mention. */
export function readAbsentExtensions(sql: Sql): Promise<{ id: string; giver: string }[]> {
  return sql.query(
    "readAbsentExtensions",
    `SELECT x.item_id AS id, x.document_id AS giver FROM record_extension x
     WHERE x.document_id IN (SELECT id FROM mentioned WHERE is_loaded_document)
       AND NOT EXISTS (SELECT FROM mentioned m WHERE m.id = x.item_id)
     ORDER BY 1, 2`,
  );
}
