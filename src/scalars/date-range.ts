import { Field, InputType } from "type-graphql";
import type { Where } from "../db/where.js";
import { UNDATED } from "../paging/ordering.js";
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

/**
 * Adds that the interval of a row overlaps the range. Of its key `newest`, by which lists are ordered, that is one range
 * of an index: from the end of the wanted range back to its beginning, and as much further back as the longest interval
 * of all items may reach into it. Without `item` that bound is left out.
 */
export function overlaps(
  where: Where,
  range: PartialDateRange,
  newest: string,
  item?: "statement" | "meeting",
): void {
  const first = range.from && boundsOfPartialDate(range.from)?.from;
  const last = range.to && boundsOfPartialDate(range.to)?.to;
  if (last) where.and(`${newest} >= ${where.bound(-dayOf(last) * DATES, "bigint")}`);
  if (!first) return where.and(`${newest} < ${UNDATED}`);
  const day = where.bound(-dayOf(first), "int");
  if (item)
    where.and(
      `${newest} < (${day} + 1 + (SELECT coalesce(max(date_until - date_from), 0) FROM ${item}))::bigint * ${DATES}`,
    );
  where.and(`(${newest} & ${DATES - 1}) <= ${day} + ${DATES / 2}`);
}
