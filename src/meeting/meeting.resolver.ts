import { Arg, Args, Ctx, FieldResolver, Query, Resolver } from "type-graphql";
import { FromRow, JoinedRow, JoinedRows } from "../graphql/row-fields.js";
import { citationsBy } from "../source/citation.sql.js";
import { Agreement } from "../agreement/agreement.entity.js";
import type { Context } from "../context.js";
import { LookAhead, type Selection } from "../graphql/look-ahead.js";
import { Country } from "../country/country.entity.js";
import { Organization } from "../organization/organization.entity.js";
import { ROOT } from "../graphql/edges.js";
import { ForwardPageArgs } from "../query/page.args.js";
import { Place } from "../place/place.entity.js";
import { Citation } from "../source/citation.entity.js";
import { MeetingListArgs } from "./meeting.args.js";
import { MeetingConnection } from "./meeting.connection.js";
import { Meeting } from "./meeting.entity.js";
import { ParticipationConnection } from "./participation.connection.js";

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
    @LookAhead() selected: Selection,
  ) {
    return loaders.meetings("Query", ROOT, args, selected);
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
    { description: "Every place it was at; empty when unknown." },
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
    @LookAhead() selected: Selection,
  ) {
    return loaders.meetings("Meeting", id, args, selected);
  }

  @FieldResolver(() => ParticipationConnection, {
    nullable: true,
    description: "Who takes part, in the order of the record.",
  })
  participations(
    @FromRow(Meeting, "id") id: string,
    @Args(() => ForwardPageArgs) args: ForwardPageArgs,
    @Ctx() { loaders }: Context,
    @LookAhead() selected: Selection,
  ) {
    return loaders.participations(id, args, selected);
  }

  @FieldResolver(() => [Country], { description: "The countries it was attended for, by name." })
  countries(@FromRow(Meeting, "id") id: string, @Ctx() { loaders }: Context) {
    return loaders.countriesOfMeeting.load(id);
  }

  @FieldResolver(() => [Agreement], { description: "What was signed or exchanged at it." })
  agreements(@FromRow(Meeting, "id") id: string, @Ctx() { loaders }: Context) {
    return loaders.agreementsOfMeeting.load(id);
  }

  @JoinedRows(Meeting, Citation, citationsBy("meeting_id"), {
    description: "The passages that prove it; never empty.",
  })
  citations: Citation[];
}
