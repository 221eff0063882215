import { ArgsType, Field } from "type-graphql";
import { PageArgs } from "../query/page.args.js";
import { MeetingFilter } from "./meeting.filter.js";
import { MeetingOrder } from "./meeting.order.js";

@ArgsType()
export class MeetingListArgs extends PageArgs {
  @Field(() => MeetingFilter, { nullable: true, description: "Which of them; all when absent." })
  filter?: MeetingFilter | null;

  @Field(() => MeetingOrder, {
    nullable: true,
    defaultValue: MeetingOrder.DATE_DESC,
    description: "How they are listed; null means the default.",
  })
  orderBy?: MeetingOrder | null;
}
