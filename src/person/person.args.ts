import { ArgsType, Field } from "type-graphql";
import { PageArgs } from "../paging/page.args.js";
import { PersonOrder } from "./person.order.js";

@ArgsType()
export class PersonListArgs extends PageArgs {
  @Field(() => PersonOrder, {
    nullable: true,
    defaultValue: PersonOrder.NAME_ASC,
    description: "How they are listed; null means the default.",
  })
  orderBy?: PersonOrder | null;
}
