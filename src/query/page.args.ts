import { ArgsType, Field, Int } from "type-graphql";

@ArgsType()
export class ForwardPageArgs {
  @Field(() => Int, {
    nullable: true,
    description:
      "How many from the start, or after `after`: 0 to 100, 20 when neither it nor `last` is given.",
  })
  first?: number | null;

  @Field(() => String, {
    nullable: true,
    description: "Only what follows this cursor of the same field and order.",
  })
  after?: string | null;
}

@ArgsType()
export class PageArgs extends ForwardPageArgs {
  @Field(() => Int, {
    nullable: true,
    description: "How many from the end, or before `before`: 0 to 100; not together with `first`.",
  })
  last?: number | null;

  @Field(() => String, {
    nullable: true,
    description: "Only what precedes this cursor of the same field and order.",
  })
  before?: string | null;
}

/** Makes the arguments of a list with a filter, and with `orderBy` if it has several orders. */
export function listArgs<Filter extends object, Order extends string = never>(
  filter: new () => Filter,
  order?: Record<string, Order>,
  defaultValue?: Order,
) {
  @ArgsType()
  class ListArgs extends PageArgs {
    @Field(() => filter, { nullable: true, description: "Which of them; all when absent." })
    filter?: Filter | null;

    orderBy?: Order | null;
  }
  if (order) {
    const description = "How they are listed; null means the default.";
    Field(() => order, { nullable: true, defaultValue, description })(
      ListArgs.prototype,
      "orderBy",
    );
  }
  return ListArgs;
}
