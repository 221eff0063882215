import type { Sql } from "../db/sql.js";
import { UNDATED } from "./ordering.js";
import type { Where } from "./where.js";
import type { ListQuestion, Parents } from "./list.js";
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

/** What is read one after the other for a page: its conditions, and its order. */
interface Part {
  conditions: string[];
  order: string;
}

/** A cursor between which and the other one a page lies. */
interface Bound {
  side: "after" | "before";
  isUndated: boolean;
  /** The placeholder of a key's value: kept only where it is used, since PostgreSQL refuses values that nothing refers to. */
  place: (key: number) => string;
}

/** The parts of a page, between its cursors: one, unless the oldest come first. `keys` are those of the order, as SQL. */
function partsOf(question: ListQuestion, request: PageRequest, keys: readonly string[]): Part[] {
  const { descending = false, oldestFirst = false } = request.ordering;
  const bounds = boundsOf(question, request);
  if (oldestFirst) return oldestFirstParts(question, request, keys, bounds);
  return [
    {
      conditions: bounds.map((bound) => isBeyond(keys, bound, descending)),
      order: orderOf(keys, descending !== request.backwards),
    },
  ];
}

/**
 * What has a date, from the end of the index back; then what has none, which is at the end of the index too, in its
 * own order.
 */
function oldestFirstParts(
  { isDated = false }: ListQuestion,
  { backwards }: PageRequest,
  keys: readonly string[],
  bounds: readonly Bound[],
): Part[] {
  const [date, ...others] = keys as [string, ...string[]];
  const after = bounds.find(({ side }) => side === "after");
  const before = bounds.find(({ side }) => side === "before");
  const parts: Part[] = [];
  if (!after?.isUndated) {
    const dated = bounds.filter(({ isUndated }) => !isUndated);
    parts.push({
      conditions: [`${date} < ${UNDATED}`, ...dated.map((bound) => isOlder(date, others, bound))],
      order: `${date} ${backwards ? "ASC" : "DESC"}, ${orderOf(others, backwards)}`,
    });
  }
  if (!isDated && before?.isUndated !== false) {
    const undated = bounds.filter(({ isUndated }) => isUndated);
    parts.push({
      conditions: [`${date} >= ${UNDATED}`, ...undated.map((bound) => isBeyond(keys, bound))],
      order: orderOf(keys, backwards),
    });
  }
  if (parts.length === 0) parts.push({ conditions: ["false"], order: date });
  return backwards ? parts.reverse() : parts;
}

/** A comparison of rows, which one index range answers. */
function isBeyond(keys: readonly string[], { side, place }: Bound, descending = false): string {
  const isAbove = (side === "after") !== descending;
  return `(${keys.join(", ")}) ${isAbove ? ">" : "<"} (${keys.map((_, i) => place(i)).join(", ")})`;
}

/** The same where the date goes the other way than the rest. The first condition is there for the index. */
function isOlder(date: string, others: readonly string[], { side, place }: Bound): string {
  const [older, above] = side === "after" ? ["<", ">"] : [">", "<"];
  const rest = others.map((_, i) => place(i + 1)).join(", ");
  return `${date} ${older}= ${place(0)}
    AND (${date} ${older} ${place(0)} OR (${others.join(", ")}) ${above} (${rest}))`;
}

function orderOf(keys: readonly string[], isReversed: boolean): string {
  return keys.map((key) => `${key} ${isReversed ? "DESC" : "ASC"}`).join(", ");
}

function boundsOf({ where }: ListQuestion, request: PageRequest): Bound[] {
  return (["after", "before"] as const).flatMap((side) => {
    const key = request[side];
    if (!key) return [];
    const places: string[] = [];
    const place = (i: number) =>
      (places[i] ??= where.bound(key[i], request.ordering.keys[i]!.type));
    return [{ side, isUndated: Number(key[0]) >= UNDATED, place }];
  });
}
