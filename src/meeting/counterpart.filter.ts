import { ArgsType, Field } from "type-graphql";
import { ForwardPageArgs } from "../query/connection.js";
import { CounterpartSide } from "./counterpart.enums.js";
import { MeetingFilter } from "./meeting.filter.js";

/** The arguments of `counterparts` and `describedCounterparts`. */
@ArgsType()
export class CounterpartListArgs extends ForwardPageArgs {
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
}
