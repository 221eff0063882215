import { Field, InputType } from "type-graphql";
import { custom, raw, SQL } from "../db/sql-text.js";
import type { Where } from "../query/where.js";
import { DateTime } from "./date-time.js";

@InputType({
  description:
    "Moments from one to another, the first included and the last not, so that ranges in a row meet without overlap; either may be " +
    "left open. Reversed: BAD_USER_INPUT.",
})
export class RecordTimeRange {
  @Field(() => DateTime, { nullable: true, description: "The earliest moment." })
  from?: string | null;

  @Field(() => DateTime, { nullable: true, description: "The moment before which it must be." })
  to?: string | null;
}

/** Adds the condition that the revision in a column was made in a range of time. */
export function madeWithin(where: Where, column: string, { from, to }: RecordTimeRange): void {
  // The planner sees the numbers, since few or all rows may be newer.
  const since = (moment: string) => custom(where.firstRevisionSince(moment), "int");
  if (from) where.and(SQL`${raw(column)} >= ${since(from)}`);
  if (to) where.and(SQL`${raw(column)} < ${since(to)}`);
}
