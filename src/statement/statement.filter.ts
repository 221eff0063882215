import { Field, ID, InputType } from "type-graphql";
import { listArgs } from "../query/connection.js";
import { CountryCode } from "../scalars/country-code.js";
import { PartialDateRange } from "../scalars/date-range.js";
import { RecordTimeRange } from "../scalars/time-range.js";
import { RecordStanding } from "../source/source.enums.js";
import { StatementForm } from "./statement.enums.js";
import { StatementOrder } from "./statement.order.js";

@InputType({
  description:
    "Which statements to list. A list means any of its values unless its name says all, an empty one matches nothing; " +
    "different fields must all hold; null is absent. Slugs may be former ones; at most 100 values a list. Where nothing matches, a slug of a person given as an organization's, or the " +
    "other way round, is BAD_USER_INPUT.",
})
export class StatementFilter {
  @Field(() => [ID], { nullable: true, description: "Their ids." })
  ids?: string[] | null;

  @Field(() => String, {
    nullable: true,
    description:
      'Words of the text or audience, in web-search syntax: words, "a phrase", or, -not. Accents and case do not matter; ' +
      "words are also found by their stem, in the language of the statement. A text without words matches nothing. " +
      "At most 300 characters.",
  })
  text?: string | null;

  @Field(() => [String], { nullable: true, description: "Slugs of people, one of whom speaks." })
  speakers?: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description: "Slugs of people who all speak: on one side or each on their own.",
  })
  allSpeakers?: string[] | null;

  @Field(() => [CountryCode], {
    nullable: true,
    description: "Countries, on behalf of one of which it is said.",
  })
  speakerCountries?: string[] | null;

  @Field(() => [CountryCode], {
    nullable: true,
    description: "Countries, on behalf of all of which it is said: what they say together.",
  })
  allSpeakerCountries?: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description: "Slugs of organizations, on behalf of one of which it is said.",
  })
  speakerOrganizations?: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description: "Slugs of people, to one of whom it is said.",
  })
  addressees?: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description: "Slugs of organizations, to one of which it is said.",
  })
  addresseeOrganizations?: string[] | null;

  @Field(() => [CountryCode], {
    nullable: true,
    description:
      "Countries, to one of which it is said, or to somebody whom the statement gives as addressed on its behalf. " +
      "A person who is addressed without a country does not count.",
  })
  addresseeCountries?: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description: "Slugs of meetings at one of which it is said.",
  })
  meetings?: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description:
      "Slugs of meetings at one of which, or at a meeting below it at any depth, it is said.",
  })
  within?: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description:
      "Slugs of places in one of which it is said; its meeting's place counts where it has none of its own.",
  })
  places?: string[] | null;

  @Field(() => [CountryCode], {
    nullable: true,
    description: "Countries of that date, in one of which it is said.",
  })
  placeCountries?: string[] | null;

  @Field(() => PartialDateRange, {
    nullable: true,
    description:
      "When it is said: any overlap counts. At a meeting of several days the whole meeting.",
  })
  date?: PartialDateRange | null;

  @Field(() => [StatementForm], {
    nullable: true,
    description: "Quoted, summarised, or a note-taker's account.",
  })
  forms?: StatementForm[] | null;

  @Field(() => Boolean, {
    nullable: true,
    description: "True: said by more than one side. False: by one alone.",
  })
  joint?: boolean | null;

  @Field(() => [String], {
    nullable: true,
    description: "Slugs of topics, one of which it is about.",
  })
  topics?: string[] | null;

  @Field(() => [String], {
    nullable: true,
    description: "Keys of documents, to the letter, one of which it cites.",
  })
  documents?: string[] | null;

  @Field(() => String, {
    nullable: true,
    description:
      "Words of `reportedBy` of one of its citations, in web-search syntax: `Dong Jun`. Accents and case do not matter. " +
      "A text without words matches nothing. At most 300 characters.",
  })
  reportedBy?: string | null;

  @Field(() => [RecordStanding], {
    nullable: true,
    description: "Whether it still stands. Absent: all but RETRACTED.",
  })
  standings?: RecordStanding[] | null;

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
      "Whether every fact that this filter, or the field's parent, asks about must be STATED: the person of `speakers`, the place of `places`, the date of `date`, the " +
      "country or organization of the speakers, the addressees. Facts without a certainty of their own count as STATED.",
  })
  statedOnly?: boolean | null;
}

export const NewestStatementsArgs = listArgs(
  StatementFilter,
  StatementOrder,
  StatementOrder.DATE_DESC,
);
export const StatementsByPositionArgs = listArgs(
  StatementFilter,
  StatementOrder,
  StatementOrder.POSITION,
);
export type StatementListArgs = InstanceType<typeof NewestStatementsArgs>;
