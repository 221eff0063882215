import type { Sql } from "../db/sql.js";
import { generic, joinSql, raw, SQL, type SqlText } from "../db/sql-text.js";
import { BadUserInput } from "../errors.js";
import type { PageArgs, PageInfo } from "./connection.js";
import { cursorKeys, encodeCursor, type PageBounds, type PageKey, pageParts } from "./cursor.js";
import type { Ordering } from "./ordering.js";
import type { Selection } from "./rows.js";
import type { Where } from "./where.js";

/** The default and the maximum of rows on a page. */
const DEFAULT_PAGE_SIZE = 20;
const MAX_PAGE_SIZE = 100;

/** The parts of a page that a query selects. */
export interface PageSelection {
  /** The fields of its rows. */
  rows: Selection;
  /** The fields of its edges, besides `node` and `cursor`. */
  edge: Selection;
  /** Whether it selects cursors, whose keys are not read otherwise. */
  cursors: boolean;
  /** Whether it selects `hasNextPage` or `hasPreviousPage`, for which one more row is read. */
  ends: boolean;
}

/** The default, for lists that are read in full whatever the query selects. */
const EVERYTHING: PageSelection = { rows: {}, edge: {}, cursors: true, ends: true };

/** The checked paging arguments of a list. */
export interface PageRequest extends PageBounds {
  field: string;
  size: number;
  /** From the selection: see {@link PageSelection}. */
  wantsCursors: boolean;
  wantsEnds: boolean;
}

/** Rows in the order of the list, also for `last`. */
export interface Page<Row> {
  rows: Row[];
  hasNextPage: boolean;
  hasPreviousPage: boolean;
  /** The cursor of the row at this index. */
  cursorAt: (index: number) => string;
}

/** Checks the paging arguments. `field` is the schema coordinate that cursors are valid for. */
export function pageRequest(
  args: PageArgs,
  field: string,
  ordering: Ordering,
  { cursors, ends }: PageSelection = EVERYTHING,
): PageRequest {
  if (isGiven(args.first) && isGiven(args.last)) {
    throw new BadUserInput("last", "give `first` or `last`, not both.");
  }
  checkSize("first", args.first);
  checkSize("last", args.last);
  return {
    field,
    ordering,
    size: args.first ?? args.last ?? DEFAULT_PAGE_SIZE,
    backwards: isGiven(args.last),
    ...cursorKeys(args, field, ordering),
    wantsCursors: cursors,
    wantsEnds: ends,
  };
}

function checkSize(argument: "first" | "last", size: number | null | undefined): void {
  if (isGiven(size) && (size < 0 || size > MAX_PAGE_SIZE)) {
    throw new BadUserInput(argument, `give a page size from 0 to ${MAX_PAGE_SIZE}.`);
  }
}

function isGiven<T>(value: T | null | undefined): value is T {
  return value !== null && value !== undefined;
}

/** The parents whose lists are read by one statement. */
export interface Parents<Type extends string = string> {
  type: Type;
  ids: readonly string[];
}

/** The SQL parts of a list query: for the root list, or for each of several parents. */
export interface ListQuery {
  /** The name of the page's statement; that of the count ends in `Count`. */
  name: string;
  /** The select list (rows.ts). */
  columns: SqlText;
  /** Table and alias: `statement s`. */
  from: SqlText;
  /** The columns of the order keys, by the name of the key; a key that is not here is SQL itself. */
  keys?: Readonly<Record<string, string>>;
  /** Whether the conditions exclude rows without a date. */
  isDated?: boolean;
  /** The conditions. With parents, `parent.id` is the id of the current one. */
  where: Where;
  parents?: Parents;
}

/** A row as read for a page; `pageKey` has the order keys if cursors are selected. */
type KeyedRow<Row> = Row & { pageKey: PageKey };

/** Reads a page for each parent, in their order, or one page of the root list, in one statement. */
export async function readPages<Row extends object>(
  sql: Sql,
  query: ListQuery,
  request: PageRequest,
): Promise<Page<Row>[]> {
  const { columns, from, where, parents, name } = query;
  const keys = keysSql(query, request);
  const cursorKey = raw(
    request.wantsCursors ? `, json_build_array(${keys.join(", ")}) AS "pageKey"` : "",
  );
  const size = request.size + (request.wantsEnds ? 1 : 0);
  const listed = where.toSql();
  const parts = pageParts(request, keys, query.isDated ?? false).map(
    ({ conditions, order }) => SQL`
    SELECT ${columns}${cursorKey}
    FROM ${from} WHERE ${joinSql([listed, ...conditions], " AND ")}
    ORDER BY ${raw(`${order} LIMIT ${size}`)}`,
  );
  const pages = await readLists<KeyedRow<Row>>(sql, name, parts, parents);
  return pages.map((rows) => pageOf(request, rows.slice(0, size)));
}

