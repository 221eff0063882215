import type { Sql } from "../../db/sql.js";
import { flatSql, raw, SqlText } from "../../db/sql-text.js";
import { ITEMS } from "../record.format.js";
import { hasRecorded } from "./record.judgements.store.js";

/**
 * Returns an executor whose statements read all items as recorded, as if nothing were merged or settled; the same one if no judgement
 * changes what is shown. A common table expression stands for each table, so the statements are the same.
 */
export async function asRecorded(sql: Sql): Promise<Sql> {
  return (await hasRecorded(sql)) ? withTables(sql, RECORDED_TABLES) : sql;
}

/** Returns an executor whose reading statements find these common table expressions in place of tables. */
export function withTables(sql: Sql, tables: string): Sql {
  return {
    query(name, given) {
      const { strings, parts } = flatSql(typeof given === "string" ? raw(given) : given);
      const [start, ...rest] = strings;
      return sql.query(name, new SqlText([insertTables(start!, tables), ...rest], parts));
    },
  };
}

/** Inserts common table expressions before a query, or into that of a cursor, given its text up to the first value. */
function insertTables(text: string, tables: string): string {
  const [start] = /^\s*(?:DECLARE \S+ NO SCROLL CURSOR FOR\s)?/.exec(text)!;
  const query = text.slice(start.length);
  if (!/^\s*(?:SELECT|WITH)\b/.test(query)) return text;
  // There, a table's name would stand for its own common table expression.
  if (/^\s*WITH RECURSIVE\b/.test(query)) throw new Error(`read as recorded: ${text}`);
  const rest = query.replace(/^\s*WITH\b/, ",");
  return `${start}WITH ${tables}${rest}`;
}

/** A table of items or of their parts. */
export interface ItemTable {
  table: string;
  /** The column with the id of the item. */
  id: string;
  noun: string;
}

/** The tables of all items and of their parts. */
export const ITEM_TABLES: readonly ItemTable[] = ITEMS.flatMap(({ table, noun, parts }) => [
  { table, id: "id", noun },
  ...parts.map(([, part]) => ({ table: part.table, id: part.container, noun })),
]);

/** Every table with what is recorded: its rows of items that are shown so, and the others'. */
export const RECORDED_TABLES = ITEM_TABLES.map(
  ({ table, id, noun }) => `${table} AS NOT MATERIALIZED (
    SELECT t.* FROM ${table} t WHERE NOT EXISTS (SELECT FROM item_as_recorded r WHERE r.id = t.${id})
    UNION ALL SELECT p.* FROM item_as_recorded r CROSS JOIN LATERAL jsonb_populate_recordset(NULL::${table}, r.tables->'${table}') AS p
    WHERE r.noun = '${noun}')`,
).join(",\n");
