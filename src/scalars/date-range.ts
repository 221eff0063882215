import { Field, InputType } from "type-graphql";
import type { Where } from "../db/where.js";
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

/**
 * Adds that the interval between two columns overlaps the range. Its dates are already checked. Written as
 * the indexes statement_dates and meeting_dates have it, and once more as those that give the newest first: where
 * many rows match, a page of the newest begins at the range and not at today.
 */
export function overlaps(
  where: Where,
  range: PartialDateRange,
  lower: string,
  upper: string,
): void {
  const bound = (day: string | null | undefined) => where.value(day ?? null, "date");
  const from = bound(range.from && boundsOfPartialDate(range.from)?.from);
  const to = bound(range.to && boundsOfPartialDate(range.to)?.to);
  where.and(
    `${lower} IS NOT NULL AND daterange(${lower}, ${upper}, '[]') && daterange(${from}, ${to}, '[]')`,
  );
  if (range.to) where.and(`newest_first(${lower}) >= newest_first(${to})`);
  if (range.from) where.and(`newest_first(${upper}) <= newest_first(${from})`);
}
