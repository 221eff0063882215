import type { Sql } from "../../db/sql.js";
import { generic, joinSql, raw, SQL, type SqlText } from "../../db/sql-text.js";
import { ITEMS } from "../record.format.js";
import type { ItemFormat } from "../record.item.js";
import { containersOf } from "../record.items.js";
import type { PartTable } from "../record.parts.js";
import { addPart, type Row } from "../record.row.js";

/** Reads stored items, with their parts as columns, and without what they inherit. Missing items are left out. */
export async function readItems(sql: Sql, format: ItemFormat, ids: string[]): Promise<Row[]> {
  const rows = await readShownItems(sql, format, ids);
  for (const row of rows) withoutInherited(format, row);
  return rows;
}

/** Reads stored items, with their parts as columns, and with what they inherit. Missing items are left out. */
export async function readShownItems(
  sql: Sql,
  format: ItemFormat,
  ids: readonly string[],
): Promise<Row[]> {
  if (ids.length === 0) return [];
  const { table, parts } = format;
  const rows = await sql.query<{ own: Row } & Record<string, Row[]>>(
    `read_${table}`,
    SQL`SELECT ${raw([ownSql(format), ...parts.map(([, part]) => partSql(part))].join(", "))}
     FROM ${raw(table)} t WHERE t.id = ANY (${generic(ids, "uuid[]")})`,
  );
  return rows.map(({ own, ...lists }) => {
    for (const [part, list] of Object.entries(lists))
      for (const [i, row] of list.entries()) addPart(own, part, i, row);
    return own;
  });
}

/** Reads the entries of these items. */
export async function readEntries(
  sql: Sql,
  format: ItemFormat,
  ids: ReadonlyMap<ItemFormat, string[]>,
): Promise<Row[]> {
  const { table } = format;
  const containers = containersOf(format);
  const conditions = containers.flatMap(({ column, of }) => {
    const some = ids.get(of) ?? [];
    return some.length === 0 ? [] : [SQL`t.${raw(column)} = ANY (${generic(some, "uuid[]")})`];
  });
  if (conditions.length === 0) return [];
  const rows = await sql.query<{ own: Row }>(
    `read_${table}`,
    SQL`SELECT ${raw(ownSql(format))} FROM ${raw(table)} t WHERE ${joinSql(conditions, " OR ")}`,
  );
  return rows.map(({ own }) => own);
}

/** What one record gives of an item that several records give. */
export interface StoredClaim {
  itemId: string;
  documentId: string;
  given: Row;
  isShown: boolean;
  /** Whether there are claims to the item that were not read. */
  hasMore: boolean;
}

/**
 * Reads claims to these items: those that are shown, and those of these documents. What is not shown decides nothing, unless one of
 * these documents changes what is: then all claims to the item are read, as they are without `documentIds`.
 */
export async function readClaims(
  sql: Sql,
  ids: string[],
  documentIds: string[] | null,
): Promise<StoredClaim[]> {
  if (ids.length === 0) return [];
  const documents = generic(documentIds, "uuid[]");
  return sql.query(
    "readClaims",
    SQL`SELECT c.item_id AS "itemId", c.document_id AS "documentId", c.given, c.is_shown AS "isShown", i.has_more AS "hasMore"
     FROM (
       SELECT item_id, changes, NOT changes AND EXISTS (
           SELECT FROM record_claim c WHERE c.item_id = w.item_id AND NOT c.is_shown AND c.document_id <> ALL (${documents})
         ) AS has_more
       FROM (SELECT item_id, ${documents} IS NULL OR bool_or(document_id = ANY (${documents})) AS changes
             FROM record_claim WHERE item_id = ANY (${generic(ids, "uuid[]")}) AND is_shown GROUP BY item_id) AS w
     ) AS i
     JOIN record_claim c ON c.item_id = i.item_id AND (i.changes OR c.is_shown OR c.document_id = ANY (${documents}))`,
  );
}

/** Reads the ids of items to which the records of these documents make a claim, in order, after one of them. */
export async function readIdsClaimedBy(
  sql: Sql,
  documentIds: string[],
  after: string | null,
): Promise<string[]> {
  const last = generic(after, "uuid");
  const rows = await sql.query<{ id: string }>(
    "readIdsClaimedBy",
    SQL`SELECT DISTINCT item_id AS id FROM record_claim
     WHERE document_id = ANY (${generic(documentIds, "uuid[]")}) AND (${last} IS NULL OR item_id > ${last})
     ORDER BY 1 LIMIT 500`,
  );
  return rows.map(({ id }) => id);
}

