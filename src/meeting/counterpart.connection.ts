import { Field, Int, ObjectType } from "type-graphql";
import { connectionType } from "../query/connection.js";
import { Person } from "../person/person.entity.js";
import { PartialDate } from "../scalars/partial-date.js";
import { CounterpartSide } from "./counterpart.enums.js";

@ObjectType({
  description:
    "One whom a person met, and what is known of their meetings: those that the list's filter matches and that `side` tells of.",
})
export class CounterpartEdge {
  @Field(() => String, { description: "Opaque; good for `after` of the same field." })
  cursor: string;

  @Field(() => Person, { description: "The counterpart." })
  node: Person;

  @Field(() => CounterpartSide, {
    description:
      "OTHER where the two were of different sides at one meeting at least: what the edge tells is then of such meetings alone. " +
      "UNKNOWN where none of them tells: it is of those at which that is unknown.",
  })
  side: CounterpartSide;

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
  counted: "How many counterparts of the asked sides there are, filter applied.",
});
