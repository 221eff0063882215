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
