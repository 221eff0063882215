import { ArgsType, Field, Int } from "type-graphql";
import { BadUserInput } from "../errors.js";
import { ForwardPageArgs } from "../query/connection.js";
import { CounterpartSide } from "./counterpart.enums.js";
import { MeetingFilter } from "./meeting.filter.js";

/** The arguments of `describedCounterparts`. */
@ArgsType()
export class MetListArgs extends ForwardPageArgs {
  @Field(() => MeetingFilter, {
    nullable: true,
    description:
      "Which meetings count; all when absent. With `statedOnly` those at which the document names the person whose counterparts " +
      "they are; a side that is INFERRED, of either of the two, is then unknown. With `roles` the person takes part in one of them, and " +
      "those met in any but INTERPRETER and NOTE_TAKER, which count only where `roles` has them.",
  })
  filter?: MeetingFilter | null;

  @Field(() => [CounterpartSide], {
    nullable: true,
    defaultValue: [CounterpartSide.OTHER],
    description:
      "Which of those met to list, all in one order. An empty list matches nothing, null means the default; at most 100 values.",
  })
  sides?: CounterpartSide[] | null;

  @Field(() => Int, {
    nullable: true,
    description:
      "Reads only this many of the person's latest meetings, 1 to 1,000; all when absent. A long career may have thousands, and the response time grows with how many are read.",
  })
  latest?: number | null;
}

/** The arguments of `counterparts`. */
@ArgsType()
export class CounterpartListArgs extends MetListArgs {
  @Field(() => [String], {
    nullable: true,
    description:
      "Lists these people alone, by their slugs, current or former: which members of a group have met each other. " +
      "An empty list matches nothing, null is absent; at most 100 values.",
  })
  people?: string[] | null;
}

/** The maximum of `latest`. */
const MAX_LATEST = 1_000;

/** Returns how many of the latest meetings count; null for all. */
export function latestOf({ latest }: MetListArgs): number | null {
  if (latest === null || latest === undefined) return null;
  if (latest >= 1 && latest <= MAX_LATEST) return latest;
  throw new BadUserInput("latest", `give a number of meetings from 1 to ${MAX_LATEST}.`);
}
