import type { Sql } from "../../db/sql.js";
import { generic, raw, SQL } from "../../db/sql-text.js";
import { rowsByCursor } from "../export/record.export.store.js";
import type { LinkedNoun } from "./record.linked.noun.js";

/** An item as it is read: with the columns of its noun. */
export interface LinkedRow {
  readonly id?: string;
  readonly [column: string]: unknown;
}

/** Only these documents and what they prove; all items if null. */
type DocumentIds = readonly string[] | null;

/** The number of items read at a time. */
const ITEMS = 100;

/** Counts the items of a noun. */
export async function countItems(sql: Sql, noun: LinkedNoun, ids: DocumentIds): Promise<number> {
  const rows = await sql.query<{ count: number }>(
    `count_${noun.table}`,
    SQL`SELECT count(*)::int AS count FROM ${raw(noun.table)} x ${whereOf(noun, ids)}`,
  );
  return rows[0]!.count;
}

/** Yields the items of a noun, some at a time. */
export const linkedRows = (sql: Sql, noun: LinkedNoun, ids: DocumentIds) =>
  rowsByCursor<LinkedRow>(sql, noun.table, itemsOf(noun, ids), ITEMS);

/** Reads the first items of a noun that a document proves. */
export function linkedRowsOfDocument(
  sql: Sql,
  noun: LinkedNoun,
  documentId: string,
  limit: number,
): Promise<LinkedRow[]> {
  return sql.query(
    `linked_${noun.table}`,
    SQL`${itemsOf(noun, [documentId])} LIMIT ${generic(limit, "int")}`,
  );
}

function itemsOf(noun: LinkedNoun, documentIds: DocumentIds) {
  const { table, key } = noun;
  const columns = Object.entries(noun.columns).map(([name, { sql }]) => `${sql} AS "${name}"`);
  return SQL`SELECT ${raw(columns.join(", "))} FROM ${raw(table)} x ${whereOf(noun, documentIds)} ORDER BY x.${raw(key)}`;
}

function whereOf(noun: LinkedNoun, documentIds: DocumentIds) {
  if (documentIds === null) return raw("");
  const { citedBy, isDocument } = noun;
  const ids = generic(documentIds, "uuid[]");
  if (isDocument) return SQL`WHERE x.id = ANY (${ids})`;
  if (citedBy === undefined) return raw("WHERE false");
  return SQL`WHERE x.id IN (SELECT c.${raw(citedBy)} FROM citation c WHERE c.document_id = ANY (${ids}))`;
}
