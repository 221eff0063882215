import {
  Args,
  Ctx,
  Extensions,
  Field,
  FieldResolver,
  Int,
  ObjectType,
  Resolver,
  Root,
} from "type-graphql";
import type { Context } from "../context.js";
import { Country } from "../country/country.entity.js";
import { LookAheadPage, type PageSelection } from "../graphql/look-ahead.js";
import { FromRow } from "../graphql/row-fields.js";
import type { Loaders } from "../loaders.js";
import { Person } from "../person/person.entity.js";
import { connectionType, NULL_ON_ERROR, READ_SEPARATELY } from "../query/connection.js";
import { PartialDate } from "../scalars/partial-date.js";
import { CounterpartSide } from "./counterpart.enums.js";
import { CounterpartListArgs } from "./counterpart.filter.js";

@ObjectType({
  description:
    "One whom a person met, with a summary of their meetings: those that match the list's filter and have this `side`.",
})
class CounterpartEdge {
  @Field(() => String, { description: "Opaque; good for `after` of the same field." })
  cursor: string;

  @Field(() => Person, { description: "The counterpart." })
  node: Person;

  @Field(() => CounterpartSide, {
    description:
      "OTHER if the two were on different sides at one meeting at least; the edge then counts only such meetings. UNKNOWN if no " +
      "meeting shows that they were on different sides; the edge then counts the meetings where that is unknown.",
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

const CounterpartConnection = connectionType("Counterpart", Person, {
  edge: CounterpartEdge,
  of: "a list of counterparts",
  counted: "How many counterparts of the requested sides there are, filter applied.",
});

@Resolver(() => Person)
export class PersonCounterpartsResolver {
  @FieldResolver(() => CounterpartConnection, {
    nullable: true,
    description:
      "Whom this person met: people of another side who took part in the same meeting, one that a document says was HELD, calls " +
      "included. A side is the country that one takes part for, else the countries of the offices held on the meeting's date (of a " +
      "meeting without one, of those attested by a document, other than a dataset, which the participation cites too), which is " +
      "INFERRED, else the organization. An interpreter or a note-taker takes no side: they meet nobody so, unless the filter's `roles` has " +
      "theirs. Where either side is unknown nobody is taken to be of another: `sides` lists these too, " +
      "`unknownSideCount` counts them. A journey or conference above a meeting of the two does not count as well. On a VISIT with guests one of the two is a GUEST: " +
      "those whom a guest met need not have met each other. Most meetings " +
      "first, then the latest, then by id. Only people with a name on record are here: `describedCounterparts` has those whom documents " +
      "describe, `describedCount` says how many. The order is computed when asked: a load between two pages may move a row, so that it " +
      "comes twice or not at all.",
  })
  counterparts(
    @FromRow(Person, "id") id: string,
    @Args(() => CounterpartListArgs) args: CounterpartListArgs,
    @LookAheadPage() page: PageSelection,
    @Ctx() { loaders }: Context,
  ) {
    return loaders.counterparts(id, args, page);
  }
}

type LoadedConnection = ReturnType<Loaders["counterparts"]>;
type LoadedEdge = Awaited<ReturnType<LoadedConnection["edges"]>>[number];

@Resolver(() => CounterpartConnection)
export class CounterpartConnectionResolver {
  @FieldResolver(() => Int, {
    nullable: true,
    description:
      "How many people were met, filter applied, whose `side` is UNKNOWN, whatever `sides` lists: how many may be missing from a " +
      `list of OTHER. ${READ_SEPARATELY} ${NULL_ON_ERROR}`,
  })
  unknownSideCount(@Root() list: LoadedConnection) {
    return list.unknownSideCount();
  }

  @FieldResolver(() => Int, {
    nullable: true,
    description:
      "How many participants of the requested sides, filter but not `people` applied, documents only describe and do not name, each counted at every meeting: the sum of " +
      "`meetingCount` in `Person.describedCounterparts`. How many people they are is unknown, and whether some are listed here by name. " +
      `${READ_SEPARATELY} ${NULL_ON_ERROR}`,
  })
  describedCount(@Root() list: LoadedConnection) {
    return list.describedCount();
  }
}

@Resolver(() => CounterpartEdge)
export class CounterpartEdgeResolver {
  @Extensions({ listSize: 3 })
  @FieldResolver(() => [Country], {
    description:
      "The countries that were the counterpart's side at these meetings, by name; none where that is an organization or unknown. " +
      "Several where it changed, or where offices of several were held at once.",
  })
  countries(@Root() edge: LoadedEdge, @Ctx() { loaders }: Context) {
    return Promise.all(edge.countryCodes().map((code) => loaders.byForeignKey(Country, code)));
  }
}
