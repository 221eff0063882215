import { Field, InputType } from "type-graphql";
import { listArgs } from "../query/connection.js";
import { CountryCode } from "../scalars/country-code.js";
import { PartialDateRange } from "../scalars/date-range.js";
import { RecordTimeRange } from "../scalars/time-range.js";
import {
  MeetingCoverage,
  MeetingKind,
  MeetingMode,
  MeetingStatus,
  ParentRelation,
  ParticipationRole,
} from "./meeting.enums.js";
import { MeetingOrder } from "./meeting.order.js";

@InputType({
  description:
    "Which meetings to list. A list means any of its values unless its name says all, an empty one matches nothing; " +
    "different fields must all hold; null is absent. Slugs may be former ones; at most 100 values a list. Where nothing matches, a slug of a person given as an organization's, or the " +
    "other way round, is BAD_USER_INPUT.",
})
export class MeetingFilter {
  @Field(() => [String], { nullable: true, description: "Their slugs." })
  slugs?: string[] | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Words of the title, in web-search syntax: words, "a phrase", or, -not. Accents and case do not matter; words are ' +
      "also found by their English stem. A text without words matches nothing. At most 300 characters.",
  })
  text?: string | null;

  @Field(() => [String], {
    nullable: true,
    description: "Slugs of people, one of whom takes part.",
  })
  people?: string[] | null;

  @Field(() => [String], { nullable: true, description: "Slugs of people who all take part." })
  allPeople?: string[] | null;

  @Field(() => [CountryCode], {
    nullable: true,
    description: "Countries, on behalf of one of which somebody takes part.",
  })
  participantCountries?: string[] | null;

  @Field(() => [CountryCode], {
    nullable: true,
    description: "Countries, on behalf of each of which somebody takes part.",
  })
  allParticipantCountries?: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description: "Slugs of organizations, one of which takes part or convenes it.",
  })
  organizations?: string[] | null;

  @Field(() => [ParticipationRole], {
    nullable: true,
    description:
      "Parts played: those named by `people`, `allPeople`, `participantCountries`, `allParticipantCountries` or `organizations`, and the " +
      "field's parent, take part in one of these; an organization that only convenes it does not. Where none of them is given, " +
      "anybody does.",
  })
  roles?: ParticipationRole[] | null;

  @Field(() => [String], {
    nullable: true,
    description: "Keys of documents, to the letter, one of which it cites.",
  })
  documents?: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description: "Slugs of meetings, one of which it is directly under.",
  })
  parents?: string[] | null;

  @Field(() => [ParentRelation], {
    nullable: true,
    description: "How it belongs to its parent; one without a parent never matches.",
  })
  parentRelations?: ParentRelation[] | null;

  @Field(() => [String], {
    nullable: true,
    description: "Slugs of meetings: each of them, and all below it at any depth.",
  })
  within?: string[] | null;

  @Field(() => [String], { nullable: true, description: "Slugs of places, one of which it is at." })
  places?: string[] | null;

  @Field(() => [CountryCode], {
    nullable: true,
    description: "Countries of that date, in one of which it is.",
  })
  placeCountries?: string[] | null;

  @Field(() => PartialDateRange, {
    nullable: true,
    description: "When it is, from its first day to its last: any overlap counts.",
  })
  date?: PartialDateRange | null;

  @Field(() => [MeetingKind], { nullable: true, description: "Sorts of event." })
  kinds?: MeetingKind[] | null;

  @Field(() => [MeetingStatus], {
    nullable: true,
    description: "Whether it took place; meetings without a status never match.",
  })
  statuses?: MeetingStatus[] | null;

  @Field(() => [MeetingMode], {
    nullable: true,
    description: "How the sides met; meetings without a mode never match.",
  })
  modes?: MeetingMode[] | null;

  @Field(() => [MeetingCoverage], {
    nullable: true,
    description: "Whether a document is about it or only mentions it.",
  })
  coverages?: MeetingCoverage[] | null;

  @Field(() => RecordTimeRange, {
    nullable: true,
    description: "When it came on record.",
  })
  recordedAt?: RecordTimeRange | null;

  @Field(() => RecordTimeRange, {
    nullable: true,
    description: "When it last changed on record; what never changed did when it came on record.",
  })
  changedAt?: RecordTimeRange | null;

  @Field(() => Boolean, {
    nullable: true,
    defaultValue: false,
    description:
      "Whether every fact that this filter, or the field's parent, asks about must be STATED: the person of `people`, the place of `places`, the date of `date`, the " +
      "country or organization of the participants. Facts without a certainty of their own count as STATED.",
  })
  statedOnly?: boolean | null;
}

export const MeetingListArgs = listArgs(MeetingFilter, MeetingOrder, MeetingOrder.DATE_DESC);
export type MeetingListArgs = InstanceType<typeof MeetingListArgs>;