/** Counts the rows of the list for each parent, or of the root list, in one statement. */
export async function countRows(sql: Sql, query: ListQuery): Promise<number[]> {
  const { from, where, parents, name } = query;
  const count = SQL`SELECT count(*)::int AS count FROM ${from} WHERE ${where.toAggregateSql()}`;
  const counts = await readLists<{ count: number }>(sql, `${name}Count`, [count], parents);
  return counts.map(([row]) => row?.count ?? 0);
}

/**
 * Reads the rows of subselects, one after the other, for each parent or for the root list, in one statement. The result is a
 * single JSON value, which is parsed several times as fast as rows with columns.
 */
export async function readLists<Row extends object>(
  sql: Sql,
  name: string,
  subselects: readonly SqlText[],
  parents: Parents | undefined,
): Promise<Row[][]> {
  const lists = subselects.map(
    (subselect) => SQL`(SELECT coalesce(json_agg(listed), '[]') FROM (${subselect}) AS listed)`,
  );
  const list = lists.length === 1 ? lists[0]! : SQL`json_build_array(${joinSql(lists, ", ")})`;
  const [read] = await sql.query<{ lists: Row[][] | Row[][][] | null }>(
    name,
    parents
      ? SQL`SELECT json_agg(${list} ORDER BY parent.nth) AS lists FROM ${parentsSql(parents)} AS parent (id, nth)`
      : SQL`SELECT json_build_array(${list}) AS lists`,
  );
  const rows = read!.lists ?? [];
  return lists.length === 1 ? (rows as Row[][]) : (rows as Row[][][]).map((parts) => parts.flat());
}

/** The types of the ids of parents that are no UUIDs. */
const TYPES_OF_IDS: Readonly<Record<string, string>> = {
  Country: "text",
  RecordedName: "text",
  RecordRevision: "int",
};

/** Returns the ids of the parents as a table, numbered. */
function parentsSql({ ids, type: parent }: Parents): SqlText {
  const type = TYPES_OF_IDS[parent] ?? "uuid";
  return ids.length === 1
    ? SQL`(SELECT ${generic(ids[0], type)}, 1)`
    : SQL`unnest(${generic(ids, `${type}[]`)}) WITH ORDINALITY`;
}

/** Returns the keys of the order as SQL. */
function keysSql({ keys }: ListQuery, { ordering }: PageRequest): string[] {
  return ordering.keys.map(({ sql }) => keys?.[sql] ?? sql);
}

/** Makes a page of the rows read: one more than its size at most, in reverse order for `last`. */
function pageOf<Row>(request: PageRequest, read: KeyedRow<Row>[]): Page<Row> {
  const more = read.length > request.size;
  const rows = more ? read.slice(0, request.size) : read;
  if (request.backwards) rows.reverse();
  return {
    rows,
    hasNextPage: request.backwards ? request.before !== undefined : more,
    hasPreviousPage: request.backwards ? more : request.after !== undefined,
    cursorAt: (index) => encodeCursor(request.field, request.ordering, rows[index]!.pageKey),
  };
}

/** An edge of a connection, without its cursor: the node, and the other fields of the edge type. */
export type Edge<Node, More = object> = { node: Node | Promise<Node> } & More;

/**
 * A page of rows and the total count, each read only if the query selects it. Cursors are functions, not getters: V8 makes a
 * hidden class for each object literal with a getter, which keeps the getter's closure from being garbage-collected.
 */
export interface Connection<Node, More = object> {
  edges(): Promise<(Edge<Node, More> & { cursor(): string })[]>;
  nodes(): Promise<(Node | Promise<Node>)[]>;
  pageInfo(): Promise<
    Pick<PageInfo, "hasNextPage" | "hasPreviousPage"> &
      Record<"startCursor" | "endCursor", () => string | null>
  >;
  totalCount(): Promise<number | null>;
}

/** Makes a connection from functions that read its page and its count; they may be called more than once. */
export function connection<Row, Node = Row, More = object>({
  page,
  count,
  edgeOf,
}: {
  page: () => Promise<Page<Row>>;
  count: () => Promise<number | null>;
  edgeOf: (row: Row) => Edge<Node, More>;
}): Connection<Node, More> {
  return {
    async edges() {
      const { rows, cursorAt } = await page();
      // Called only if the query selects it: otherwise its keys were not read.
      return rows.map((row, i) => ({ ...edgeOf(row), cursor: () => cursorAt(i) }));
    },
    async nodes() {
      return (await page()).rows.map((row) => edgeOf(row).node);
    },
    async pageInfo() {
      const { rows, cursorAt, hasNextPage, hasPreviousPage } = await page();
      const last = rows.length - 1;
      return {
        hasNextPage,
        hasPreviousPage,
        startCursor: () => (last < 0 ? null : cursorAt(0)),
        endCursor: () => (last < 0 ? null : cursorAt(last)),
      };
    },
    totalCount: count,
  };
}
