import { Field, InputType } from "type-graphql";
import { generic, joinSql, raw, SQL, SqlText } from "../db/sql-text.js";
import type { Where } from "../query/where.js";
import { UNDATED } from "../query/ordering.js";
import { boundsOfPartialDate, PartialDate } from "./partial-date.js";

@InputType({
  description:
    "Dates from one to another, both included; either may be left open. It matches what overlaps it, so `2024-11` matches " +
    "a range that touches November 2024. What has no date never matches. Reversed: BAD_USER_INPUT.",
})
export class PartialDateRange {
  @Field(() => PartialDate, {
    nullable: true,
    description: "The earliest date: of a month or year its first day.",
  })
  from?: string | null;

  @Field(() => PartialDate, {
    nullable: true,
    description: "The latest date: of a month or year its last day.",
  })
  to?: string | null;
}

/** Days since 1970, the unit of `newest`. */
const dayOf = (date: string) => Date.parse(date) / 86_400_000;

/** `newest` packs two dates into one number: the first is a multiple of this, the remainder is the last. */
const DATES = 2 ** 24;

/** A range this short may match less than a page; in another order, the index scan would then read the whole list. */
const FEW_DAYS = 28;

/** The columns with the dates of a row, and the table with the longest interval. */
export interface Dated {
  id: string;
  newest: string;
  /** The table whose longest interval limits how long before the range a matching row can begin; absent for small lists. */
  table?: "statement" | "meeting";
  /** Whether the list has another order than by date. */
  isOrderedOtherwise?: boolean;
}

/**
 * Adds the condition that the interval of a row overlaps the range. On `newest`, by which lists are ordered, that is one
 * index range: from the end of the range back to its start, and further back by the length of the longest interval.
 */
export function overlaps(
  where: Where,
  range: PartialDateRange,
  { id, newest, table, isOrderedOtherwise = false }: Dated,
): void {
  const first = range.from && boundsOfPartialDate(range.from)?.from;
  const last = range.to && boundsOfPartialDate(range.to)?.to;
  const from = last ? generic(-dayOf(last) * DATES, "bigint") : null;
  const day = first ? generic(-dayOf(first), "int") : null;
  const longest = table && raw(`(SELECT coalesce(max(date_until - date_from), 0) FROM ${table})`);
  const conditions = (key: string) => {
    const began = raw(key);
    const all = [
      from && SQL`${began} >= ${from}`,
      day && longest && SQL`${began} < (${day} + 1 + ${longest})::bigint * ${raw(`${DATES}`)}`,
      day
        ? SQL`${raw(`(${key} & ${DATES - 1})`)} <= ${day} + ${raw(`${DATES / 2}`)}`
        : raw(`${key} < ${UNDATED}`),
    ];
    return joinSql(
      all.filter((one) => one instanceof SqlText),
      " AND ",
    );
  };
  const isShort = first && daysBetween(first, last) < FEW_DAYS;
  where.and(
    table && isOrderedOtherwise && isShort
      ? SQL`${raw(id)} = ANY (ARRAY(SELECT id FROM ${raw(table)} WHERE ${conditions("newest")}))`
      : conditions(newest),
  );
}

function daysBetween(first: string, last: string | null | undefined): number {
  return ((last ? Date.parse(last) : Date.now()) - Date.parse(first)) / 86_400_000;
}
