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
import { FromRow } from "../graphql/row-fields.js";
import { Organization } from "../organization/organization.entity.js";
import { Person } from "../person/person.entity.js";
import { connectionType } from "../query/connection.js";
import { PartialDate } from "../scalars/partial-date.js";
import { type DescribedRow, LATEST_MEETINGS } from "./counterpart.described.js";
import { CounterpartSide } from "./counterpart.enums.js";
import { MetListArgs } from "./counterpart.filter.js";
import { Meeting } from "./meeting.entity.js";

@ObjectType({
  description:
    "Somebody whom a person met and documents only describe: an office, a surname, `a senior official`. Participations with the same words, country " +
    "and organization are one. They need not be one person: the words may mean several in turn, and several of these one, or " +
    "one who is named elsewhere.",
})
class DescribedCounterpart {
  @Field(() => String, {
    description:
      "In the document's sense, to the letter of the record: `Participation.description`.",
  })
  description: string;

  @Field(() => CounterpartSide, {
    description:
      "OTHER if they were on another side at one meeting at least; only such meetings are then counted. UNKNOWN if no meeting shows " +
      "that they were on another side; the meetings where that is unknown are then counted.",
  })
  side: CounterpartSide;

  @Field(() => Int, { description: "At how many meetings." })
  meetingCount: number;

  @Field(() => PartialDate, {
    nullable: true,
    description:
      "When the latest of these meetings began, or ended where its first day is unknown; null when none has a date.",
  })
  lastMet: string | null;
}

const DescribedCounterpartConnection = connectionType(
  "DescribedCounterpart",
  DescribedCounterpart,
  {
    of: "a list of those whom a person met and documents only describe",
    counted:
      "How many different descriptions of the requested sides there are, filter applied; this is no number of people.",
  },
);

@Resolver(() => Person)
export class PersonDescribedCounterpartsResolver {
  @FieldResolver(() => DescribedCounterpartConnection, {
    nullable: true,
    description:
      "Whom this person met without a name on record: participants without `person`, but with a `description`, by the same rules of meetings, " +
      "sides and parts played as `counterparts`, to which they are no addition: nobody is made a person here. Whoever takes part as a country or an organization alone is " +
      "not in either list. Most meetings first, then the latest, then by meeting and in the order of its record. The order is " +
      "computed when asked: a load between two pages may move a row, so that it comes twice or not at all.",
  })
  describedCounterparts(
    @FromRow(Person, "id") id: string,
    @Args(() => MetListArgs) args: MetListArgs,
    @Ctx() { loaders }: Context,
  ) {
    return loaders.describedCounterparts(id, args);
  }
}

@Resolver(() => DescribedCounterpart)
export class DescribedCounterpartResolver {
  @FieldResolver(() => Country, {
    nullable: true,
    description:
      "The country on whose behalf, at all of these meetings; null where none is on record.",
  })
  country(@Root() { countryCode }: DescribedRow, @Ctx() { loaders }: Context) {
    return countryCode === null ? null : loaders.byForeignKey(Country, countryCode);
  }

  @FieldResolver(() => Organization, {
    nullable: true,
    description:
      "The organization on whose behalf, at all of these meetings; null where none is on record.",
  })
  organization(@Root() { organizationId }: DescribedRow, @Ctx() { loaders }: Context) {
    return organizationId === null ? null : loaders.byForeignKey(Organization, organizationId);
  }

  @Extensions({ listSize: LATEST_MEETINGS })
  @FieldResolver(() => [Meeting], {
    description: `These meetings, the latest first, those without a date last; ${LATEST_MEETINGS} at most.`,
  })
  latestMeetings(@Root() { meetingIds }: DescribedRow, @Ctx() { loaders }: Context) {
    return Promise.all(meetingIds.map((id) => loaders.byForeignKey(Meeting, id)));
  }
}
