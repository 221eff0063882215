import { groupBy } from "../db/batch.js";
import type { Sql } from "../db/sql.js";
import type { Where } from "../db/where.js";
import { type Keyed, type Page, pageOf, type PageRequest } from "./page.js";

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
  const keyList = keys.map((key) => key.sql).join(", ");
  const [above, below] = descending ? ["<", ">"] : [">", "<"];
  if (request.after) where.and(`(${keyList}) ${above} (${bound(request, "after", where)})`);
  if (request.before) where.and(`(${keyList}) ${below} (${bound(request, "before", where)})`);
  const direction = Boolean(descending) === request.backwards ? "ASC" : "DESC";
  const page = `
    SELECT ${columns}, json_build_array(${keyList}) AS "pageKey"
    FROM ${from} WHERE ${where.toString()}
    ORDER BY ${keys.map((key) => `${key.sql} ${direction}`).join(", ")}
    LIMIT ${request.size + 1}`;
  const pages = await readEach<Keyed<Row>>(sql, name, page, where, parents);
  return pages.map((rows) => pageOf(request, rows));
}

/** How many rows the list has for each parent (for the whole list: one number), in one statement. */
export async function countRows(sql: Sql, question: ListQuestion): Promise<number[]> {
  const { from, where, parents, name } = question;
  const count = `SELECT count(*)::int AS count FROM ${from} WHERE ${where.toString()}`;
  const counts = await readEach<{ count: number }>(sql, `${name}Count`, count, where, parents);
  return counts.map(([row]) => row?.count ?? 0);
}

/** What a subselect gives for each parent, or for the whole record: one list of rows each, in one statement. */
export async function readEach<Row extends object>(
  sql: Sql,
  name: string,
  subselect: string,
  where: Where,
  parents: Parents | undefined,
): Promise<Row[][]> {
  if (!parents) return [await sql.query<Row>(name, subselect, where.values, where.planned)];
  // A name that no entity has: the row of a meeting brings a parentId of its own.
  const rows = await sql.query<Row & { listedUnder: string }>(
    name,
    `SELECT parent.id AS "listedUnder", each.*
     FROM unnest($1::${parents.type}[]) AS parent (id) CROSS JOIN LATERAL (${subselect}) AS each`,
    where.values,
    where.planned,
  );
  const byParent = groupBy(rows, (row) => row.listedUnder);
  return parents.ids.map((id) => byParent.get(id) ?? []);
}

function bound(request: PageRequest, side: "after" | "before", where: Where): string {
  const key = request[side]!;
  return request.ordering.keys.map(({ type }, i) => where.bound(key[i], type)).join(", ");
}
