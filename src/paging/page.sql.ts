import type { Sql } from "../db/sql.js";
import type { Where } from "../db/where.js";
import { type Keyed, type Page, pageOf, type PageRequest, rowsToRead } from "./page.js";

/** A list to read: of everything, or of each of several parents. */
export interface ListQuestion {
  /** Opens the SQL of its page; that of its count ends in `Count`. */
  name: string;
  /** The select list of a row (db/rows.ts). */
  columns: string;
  /** Table and alias: `statement s`. */
  from: string;
  /** Its conditions. With parents, $1 holds their ids and `parent.id` is one of them. */
  where: Where;
  parents?: Parents;
}

/** The parents whose lists are read together. */
export interface Parents {
  ids: readonly string[];
  type: "uuid" | "text";
}

/** A page of the list for each parent, in their order (for the whole list: one), in one statement. */
export async function readPages<Row extends object>(
  sql: Sql,
  question: ListQuestion,
  request: PageRequest,
): Promise<Page<Row>[]> {
  const { columns, from, where, parents, name } = question;
  const { keys, descending } = request.ordering;
  const beginsAtRange = request.ordering.beginsAtRange && !request.backwards;
  const keyList = keys.map((key) => key.sql).join(", ");
  const [above, below] = descending ? ["<", ">"] : [">", "<"];
  if (request.after) where.and(`(${keyList}) ${above} (${bound(request, "after", where)})`);
  if (request.before) where.and(`(${keyList}) ${below} (${bound(request, "before", where)})`);
  const direction = Boolean(descending) === request.backwards ? "ASC" : "DESC";
  const page = `
    SELECT ${columns}${request.wantsCursors ? `, json_build_array(${keyList}) AS "pageKey"` : ""}
    FROM ${from} WHERE ${beginsAtRange ? where.withoutImplied() : where.toString()}
    ORDER BY ${keys.map((key) => `${key.sql} ${direction}`).join(", ")}
    LIMIT ${rowsToRead(request)}`;
  const pages = await readEach<Keyed<Row>>(sql, name, page, where, parents);
  return pages.map((rows) => pageOf(request, rows));
}

/** How many rows the list has for each parent (for the whole list: one number), in one statement. */
export async function countRows(sql: Sql, question: ListQuestion): Promise<number[]> {
  const { from, where, parents, name } = question;
  const count = `SELECT count(*)::int AS count FROM ${from} WHERE ${where.ofAll()}`;
  const counts = await readEach<{ count: number }>(sql, `${name}Count`, count, where, parents);
  return counts.map(([row]) => row?.count ?? 0);
}

/**
 * What a subselect gives for each parent, or for the whole record: one list of rows each, in one statement. All of it is
 * one text of JSON: that is read several times as fast as columns and rows by themselves.
 */
export async function readEach<Row extends object>(
  sql: Sql,
  name: string,
  subselect: string,
  where: Where,
  parents: Parents | undefined,
): Promise<Row[][]> {
  const list = `(SELECT coalesce(json_agg(listed), '[]') FROM (${subselect}) AS listed)`;
  const [read] = await sql.query<{ lists: Row[][] | null }>(
    name,
    parents
      ? `SELECT json_agg(${list} ORDER BY parent.nth) AS lists FROM ${each(parents)} AS parent (id, nth)`
      : `SELECT json_build_array(${list}) AS lists`,
    where.values,
    where.planned,
  );
  return read!.lists ?? [];
}

/** The parents in their order. Of one alone the planner sees which it is, where it plans with the values. */
function each({ ids, type }: Parents): string {
  return ids.length === 1
    ? `(SELECT ($1::${type}[])[1], 1)`
    : `unnest($1::${type}[]) WITH ORDINALITY`;
}

function bound(request: PageRequest, side: "after" | "before", where: Where): string {
  const key = request[side]!;
  return request.ordering.keys.map(({ type }, i) => where.bound(key[i], type)).join(", ");
}
