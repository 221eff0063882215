import { ArgsType, Field } from "type-graphql";
import { ForwardPageArgs } from "../paging/page.args.js";
import { MeetingFilter } from "./meeting.filter.js";

@ArgsType()
export class CounterpartListArgs extends ForwardPageArgs {
  @Field(() => MeetingFilter, {
    nullable: true,
    description:
      "Which meetings count; all when absent. `statedOnly` asks that the document names the person whose counterparts they are, too.",
  })
  filter?: MeetingFilter | null;
}
