import { Arg, Args, Ctx, Extensions, FieldResolver, Query, Resolver } from "type-graphql";
import { Agreement } from "../agreement/agreement.entity.js";
import type { Context } from "../context.js";
import { Country } from "../country/country.entity.js";
import {
  LookAhead,
  LookAheadPage,
  type PageSelection,
  type Selection,
} from "../graphql/look-ahead.js";
import { FromRow, JoinedRow, JoinedRows } from "../graphql/row-fields.js";
import { Organization } from "../organization/organization.entity.js";
import { Person } from "../person/person.entity.js";
import { Place } from "../place/place.entity.js";
import { connectionType, ForwardPageArgs } from "../query/connection.js";
import { facetsResolver } from "../query/facet.js";
import { Citation } from "../source/citation.entity.js";
import { citationsBy } from "../source/citation.sql.js";
import { SourceDocument } from "../source/source-document.entity.js";
import { Meeting } from "./meeting.entity.js";
import { MeetingFacet } from "./meeting.facets.js";
import { MeetingListArgs } from "./meeting.filter.js";
import type { MeetingParent } from "./meeting.where.js";
import { Participation } from "./participation.entity.js";

const MeetingConnection = connectionType("Meeting", Meeting);
const ParticipationConnection = connectionType("Participation", Participation);

@Resolver(() => Meeting)
export class MeetingResolver {
  @Query(() => Meeting, {
    nullable: true,
    description: "A meeting by slug, present or former; null when unknown.",
  })
  meeting(
    @Arg("slug", () => String, { description: "Its slug." }) slug: string,
    @Ctx() { loaders }: Context,
    @LookAhead() selected: Selection,
  ) {
    return loaders.byKey("Meeting", "slug", slug, selected);
  }

  @Query(() => MeetingConnection, { nullable: true, description: "Every meeting on record." })
  meetings(
    @Args(() => MeetingListArgs) args: MeetingListArgs,
    @Ctx() { loaders }: Context,
    @LookAheadPage() page: PageSelection,
  ) {
    return loaders.meetings(args, page);
  }

  @JoinedRow(Meeting, "placeId", Place, {
    nullable: true,
    description: "The place; null when unknown or several.",
  })
  place: Place | null;

  @JoinedRows(
    Meeting,
    Place,
    {
      from: (x) => `meeting_place ${x}_at JOIN place ${x} ON ${x}.id = ${x}_at.place_id`,
      parentId: (x) => `${x}_at.meeting_id`,
      order: (x) => `${x}_at.position`,
    },
    { listSize: 3, description: "Every place it was at; empty when unknown." },
  )
  places: Place[];

  @JoinedRow(Meeting, "placeCountryCode", Country, {
    nullable: true,
    description:
      "The country of that date, as the document gives it (Moscow in 1990: SUHH); may be known without the place.",
  })
  placeCountry: Country | null;

  @JoinedRow(Meeting, "convenerId", Organization, {
    nullable: true,
    description: "The organization that holds it; null when none is known.",
  })
  convener: Organization | null;

  @JoinedRow(Meeting, "parentId", Meeting, {
    nullable: true,
    description: "The larger meeting it is part of or on the sidelines of.",
  })
  parent: Meeting | null;

  @FieldResolver(() => MeetingConnection, {
    nullable: true,
    description: "The meetings whose parent it is.",
  })
  children(
    @FromRow(Meeting, "id") id: string,
    @Args(() => MeetingListArgs) args: MeetingListArgs,
    @Ctx() { loaders }: Context,
    @LookAheadPage() page: PageSelection,
  ) {
    return loaders.meetings(args, page, "Meeting", id);
  }

  @FieldResolver(() => ParticipationConnection, {
    nullable: true,
    description: "Who takes part, in the order of the record.",
  })
  participations(
    @FromRow(Meeting, "id") id: string,
    @Args(() => ForwardPageArgs) args: ForwardPageArgs,
    @Ctx() { loaders }: Context,
    @LookAheadPage() page: PageSelection,
  ) {
    return loaders.participations(args, page, "Meeting", id);
  }

  @Extensions({ listSize: 10 })
  @FieldResolver(() => [Country], { description: "The countries it was attended for, by name." })
  countries(@FromRow(Meeting, "id") id: string, @Ctx() { loaders }: Context) {
    return loaders.countriesOfMeeting.load(id);
  }

  @Extensions({ listSize: 3 })
  @FieldResolver(() => [Agreement], { description: "What was signed or exchanged at it." })
  agreements(@FromRow(Meeting, "id") id: string, @Ctx() { loaders }: Context) {
    return loaders.agreementsOfMeeting.load(id);
  }

  @JoinedRows(Meeting, Citation, citationsBy("meeting_id"), {
    listSize: 5,
    description: "The passages that prove it; never empty.",
  })
  citations: Citation[];
}

export const MeetingFacetsResolver = facetsResolver(MeetingConnection, MeetingFacet, "meetings");

/** Makes the resolver class for the list of meetings of a type. */
function meetingsOf<Key extends string>(
  parent: MeetingParent,
  entity: new () => Record<Key, string>,
  key: Key,
  description: string,
) {
  @Resolver(() => entity)
  class MeetingsResolver {
    @FieldResolver(() => MeetingConnection, { nullable: true, description })
    meetings(
      @FromRow(entity, key) id: string,
      @Args(() => MeetingListArgs) args: MeetingListArgs,
      @Ctx() { loaders }: Context,
      @LookAheadPage() page: PageSelection,
    ) {
      return loaders.meetings(args, page, parent, id);
    }
  }
  return MeetingsResolver;
}

export const meetingsOn = [
  meetingsOf(
    "Person",
    Person,
    "id",
    "The meetings this person takes part in. `statedOnly` asks that the document names the person. A journey or a conference is one of " +
      "them only where the person is on record as taking part in it as a whole, which no meeting below it says: `parent` leads to it, " +
      "the filter's `within` from it to those.",
  ),
  meetingsOf(
    "Country",
    Country,
    "code",
    "The meetings somebody takes part in on its behalf. `statedOnly` asks that the document says so.",
  ),
  meetingsOf(
    "Place",
    Place,
    "id",
    "The meetings held here. `statedOnly` asks that the document names the place.",
  ),
  meetingsOf(
    "Organization",
    Organization,
    "id",
    "The meetings it convenes, or takes part in. `statedOnly` asks that the document says who took part for it.",
  ),
  meetingsOf("SourceDocument", SourceDocument, "id", "The meetings that cite this document."),
];
