import { generic, isUuid, joinSql, raw, SQL, type SqlPart, type SqlText } from "../db/sql-text.js";
import { BadUserInput } from "../errors.js";
import { UNSTORABLE } from "../scalars/text.js";
import type { PageArgs } from "./connection.js";
import { type OrderKey, type Ordering, UNDATED } from "./ordering.js";

/** The values of the order keys in one row, at which a page begins or ends. */
export type PageKey = readonly (string | number)[];

/** Where a page begins or ends in the order of its list. */
export interface PageBounds {
  ordering: Ordering;
  backwards: boolean;
  after?: PageKey;
  before?: PageKey;
}

/** Decodes the cursors among the arguments of a list. `field` is the schema coordinate that they are valid for. */
export function cursorKeys(
  { after, before }: PageArgs,
  field: string,
  ordering: Ordering,
): Pick<PageBounds, "after" | "before"> {
  const keyOf = (argument: "after" | "before", cursor: string | null | undefined) =>
    typeof cursor === "string" ? decodeCursor(argument, cursor, field, ordering) : undefined;
  return { after: keyOf("after", after), before: keyOf("before", before) };
}

/** Encodes an opaque cursor, valid only for the same field and order. */
export function encodeCursor(field: string, ordering: Ordering, key: PageKey): string {
  return Buffer.from(JSON.stringify([field, ordering.name, ...key])).toString("base64url");
}

/** Decodes the key in a cursor; throws BAD_USER_INPUT if it is malformed or of another field or order. */
function decodeCursor(
  argument: "after" | "before",
  cursor: string,
  field: string,
  ordering: Ordering,
): PageKey {
  const [madeFor, order, ...key] = parse(cursor) ?? [];
  if (madeFor === undefined) {
    throw new BadUserInput(argument, "this is not a cursor that this service made.");
  }
  if (madeFor !== field || order !== ordering.name) {
    throw new BadUserInput(
      argument,
      `this cursor is for another list or order; it is not valid for ${field} in the order ${ordering.name}.`,
    );
  }
  if (!isKeyOf(ordering.keys, key)) {
    throw new BadUserInput(argument, "this is not a cursor that this service made.");
  }
  return key;
}

function parse(cursor: string): unknown[] | null {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
    return Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

function isKeyOf(keys: readonly OrderKey[], values: unknown[]): values is (string | number)[] {
  return (
    values.length === keys.length &&
    keys.every(({ type }, i) => {
      const value = values[i];
      if (type === "int") return Number.isInteger(value) && Math.abs(value as number) < 2 ** 31;
      if (type === "bigint") return Number.isSafeInteger(value);
      if (typeof value !== "string") return false;
      return type === "uuid" ? isUuid(value) : !UNSTORABLE.test(value);
    })
  );
}

/** One of the subselects of a page, which are read one after the other. */
interface PagePart {
  conditions: SqlText[];
  order: string;
}

/** The cursor in `after` or `before`. */
interface CursorBound {
  side: "after" | "before";
  isUndated: boolean;
  /** The values of the keys. */
  values: SqlPart[];
}

/**
 * Returns the parts of a page: one, unless the oldest come first. `keys` are the order keys as SQL; `isDated` says that the
 * conditions exclude rows without a date.
 */
export function pageParts(page: PageBounds, keys: readonly string[], isDated: boolean): PagePart[] {
  const { descending = false, oldestFirst = false } = page.ordering;
  const bounds = cursorBounds(page);
  if (oldestFirst) return oldestFirstParts(page.backwards, keys, bounds, isDated);
  return [
    {
      conditions: bounds.map((bound) => compareRows(keys, bound, descending)),
      order: orderBySql(keys, descending !== page.backwards),
    },
  ];
}

/**
 * Returns two parts: rows with a date, for which the index is read backwards; then rows without one, which are at the end of
 * the index, for which it is read forwards.
 */
function oldestFirstParts(
  backwards: boolean,
  keys: readonly string[],
  bounds: readonly CursorBound[],
  isDated: boolean,
): PagePart[] {
  const [date, ...others] = keys as [string, ...string[]];
  const after = bounds.find(({ side }) => side === "after");
  const before = bounds.find(({ side }) => side === "before");
  const parts: PagePart[] = [];
  if (!after?.isUndated) {
    const dated = bounds.filter(({ isUndated }) => !isUndated);
    parts.push({
      conditions: [
        raw(`${date} < ${UNDATED}`),
        ...dated.map((bound) => compareOldestFirst(date, others, bound)),
      ],
      order: `${date} ${backwards ? "ASC" : "DESC"}, ${orderBySql(others, backwards)}`,
    });
  }
  if (!isDated && before?.isUndated !== false) {
    const undated = bounds.filter(({ isUndated }) => isUndated);
    parts.push({
      conditions: [
        raw(`${date} >= ${UNDATED}`),
        ...undated.map((bound) => compareRows(keys, bound)),
      ],
      order: orderBySql(keys, backwards),
    });
  }
  if (parts.length === 0) parts.push({ conditions: [raw("false")], order: date });
  return backwards ? parts.reverse() : parts;
}

/** Returns a comparison of rows, which is one index range. */
function compareRows(
  keys: readonly string[],
  { side, values }: CursorBound,
  descending = false,
): SqlText {
  const isAbove = (side === "after") !== descending;
  return SQL`${raw(`(${keys.join(", ")}) ${isAbove ? ">" : "<"}`)} (${joinSql(values, ", ")})`;
}

/** Returns the comparison with the date reversed. The first condition is redundant, but uses the index. */
function compareOldestFirst(
  date: string,
  others: readonly string[],
  { side, values: [day, ...rest] }: CursorBound,
): SqlText {
  const [older, above] = side === "after" ? ["<", ">"] : [">", "<"];
  const isOlder = raw(`${date} ${older}`);
  const isAbove = SQL`${raw(`(${others.join(", ")}) ${above}`)} (${joinSql(rest, ", ")})`;
  return SQL`${isOlder}= ${day!} AND (${isOlder} ${day!} OR ${isAbove})`;
}

function orderBySql(keys: readonly string[], isReversed: boolean): string {
  return keys.map((key) => `${key} ${isReversed ? "DESC" : "ASC"}`).join(", ");
}

function cursorBounds(page: PageBounds): CursorBound[] {
  return (["after", "before"] as const).flatMap((side) => {
    const key = page[side];
    if (!key) return [];
    const values = key.map((value, i) => generic(value, page.ordering.keys[i]!.type));
    return [{ side, isUndated: Number(key[0]) >= UNDATED, values }];
  });
}
