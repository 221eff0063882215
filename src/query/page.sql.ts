import type { Sql } from "../db/sql.js";
import { UNDATED } from "./ordering.js";
import type { Where } from "./where.js";
import type { ListQuery, Parents } from "./list.js";
import { type KeyedRow, type Page, pageOf, type PageRequest, rowsToRead } from "./page.js";

/** Reads a page for each parent, in their order, or one page of the root list, in one statement. */
export async function readPages<Row extends object>(
  sql: Sql,
  query: ListQuery,
  request: PageRequest,
): Promise<Page<Row>[]> {
  const { columns, from, where, parents, name } = query;
  const keys = keysSql(query, request);
  const cursorKey = request.wantsCursors
    ? `, json_build_array(${keys.join(", ")}) AS "pageKey"`
    : "";
  const size = rowsToRead(request);
  const parts = pageParts(query, request, keys).map(
    ({ conditions, order }) => `
    SELECT ${columns}${cursorKey}
    FROM ${from} WHERE ${[where.toString(), ...conditions].join(" AND ")}
    ORDER BY ${order}
    LIMIT ${size}`,
  );
  const pages = await readLists<KeyedRow<Row>>(sql, name, parts, where, parents);
  return pages.map((rows) => pageOf(request, rows.slice(0, size)));
}

/** Counts the rows of the list for each parent, or of the root list, in one statement. */
export async function countRows(sql: Sql, query: ListQuery): Promise<number[]> {
  const { from, where, parents, name } = query;
  const count = `SELECT count(*)::int AS count FROM ${from} WHERE ${where.toAggregateSql()}`;
  const counts = await readLists<{ count: number }>(sql, `${name}Count`, [count], where, parents);
  return counts.map(([row]) => row?.count ?? 0);
}

/**
 * Reads the rows of subselects, one after the other, for each parent or for the root list, in one statement. The result is a
 * single JSON value, which is parsed several times as fast as rows with columns.
 */
export async function readLists<Row extends object>(
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
      ? `SELECT json_agg(${list} ORDER BY parent.nth) AS lists FROM ${parentsSql(parents)} AS parent (id, nth)`
      : `SELECT json_build_array(${list}) AS lists`,
    where.values,
    where.plan,
  );
  const rows = read!.lists ?? [];
  return lists.length === 1 ? (rows as Row[][]) : (rows as Row[][][]).map((parts) => parts.flat());
}

/** Returns the ids of the parents as a table, numbered. */
function parentsSql({ ids, type: parent }: Parents): string {
  const type = parent === "Country" || parent === "RecordedName" ? "text" : "uuid";
  return ids.length === 1
    ? `(SELECT ($1::${type}[])[1], 1)`
    : `unnest($1::${type}[]) WITH ORDINALITY`;
}

/** Returns the keys of the order as SQL. */
function keysSql({ keys }: ListQuery, { ordering }: PageRequest): string[] {
  return ordering.keys.map(({ sql }) => keys?.[sql] ?? sql);
}

/** One of the subselects of a page, which are read one after the other. */
interface PagePart {
  conditions: string[];
  order: string;
}

/** The cursor in `after` or `before`. */
interface CursorBound {
  side: "after" | "before";
  isUndated: boolean;
  /** Returns the placeholder of a key's value. Added on first use, since PostgreSQL rejects unused parameters. */
  bind: (key: number) => string;
}

/** Returns the parts of a page: one, unless the oldest come first. `keys` are the order keys as SQL. */
function pageParts(query: ListQuery, request: PageRequest, keys: readonly string[]): PagePart[] {
  const { descending = false, oldestFirst = false } = request.ordering;
  const bounds = cursorBounds(query, request);
  if (oldestFirst) return oldestFirstParts(query, request, keys, bounds);
  return [
    {
      conditions: bounds.map((bound) => compareRows(keys, bound, descending)),
      order: orderBySql(keys, descending !== request.backwards),
    },
  ];
}

/**
 * Returns two parts: rows with a date, for which the index is read backwards; then rows without one, which are at the end of
 * the index, for which it is read forwards.
 */
function oldestFirstParts(
  { isDated = false }: ListQuery,
  { backwards }: PageRequest,
  keys: readonly string[],
  bounds: readonly CursorBound[],
): PagePart[] {
  const [date, ...others] = keys as [string, ...string[]];
  const after = bounds.find(({ side }) => side === "after");
  const before = bounds.find(({ side }) => side === "before");
  const parts: PagePart[] = [];
  if (!after?.isUndated) {
    const dated = bounds.filter(({ isUndated }) => !isUndated);
    parts.push({
      conditions: [
        `${date} < ${UNDATED}`,
        ...dated.map((bound) => compareOldestFirst(date, others, bound)),
      ],
      order: `${date} ${backwards ? "ASC" : "DESC"}, ${orderBySql(others, backwards)}`,
    });
  }
  if (!isDated && before?.isUndated !== false) {
    const undated = bounds.filter(({ isUndated }) => isUndated);
    parts.push({
      conditions: [`${date} >= ${UNDATED}`, ...undated.map((bound) => compareRows(keys, bound))],
      order: orderBySql(keys, backwards),
    });
  }
  if (parts.length === 0) parts.push({ conditions: ["false"], order: date });
  return backwards ? parts.reverse() : parts;
}

/** Returns a comparison of rows, which is one index range. */
function compareRows(
  keys: readonly string[],
  { side, bind }: CursorBound,
  descending = false,
): string {
  const isAbove = (side === "after") !== descending;
  return `(${keys.join(", ")}) ${isAbove ? ">" : "<"} (${keys.map((_, i) => bind(i)).join(", ")})`;
}

/** Returns the comparison with the date reversed. The first condition is redundant, but uses the index. */
function compareOldestFirst(
  date: string,
  others: readonly string[],
  { side, bind }: CursorBound,
): string {
  const [older, above] = side === "after" ? ["<", ">"] : [">", "<"];
  const rest = others.map((_, i) => bind(i + 1)).join(", ");
  return `${date} ${older}= ${bind(0)}
    AND (${date} ${older} ${bind(0)} OR (${others.join(", ")}) ${above} (${rest}))`;
}

function orderBySql(keys: readonly string[], isReversed: boolean): string {
  return keys.map((key) => `${key} ${isReversed ? "DESC" : "ASC"}`).join(", ");
}

function cursorBounds({ where }: ListQuery, request: PageRequest): CursorBound[] {
  return (["after", "before"] as const).flatMap((side) => {
    const key = request[side];
    if (!key) return [];
    const places: string[] = [];
    const bind = (i: number) => (places[i] ??= where.bound(key[i], request.ordering.keys[i]!.type));
    return [{ side, isUndated: Number(key[0]) >= UNDATED, bind }];
  });
}
