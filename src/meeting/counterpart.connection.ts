import { Field, Int, ObjectType } from "type-graphql";
import { connectionType } from "../paging/connection.js";
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

export const CounterpartConnection = connectionType("Counterpart", Person, {
  edge: CounterpartEdge,
  of: "a list of counterparts",
  counted: "How many counterparts there are, filter applied.",
});
