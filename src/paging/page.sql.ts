import type { Sql } from "../db/sql.js";
import type { Where } from "../db/where.js";
import { UNDATED } from "./ordering.js";
import { type Keyed, type Page, pageOf, type PageRequest, rowsToRead } from "./page.js";

/** A list to read: of everything, or of each of several parents. */
export interface ListQuestion {
  /** Opens the SQL of its page; that of its count ends in `Count`. */
  name: string;
  /** The select list of a row (db/rows.ts). */
  columns: string;
  /** Table and alias: `statement s`. */
  from: string;
  /** Where the keys of its orders are read, by the names that these have for them; else they are SQL. */
  keys?: Readonly<Record<string, string>>;
  /** Whether its conditions leave out what has no date. */
  isDated?: boolean;
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
  const keys = keysOf(question, request);
  const key = request.wantsCursors ? `, json_build_array(${keys.join(", ")}) AS "pageKey"` : "";
  const size = rowsToRead(request);
  const parts = partsOf(question, request, keys).map(
    (conditions) => `
    SELECT ${columns}${key}
    FROM ${from} WHERE ${[where.toString(), ...conditions].join(" AND ")}
    ORDER BY ${orderOf(request, keys)}
    LIMIT ${size}`,
  );
  const pages = await readEach<Keyed<Row>>(sql, name, parts, where, parents);
  return pages.map((rows) => pageOf(request, rows.slice(0, size)));
}

/** How many rows the list has for each parent (for the whole list: one number), in one statement. */
export async function countRows(sql: Sql, question: ListQuestion): Promise<number[]> {
  const { from, where, parents, name } = question;
  const count = `SELECT count(*)::int AS count FROM ${from} WHERE ${where.ofAll()}`;
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
function each({ ids, type }: Parents): string {
  return ids.length === 1
    ? `(SELECT ($1::${type}[])[1], 1)`
    : `unnest($1::${type}[]) WITH ORDINALITY`;
}

/** The keys of the order, as the list has them. */
function keysOf({ keys }: ListQuestion, { ordering }: PageRequest): string[] {
  return ordering.keys.map(({ sql }) => keys?.[sql] ?? sql);
}

function orderOf({ ordering, backwards }: PageRequest, keys: readonly string[]): string {
  const { descending = false, oldestFirst = false } = ordering;
  return keys
    .map((key, i) => {
      const ascends = (descending || (oldestFirst && i === 0)) === backwards;
      return `${key} ${ascends ? "ASC" : "DESC"}`;
    })
    .join(", ");
}

/** A cursor between which and the other one a page lies. */
interface Bound {
  side: "after" | "before";
  isUndated: boolean;
  /** The placeholder of a key's value: kept only where it is used, since PostgreSQL refuses values that nothing refers to. */
  place: (key: number) => string;
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

/** What parts a page is read in, one after the other, and the conditions of each: between the cursors. */
function partsOf(
  question: ListQuestion,
  request: PageRequest,
  keys: readonly string[],
): string[][] {
  const { ordering, backwards } = request;
  const bounds = boundsOf(question, request);
  const places = ({ place }: Bound, from = 0) =>
    ordering.keys
      .slice(from)
      .map((_, i) => place(i + from))
      .join(", ");
  const [date, ...others] = keys;
  if (!ordering.oldestFirst) {
    return [
      bounds.map((bound) => {
        const isAbove = (bound.side === "after") !== Boolean(ordering.descending);
        return `(${keys.join(", ")}) ${isAbove ? ">" : "<"} (${places(bound)})`;
      }),
    ];
  }
  // What has a date, from the end of the index back; then what has none, which is at the end of the index too.
  const within = (bound: Bound) =>
    `(${others.join(", ")}) ${bound.side === "after" ? ">" : "<"} (${places(bound, 1)})`;
  const isDated = () =>
    bounds.flatMap((bound) => {
      if (bound.isUndated) return [];
      const beyond = bound.side === "after" ? "<" : ">";
      const day = bound.place(0);
      return `${date} ${beyond}= ${day} AND (${date} ${beyond} ${day} OR ${within(bound)})`;
    });
  const isUndated = () => bounds.filter((bound) => bound.isUndated).map(within);
  const after = bounds.find(({ side }) => side === "after");
  const before = bounds.find(({ side }) => side === "before");
  const parts: string[][] = [];
  if (!after?.isUndated) parts.push([`${date} < ${UNDATED}`, ...isDated()]);
  if (!question.isDated && before?.isUndated !== false) {
    parts.push([`${date} >= ${UNDATED}`, ...isUndated()]);
  }
  if (parts.length === 0) return [["false"]];
  return backwards ? parts.reverse() : parts;
}
