import type { Sql } from "../../db/sql.js";
import { raw, SQL } from "../../db/sql-text.js";
import { rowsByCursor } from "../export/record.export.store.js";
import type { Cell } from "./record.csv.js";
import type { RecordTable } from "./record.tables.js";

/** The number of rows in memory at a time. */
const ROWS = 500;

/** The revision that a snapshot shows: its number and when it was made; null before the first. */
export async function readRevision(sql: Sql): Promise<{ number: number; at: Date } | null> {
  const rows = await sql.query<{ number: number; at: Date }>(
    "exportedRevision",
    "SELECT number, recorded_at AS at FROM record_revision ORDER BY number DESC LIMIT 1",
  );
  return rows[0] ?? null;
}

/** Counts the rows of a file. */
export async function countRowsOf(sql: Sql, { name, from }: RecordTable): Promise<number> {
  const rows = await sql.query<{ count: number }>(
    `count_${name}`,
    `SELECT count(*)::int AS count FROM ${from} x`,
  );
  return rows[0]!.count;
}

/** Yields the rows of a file, some at a time. */
export async function* rowsOf(sql: Sql, table: RecordTable): AsyncGenerator<Cell[][]> {
  const { name, from, order, columns } = table;
  const values = columns.map((column, i) => `${column.sql} AS "${i}"`).join(", ");
  const query = SQL`SELECT ${raw(values)} FROM ${raw(from)} x ORDER BY ${raw(order)}`;
  for await (const rows of rowsByCursor<Record<string, Cell>>(sql, name, query, ROWS))
    yield rows.map((row) => columns.map((_, i) => row[i]!));
}
