import { groupBy } from "../db/batch.js";
import { select } from "../db/columns.js";
import type { Sql } from "../db/sql.js";
import type { Where } from "../db/where.js";
import { type Keyed, type Page, pageOf, type PageRequest } from "./page.js";

/** A list to read: of everything, or of each of several parents. */
export interface ListQuestion<Row> {
  /** Opens the SQL of its page; that of its count ends in `Count`. */
  name: string;
  entity: new () => Row;
  /** Table and alias: `statement s`. */
  from: string;
  /** Its conditions. With parents, $1 holds their ids and `parent.id` is one of them. */
  where: Where;
  parents?: { ids: readonly string[]; type: "uuid" | "text" };
}

/** A page of the list for each parent, in their order (for the whole list: one), in one statement. */
export async function readPages<Row extends object>(
  sql: Sql,
  question: ListQuestion<Row>,
  request: PageRequest,
): Promise<Page<Row>[]> {
  const { entity, from, where, parents, name } = question;
  const { keys, descending } = request.ordering;
  const keyList = keys.map((key) => key.sql).join(", ");
  const [above, below] = descending ? ["<", ">"] : [">", "<"];
  if (request.after) where.and(`(${keyList}) ${above} (${bound(request, "after", where)})`);
  if (request.before) where.and(`(${keyList}) ${below} (${bound(request, "before", where)})`);
  const direction = Boolean(descending) === request.backwards ? "ASC" : "DESC";
  const page = `
    SELECT ${select(entity, from.split(" ")[1]!)}, json_build_array(${keyList}) AS "pageKey"
    FROM ${from} WHERE ${where.toString()}
    ORDER BY ${keys.map((key) => `${key.sql} ${direction}`).join(", ")}
    LIMIT ${request.size + 1}`;
  if (!parents) return [pageOf(request, await sql.query<Keyed<Row>>(name, page, where.values))];

  // A name that no entity has: the row of a meeting brings a parentId of its own.
  const rows = await sql.query<Keyed<Row> & { listedUnder: string }>(
    name,
    `SELECT parent.id AS "listedUnder", page.*
     FROM unnest($1::${parents.type}[]) AS parent (id) CROSS JOIN LATERAL (${page}) AS page`,
    where.values,
  );
  const byParent = groupBy(rows, (row) => row.listedUnder);
  return parents.ids.map((id) => pageOf(request, byParent.get(id) ?? []));
}

/** How many rows the list has for each parent (for the whole list: one number), in one statement. */
export async function countRows<Row>(sql: Sql, question: ListQuestion<Row>): Promise<number[]> {
  const { from, where, parents, name } = question;
  const count = `SELECT count(*)::int AS count FROM ${from} WHERE ${where.toString()}`;
  const rows = await sql.query<{ parentId?: string; count: number }>(
    `${name}Count`,
    parents
      ? `SELECT parent.id AS "parentId", counted.count
         FROM unnest($1::${parents.type}[]) AS parent (id) CROSS JOIN LATERAL (${count}) AS counted`
      : count,
    where.values,
  );
  if (!parents) return rows.map((row) => row.count);
  const byParent = new Map(rows.map((row) => [row.parentId, row.count]));
  return parents.ids.map((id) => byParent.get(id) ?? 0);
}

function bound(request: PageRequest, side: "after" | "before", where: Where): string {
  const key = request[side]!;
  return request.ordering.keys.map(({ type }, i) => where.value(key[i], type)).join(", ");
}
