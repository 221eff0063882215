import { Field, InputType } from "type-graphql";
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

/** Days from 1970, as `newest` counts them. */
const dayOf = (date: string) => Date.parse(date) / 86_400_000;

/** A first date in `newest` is a multiple of it; what remains is the last date. */
const DATES = 2 ** 24;

/** In so few days there may be too few for a page of another order, which would look through all for more. */
const FEW_DAYS = 28;

/** By what a row has its dates, and where the longest interval is found. */
export interface Dated {
  id: string;
  newest: string;
  /** The table whose longest interval bounds how far before a range one may begin; absent for few rows. */
  table?: "statement" | "meeting";
  /** Whether the list is in the order of another key. */
  isByAnother?: boolean;
}

/**
 * Adds that the interval of a row overlaps the range. Of its key `newest`, by which lists are ordered, that is one range
 * of an index: from the end of the wanted range back to its beginning, and as much further back as the longest interval
 * of all may reach into it.
 */
export function overlaps(
  where: Where,
  range: PartialDateRange,
  { id, newest, table, isByAnother = false }: Dated,
): void {
  const first = range.from && boundsOfPartialDate(range.from)?.from;
  const last = range.to && boundsOfPartialDate(range.to)?.to;
  const from = last && where.bound(-dayOf(last) * DATES, "bigint");
  const day = first && where.bound(-dayOf(first), "int");
  const longest = table && `(SELECT coalesce(max(date_until - date_from), 0) FROM ${table})`;
  const conditions = (key: string) =>
    [
      from && `${key} >= ${from}`,
      day && longest && `${key} < (${day} + 1 + ${longest})::bigint * ${DATES}`,
      day ? `(${key} & ${DATES - 1}) <= ${day} + ${DATES / 2}` : `${key} < ${UNDATED}`,
    ]
      .filter(Boolean)
      .join(" AND ");
  const isShort = first && daysBetween(first, last) < FEW_DAYS;
  where.and(
    table && isByAnother && isShort
      ? `${id} = ANY (ARRAY(SELECT id FROM ${table} WHERE ${conditions("newest")}))`
      : conditions(newest),
  );
}

function daysBetween(first: string, last: string | null | undefined): number {
  return ((last ? Date.parse(last) : Date.now()) - Date.parse(first)) / 86_400_000;
}
