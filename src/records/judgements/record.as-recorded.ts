import type { Sql } from "../../db/sql.js";
import { flatSql, raw, SqlText } from "../../db/sql-text.js";
import { ITEMS } from "../record.format.js";
import { hasRecorded } from "./record.judgements.store.js";

/**
 * Returns an executor whose statements read all items as recorded, as if nothing were merged or settled; the same one if no judgement
 * changes what is shown. A common table expression stands for each table, so the statements are the same.
 */
export async function asRecorded(sql: Sql): Promise<Sql> {
  if (!(await hasRecorded(sql))) return sql;
  return {
    query(name, given) {
      const { strings, parts } = flatSql(typeof given === "string" ? raw(given) : given);
      const [start, ...rest] = strings;
      return sql.query(name, new SqlText([withRecorded(start!), ...rest], parts));
    },
  };
}

/** Puts the tables as recorded before a query, or into that of a cursor; takes its text as far as the first value. */
function withRecorded(text: string): string {
  const [start] = /^\s*(?:DECLARE \S+ NO SCROLL CURSOR FOR\s)?/.exec(text)!;
  const query = text.slice(start.length);
  if (!/^\s*(?:SELECT|WITH)\b/.test(query)) return text;
  // There, a table's name would stand for its own common table expression.
  if (/^\s*WITH RECURSIVE\b/.test(query)) throw new Error(`read as recorded: ${text}`);
  const rest = query.replace(/^\s*WITH\b/, ",");
  return `${start}WITH ${TABLES}${rest}`;
}

/** Every table with what is recorded: its rows of items that are shown so, and the others'. */
const TABLES = ITEMS.flatMap(({ table, noun, parts }) => [
  asTable(table, "id", noun),
  ...parts.map(([, part]) => asTable(part.table, part.container, noun)),
]).join(",\n");

function asTable(table: string, id: string, noun: string): string {
  return `${table} AS NOT MATERIALIZED (
    SELECT t.* FROM ${table} t WHERE NOT EXISTS (SELECT FROM item_as_recorded r WHERE r.id = t.${id})
    UNION ALL SELECT p.* FROM item_as_recorded r CROSS JOIN LATERAL jsonb_populate_recordset(NULL::${table}, r.tables->'${table}') AS p
    WHERE r.noun = '${noun}')`;
}
