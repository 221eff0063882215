import { ArgsType, Field } from "type-graphql";
import { PageArgs } from "../query/page.args.js";
import { PersonFilter } from "./person.filter.js";
import { PersonOrder } from "./person.order.js";

@ArgsType()
export class PersonListArgs extends PageArgs {
  @Field(() => PersonFilter, { nullable: true, description: "Which of them; all when absent." })
  filter?: PersonFilter | null;

  @Field(() => PersonOrder, {
    nullable: true,
    defaultValue: PersonOrder.NAME_ASC,
    description: "How they are listed; null means the default.",
  })
  orderBy?: PersonOrder | null;
}