/** Selects an item's row as JSON, which is not put together as jsonb first: that takes twice as long. */
function ownSql({ columns }: ItemFormat): string {
  return `(SELECT row_to_json(r) FROM (SELECT ${columnsSql("t", columns)}) AS r) AS own`;
}

function partSql({ table, container, key, fields, isOrdered }: PartTable): string {
  const order = isOrdered ? "position" : key.at(-1)!;
  const columns = fields.flatMap(([, field]) => field.columns);
  return `(SELECT coalesce(json_agg(r), '[]') FROM (SELECT ${columnsSql("p", columns)}
           FROM ${table} p WHERE p.${container} = t.id ORDER BY p.${order}) AS r) AS ${table}`;
}

/** Columns in the order of jsonb, in which changes are reported. */
function columnsSql(alias: string, columns: readonly string[]): string {
  return columns
    .toSorted((one, other) => one.length - other.length || (one < other ? -1 : 1))
    .map((column) => `${alias}.${column}`)
    .join(", ");
}

/** Clears inherited values, which belong to another item. */
function withoutInherited({ inherited }: ItemFormat, row: Row): void {
  for (const [flag, columns] of inherited)
    if (row[flag] === true) for (const column of columns) row[column] = null;
}

/** New rows of one table, serialized for the database. */
export interface Insertion {
  table: string;
  columns: string[];
  rows: string;
  count: number;
}

/** Serializes new rows of one table. */
export function insertionOf(table: string, rows: Row[]): Insertion {
  return { table, columns: columnsOf(rows), rows: JSON.stringify(rows), count: rows.length };
}

/** Inserts rows into one table. A column that no row has gets its default. */
export async function insertRows(sql: Sql, { table, columns, rows }: Insertion): Promise<void> {
  const list = raw(columns.join(", "));
  await sql.query(
    `insert_${table}`,
    SQL`INSERT INTO ${raw(table)} (${list}) SELECT ${list} FROM ${rowsOf(table, rows)}`,
  );
}

/** Updates existing rows. */
export async function updateRows(
  sql: Sql,
  table: string,
  key: readonly string[],
  rows: Row[],
): Promise<void> {
  const changing = columnsOf(rows).filter((column) => !key.includes(column));
  if (changing.length === 0) return;
  await sql.query(
    `update_${table}`,
    SQL`UPDATE ${raw(table)} AS stored SET ${raw(changing.map((column) => `${column} = given.${column}`).join(", "))}
     FROM ${rowsOf(table, JSON.stringify(rows))} AS given WHERE ${isSame(key, "given")}`,
  );
}

/** Deletes rows by key. */
export async function deleteRows(
  sql: Sql,
  table: string,
  key: readonly string[],
  rows: Row[],
): Promise<void> {
  await sql.query(
    `delete_${table}`,
    SQL`DELETE FROM ${raw(table)} AS stored
     USING ${rowsOf(table, JSON.stringify(rows))} AS gone WHERE ${isSame(key, "gone")}`,
  );
}

function columnsOf(rows: Row[]): string[] {
  const columns = new Set<string>();
  for (const row of rows) for (const column of Object.keys(row)) columns.add(column);
  return [...columns];
}

/** Selects serialized rows, with the types of a table's columns. */
function rowsOf(table: string, rows: string): SqlText {
  return SQL`jsonb_populate_recordset(NULL::${raw(table)}, ${generic(rows, "jsonb")})`;
}

function isSame(key: readonly string[], other: string): SqlText {
  return raw(key.map((column) => `stored.${column} = ${other}.${column}`).join(" AND "));
}

/** Reads the labels of items (slug or key) by id, also of those that were merged into others. */
export async function readLabels(sql: Sql, ids: string[]): Promise<Map<string, string>> {
  const wanted = SQL`id = ANY (${generic(ids, "uuid[]")})`;
  const parts = ITEMS.flatMap(({ table, key }) =>
    key ? [SQL`SELECT id, ${raw(key)} AS label FROM ${raw(table)} WHERE ${wanted}`] : [],
  );
  const rows = await sql.query<{ id: string; label: string }>(
    "readLabels",
    SQL`${joinSql(parts, " UNION ALL ")}
     UNION ALL SELECT id, keys[cardinality(keys)] FROM item_as_recorded WHERE ${wanted} AND keys <> '{}'`,
  );
  return new Map(rows.map(({ id, label }) => [id, label]));
}

/** Returns whether the database has no records. */
export async function isEmpty(sql: Sql): Promise<boolean> {
  const [row] = await sql.query<{ empty: boolean }>(
    "isEmpty",
    "SELECT NOT EXISTS (SELECT FROM source_document) AS empty",
  );
  return row!.empty;
}
