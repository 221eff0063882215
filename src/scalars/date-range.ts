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

/** In less there may be too few for a page, so that all older ones would be looked through for more. */
const MANY_DAYS = 28;

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
  const first = range.from && boundsOfPartialDate(range.from)?.from;
  const last = range.to && boundsOfPartialDate(range.to)?.to;
  const from = where.value(first ?? null, "date");
  const to = where.value(last ?? null, "date");
  where.and(`${lower} IS NOT NULL`);
  const touches = `daterange(${lower}, ${upper}, '[]') && daterange(${from}, ${to}, '[]')`;
  if (!first || daysBetween(first, last) >= MANY_DAYS) where.andSo(touches);
  else where.and(touches);
  if (last) where.and(`newest_first(${lower}) >= newest_first(${to})`);
  if (first) where.and(`newest_first(${upper}) <= newest_first(${from})`);
}

function daysBetween(first: string, last: string | null | undefined): number {
  return ((last ? Date.parse(last) : Date.now()) - Date.parse(first)) / 86_400_000;
}
