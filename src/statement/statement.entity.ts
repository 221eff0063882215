import { Directive, Field, ID, ObjectType } from "type-graphql";
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from "typeorm";
import { PartialDate, PartialDateField } from "../scalars/partial-date.js";
import { Country } from "../country/country.entity.js";
import { Meeting } from "../meeting/meeting.entity.js";
import { Place } from "../place/place.entity.js";
import { FactCertainty, RecordStanding } from "../source/source.enums.js";
import { SourceDocument } from "../source/source-document.entity.js";
import { StatementForm, StatementSpeech } from "./statement.enums.js";

@ObjectType({
  description:
    "Something said on one occasion by one side or by several together (Popolo Speech, schema.org Quotation). " +
    "Reported twice, it is one statement with two citations.",
})
@Directive('@key(fields: "id")')
@Entity({ name: "statement" })
@Index("statement_newest", ["newest", "told"])
@Index("statement_told", ["told"])
@Index("statement_any_standing", { synchronize: false })
@Index("statement_longest", { synchronize: false })
@Index("statement_words", { synchronize: false })
@Index("statement_language", ["language"])
@Index("statement_meeting", ["meetingId", "told"])
@Index("statement_meeting_newest", ["meetingId", "newest", "told"])
@Index("statement_place", ["placeId", "newest", "told"])
@Index("statement_place_told", ["placeId", "told"])
@Index("statement_place_country", ["placeCountryCode", "newest", "told"])
@Index("statement_place_country_told", ["placeCountryCode", "told"])
@Index("statement_recorded", ["recordedIn", "id"])
@Index("statement_changed", ["changedIn", "id"])
@Check("statement_text_length", `char_length(text) <= 50000`)
@Check("statement_date", `(date_from IS NULL) = (date_certainty IS NULL)`)
@Check("statement_date_bounds", `date_from <= date_to AND date_from <= date_until`)
@Check(
  "statement_place_certainty",
  `(place_id IS NULL AND place_country_code IS NULL) = (place_certainty IS NULL)`,
)
export class Statement {
  @Field(() => ID, { description: "UUID, the same on every installation of the same record." })
  @PrimaryColumn("uuid")
  readonly id: string;

  @Field(() => String, {
    description:
      "Its key in record files, for ever the same: the key of the document that first reported it, a slash and a label. " +
      "statementByKey finds it.",
  })
  @Column("text")
  key: string;

  @Field(() => String, {
    description:
      "VERBATIM: the words to the letter of the document. REPORTED: their content, summarised in our own words. RECORDED: the " +
      "note-taker's words to the letter. At most 50,000 characters; over 10,000 only under an open licence.",
  })
  @Column("text")
  text: string;

  @Field(() => StatementForm, {
    description: "Whether `text` quotes the speaker, summarises, or is a note-taker's account.",
  })
  @Column("enum", { enum: StatementForm, enumName: "statement_form" })
  form: StatementForm;

  @Field(() => StatementSpeech, {
    nullable: true,
    description:
      "Whether the words of `text` are put as the speaker's own, or in indirect speech; null when its record does not say.",
  })
  @Column("enum", { enum: StatementSpeech, enumName: "statement_speech", nullable: true })
  speech: StatementSpeech | null;

  @Field(() => String, { description: "Language of `text`, BCP 47; `und` when unknown." })
  @Column("text")
  language: string;

  @Field(() => String, {
    nullable: true,
    description: "Language of the words spoken, BCP 47, where `text` is a quoted translation.",
  })
  @Column("text", { name: "original_language", nullable: true })
  originalLanguage: string | null;

  // Date and place include those inherited from the meeting, so that lists are one index range; set by a trigger
  // (statement_when_where).
  @Column("boolean", { select: false, name: "date_inherited" })
  dateInherited: boolean;

  @Column("date", { name: "date_from", nullable: true })
  dateFrom: string | null;

  @Column("date", { name: "date_to", nullable: true })
  dateTo: string | null;

  @Field(() => PartialDate, {
    nullable: true,
    description: "When it was said: its own date, else its meeting's first day; null when unknown.",
  })
  @PartialDateField("dateFrom", "dateTo")
  readonly date: string | null;

  // The latest day of the statement: the last day of a meeting of several days.
  @Column("date", { select: false, name: "date_until", nullable: true })
  dateUntil: string | null;

  @Field(() => FactCertainty, {
    nullable: true,
    description: "Certainty of the date; null when there is none.",
  })
  @Column("enum", {
    name: "date_certainty",
    enum: FactCertainty,
    enumName: "fact_certainty",
    nullable: true,
  })
  dateCertainty: FactCertainty | null;

  @ForeignKey(() => Meeting, { name: "statement_at_meeting" })
  @Column("uuid", { name: "meeting_id", nullable: true })
  meetingId: string | null;

  @Column("boolean", { select: false, name: "place_inherited" })
  placeInherited: boolean;

  @ForeignKey(() => Place, { name: "statement_at_place" })
  @Column("uuid", { name: "place_id", nullable: true })
  placeId: string | null;

  @ForeignKey(() => Country, { name: "statement_in_country" })
  @Column("text", { name: "place_country_code", nullable: true })
  placeCountryCode: string | null;

  @Field(() => FactCertainty, {
    nullable: true,
    description: "Certainty of the place and its country; null when neither is known.",
  })
  @Column("enum", {
    name: "place_certainty",
    enum: FactCertainty,
    enumName: "fact_certainty",
    nullable: true,
  })
  placeCertainty: FactCertainty | null;

  @Field(() => Boolean, {
    description: "Whether more than one side says it: its speakers count more than one.",
  })
  @Column("boolean")
  joint: boolean;

  @Field(() => String, {
    nullable: true,
    description: "Those spoken to, when they are not on record as such: `Indian community`.",
  })
  @Column("text", { nullable: true })
  audience: string | null;

  // The search words of text and audience; set by a trigger (statement_words).
  @Column("tsvector", { select: false, default: "" })
  words: string;

  @Field(() => RecordStanding, { description: "Whether the statement still stands." })
  @Column("enum", {
    enum: RecordStanding,
    enumName: "record_standing",
    default: RecordStanding.CURRENT,
  })
  standing: RecordStanding;

  @Field(() => String, { nullable: true, description: "Why it is not CURRENT, and on whose word." })
  @Column("text", { name: "standing_note", nullable: true })
  standingNote: string | null;

  // Its position: the date of the first document that reports it, that document, and the position in it.
  @Column("date", { select: false, name: "told_on", nullable: true })
  toldOn: string | null;

  @ForeignKey(() => SourceDocument, { name: "statement_told_in" })
  @Column("uuid", { select: false, name: "told_in_id" })
  toldInId: string;

  @Column("int", { select: false })
  position: number;

  // The order keys of lists, computed from its dates and its position (migration 1). Null for retracted statements, so that lists
  // skip them by default; set by a trigger (statement_keys).
  @Column("bigint", { select: false, nullable: true })
  newest: string | null;

  @Column("uuid", { select: false, nullable: true })
  told: string | null;

  @ForeignKey(() => SourceDocument, { name: "statement_owner" })
  @Column("uuid", { select: false, name: "owner_id" })
  ownerId: string;

  /** The revision that added it. */
  @Column("int", { select: false, name: "recorded_in", default: () => "current_revision()" })
  recordedIn: number;

  /** The last revision that changed it. */
  @Column("int", { select: false, name: "changed_in", default: () => "current_revision()" })
  changedIn: number;
}
