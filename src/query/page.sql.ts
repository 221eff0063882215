import type { Sql } from "../db/sql.js";
import type { Where } from "./where.js";
import type { ListQuestion, Parents } from "./list.js";
import { partsOf } from "./page.parts.js";
import { type Keyed, type Page, pageOf, type PageRequest, rowsToRead } from "./page.js";

/** A page of the list for each parent, in their order (for the whole list: one), in one statement. */
export async function readPages<Row extends object>(
  sql: Sql,
  question: ListQuestion,
  request: PageRequest,
): Promise<Page<Row>[]> {
  const { columns, from, where, parents, name } = question;
  const keys = keysOf(question, request);
  const key = request.wantsCursors ? `, json_build_array(${keys.join(", ")}) AS "pageKey"` : "";
  const size = rowsToRead(request);
  const parts = partsOf(question, request, keys).map(
    ({ conditions, order }) => `
    SELECT ${columns}${key}
    FROM ${from} WHERE ${[where.toString(), ...conditions].join(" AND ")}
    ORDER BY ${order}
    LIMIT ${size}`,
  );
  const pages = await readEach<Keyed<Row>>(sql, name, parts, where, parents);
  return pages.map((rows) => pageOf(request, rows.slice(0, size)));
}

/** How many rows the list has for each parent (for the whole list: one number), in one statement. */
export async function countRows(sql: Sql, question: ListQuestion): Promise<number[]> {
  const { from, where, parents, name } = question;
  const count = `SELECT count(*)::int AS count FROM ${from} WHERE ${where.toAggregateSql()}`;
  const counts = await readEach<{ count: number }>(sql, `${name}Count`, [count], where, parents);
  return counts.map(([row]) => row?.count ?? 0);
}

/**
 * What subselects give for each parent, or for the whole record: one list of rows each, those of one subselect after those of
 * the other, in one statement. All of it is one text of JSON: that is read several times as fast as columns and rows by
 * themselves.
 */
export async function readEach<Row extends object>(
  sql: Sql,
  name: string,
  subselects: readonly string[],
  where: Where,
  parents: Parents | undefined,
): Promise<Row[][]> {
  const lists = subselects.map(
    (subselect) => `(SELECT coalesce(json_agg(listed), '[]') FROM (${subselect}) AS listed)`,
  );
  const list = lists.length === 1 ? lists[0]! : `json_build_array(${lists.join(", ")})`;
  const [read] = await sql.query<{ lists: Row[][] | Row[][][] | null }>(
    name,
    parents
      ? `SELECT json_agg(${list} ORDER BY parent.nth) AS lists FROM ${each(parents)} AS parent (id, nth)`
      : `SELECT json_build_array(${list}) AS lists`,
    where.values,
    where.planned,
  );
  const rows = read!.lists ?? [];
  return lists.length === 1 ? (rows as Row[][]) : (rows as Row[][][]).map((parts) => parts.flat());
}

/** The parents in their order. */
function each({ ids, type: parent }: Parents): string {
  const type = parent === "Country" ? "text" : "uuid";
  return ids.length === 1
    ? `(SELECT ($1::${type}[])[1], 1)`
    : `unnest($1::${type}[]) WITH ORDINALITY`;
}

/** The keys of the order, as the list has them. */
function keysOf({ keys }: ListQuestion, { ordering }: PageRequest): string[] {
  return ordering.keys.map(({ sql }) => keys?.[sql] ?? sql);
}
