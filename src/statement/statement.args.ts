import { ArgsType, Field } from "type-graphql";
import { PageArgs } from "../query/page.args.js";
import { StatementFilter } from "./statement.filter.js";
import { StatementOrder } from "./statement.order.js";

/** The arguments of a list of statements, with the order that it has when a client names none. */
function listArgs(defaultOrder: StatementOrder) {
  @ArgsType()
  class ListArgs extends PageArgs {
    @Field(() => StatementFilter, {
      nullable: true,
      description: "Which of them; all when absent.",
    })
    filter?: StatementFilter | null;

    @Field(() => StatementOrder, {
      nullable: true,
      defaultValue: defaultOrder,
      description: "How they are listed; null means the default.",
    })
    orderBy?: StatementOrder | null;
  }
  return ListArgs;
}

export const NewestStatementsArgs = listArgs(StatementOrder.DATE_DESC);
export const StatementsAsToldArgs = listArgs(StatementOrder.POSITION);
export type StatementListArgs = InstanceType<typeof NewestStatementsArgs>;
