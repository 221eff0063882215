import { Field, Int, ObjectType } from "type-graphql";
import { PageInfo } from "../paging/connection.js";
import { Person } from "../person/person.entity.js";
import { PartialDate } from "../scalars/partial-date.js";

@ObjectType({
  description:
    "One whom a person met, and what is known of their meetings: those that the list's filter matches.",
})
export class CounterpartEdge {
  @Field(() => String, { description: "Opaque; good for `after` of the same field." })
  cursor: string;

  @Field(() => Person, { description: "The counterpart." })
  node: Person;

  @Field(() => Int, { description: "At how many meetings the two met." })
  meetingCount: number;

  @Field(() => PartialDate, {
    nullable: true,
    description:
      "When the latest of these meetings began, or ended where its first day is unknown; null when none has a date.",
  })
  lastMet: string | null;
}

@ObjectType({
  description:
    "A page of a list of counterparts (Relay cursor connections), 20 rows by default, 100 at most.",
  simpleResolvers: true,
})
export class CounterpartConnection {
  @Field(() => [CounterpartEdge], { description: "The rows of the page with their cursors." })
  edges: CounterpartEdge[];

  @Field(() => [Person], { description: "The rows of the page: `node` of each edge." })
  nodes: Person[];

  @Field(() => PageInfo, { description: "Where the page stands in the list." })
  pageInfo: PageInfo;

  @Field(() => Int, {
    nullable: true,
    description:
      "How many counterparts there are, filter applied. Costs a statement of its own when selected.",
  })
  totalCount: number | null;
}
