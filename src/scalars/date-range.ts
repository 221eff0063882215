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
 * the indexes statement_dates and meeting_dates have it.
 */
export function overlaps(
  where: Where,
  range: PartialDateRange,
  lower: string,
  upper: string,
): void {
  const from = (range.from && boundsOfPartialDate(range.from)?.from) ?? null;
  const to = (range.to && boundsOfPartialDate(range.to)?.to) ?? null;
  const asked = `daterange(${where.value(from, "date")}, ${where.value(to, "date")}, '[]')`;
  where.and(`${lower} IS NOT NULL AND daterange(${lower}, ${upper}, '[]') && ${asked}`);
}
