import { Arg, Args, Ctx, FieldResolver, Query, Resolver, Root } from "type-graphql";
import { Agreement } from "../agreement/agreement.entity.js";
import type { Context } from "../context.js";
import { LookAhead, type Selection } from "../graphql/look-ahead.js";
import { Country } from "../country/country.entity.js";
import { Organization } from "../organization/organization.entity.js";
import { edge, ROOT } from "../graphql/edges.js";
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
    return loaders.meetingBySlug(selected).load(slug);
  }

  @Query(() => MeetingConnection, { nullable: true, description: "Every meeting on record." })
  meetings(
    @Args(() => MeetingListArgs) args: MeetingListArgs,
    @Ctx() { loaders }: Context,
    @LookAhead() selected: Selection,
  ) {
    return loaders.meetings("Query", ROOT, args, selected);
  }

  @FieldResolver(() => Place, {
    nullable: true,
    description: "The place; null when unknown or several.",
  })
  place(@Root() meeting: Meeting, @Ctx() { loaders }: Context) {
    return edge(loaders.placeById(), meeting.placeId);
  }

  @FieldResolver(() => [Place], { description: "Every place it was at; empty when unknown." })
  places(@Root() meeting: Meeting, @Ctx() { loaders }: Context, @LookAhead() selected: Selection) {
    return loaders.placesOfMeeting(selected).load(meeting.id);
  }

  @FieldResolver(() => Country, {
    nullable: true,
    description:
      "The country of that date, as the document gives it (Moscow in 1990: SUHH); may be known without the place.",
  })
  placeCountry(@Root() meeting: Meeting, @Ctx() { loaders }: Context) {
    return edge(loaders.countryByCode(), meeting.placeCountryCode);
  }

  @FieldResolver(() => Organization, {
    nullable: true,
    description: "The organization that holds it; null when none is known.",
  })
  convener(@Root() meeting: Meeting, @Ctx() { loaders }: Context) {
    return edge(loaders.organizationById(), meeting.convenerId);
  }

  @FieldResolver(() => Meeting, {
    nullable: true,
    description: "The larger meeting it is part of or on the sidelines of.",
  })
  parent(@Root() meeting: Meeting, @Ctx() { loaders }: Context) {
    return edge(loaders.meetingById(), meeting.parentId);
  }

  @FieldResolver(() => MeetingConnection, {
    nullable: true,
    description: "The meetings whose parent it is.",
  })
  children(
    @Root() meeting: Meeting,
    @Args(() => MeetingListArgs) args: MeetingListArgs,
    @Ctx() { loaders }: Context,
    @LookAhead() selected: Selection,
  ) {
    return loaders.meetings("Meeting", meeting.id, args, selected);
  }

  @FieldResolver(() => ParticipationConnection, {
    nullable: true,
    description: "Who takes part, in the order of the record.",
  })
  participations(
    @Root() meeting: Meeting,
    @Args(() => ForwardPageArgs) args: ForwardPageArgs,
    @Ctx() { loaders }: Context,
    @LookAhead() selected: Selection,
  ) {
    return loaders.participations(meeting.id, args, selected);
  }

  @FieldResolver(() => [Country], { description: "The countries it was attended for, by name." })
  countries(@Root() meeting: Meeting, @Ctx() { loaders }: Context) {
    return loaders.countriesOfMeeting.load(meeting.id);
  }

  @FieldResolver(() => [Agreement], { description: "What was signed or exchanged at it." })
  agreements(@Root() meeting: Meeting, @Ctx() { loaders }: Context) {
    return loaders.agreementsOfMeeting.load(meeting.id);
  }

  @FieldResolver(() => [Citation], { description: "The passages that prove it; never empty." })
  citations(
    @Root() meeting: Meeting,
    @Ctx() { loaders }: Context,
    @LookAhead() selected: Selection,
  ) {
    return loaders.citationsOfMeeting(selected).load(meeting.id);
  }
}
