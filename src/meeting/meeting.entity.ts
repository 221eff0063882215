import { Directive, Field, ID, ObjectType } from "type-graphql";
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from "typeorm";
import { PartialDate, PartialDateField } from "../scalars/partial-date.js";
import { Country } from "../country/country.entity.js";
import { Organization } from "../organization/organization.entity.js";
import { Place } from "../place/place.entity.js";
import { FactCertainty } from "../source/source.enums.js";
import { SourceDocument } from "../source/source-document.entity.js";
import {
  MeetingCoverage,
  MeetingKind,
  MeetingMode,
  MeetingStatus,
  ParentRelation,
} from "./meeting.enums.js";

@ObjectType({
  description:
    "An encounter, visit, conference or call on the diplomatic record (schema.org Event). " +
    "One that a document only mentions has coverage REFERRED_TO.",
})
@Directive('@key(fields: "id")')
@Directive('@key(fields: "slug")')
@Entity({ name: "meeting" })
@Index("meeting_slug", ["slug"], { unique: true })
@Index("meeting_former_slugs", { synchronize: false })
@Index("meeting_newest", ["newest", "id"])
@Index("meeting_longest", { synchronize: false })
@Index("meeting_lineage", { synchronize: false })
@Index("meeting_parent", ["parentId", "newest", "id"])
@Index("meeting_convener", ["convenerId"])
@Index("meeting_place_country", ["placeCountryCode", "newest", "id"])
@Index("meeting_recorded", ["recordedIn", "id"])
@Index("meeting_changed", ["changedIn", "id"])
@Check("meeting_date", `(date_from IS NULL) = (date_certainty IS NULL)`)
@Check("meeting_dates", `start_from <= end_to`)
@Check("meeting_start_time", `start_time ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'`)
@Check("meeting_end_time", `end_time ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'`)
@Check("meeting_parent_relation", `(parent_id IS NULL) = (parent_relation IS NULL)`)
export class Meeting {
  @Field(() => ID, { description: "UUID, the same on every installation of the same record." })
  @PrimaryColumn("uuid")
  readonly id: string;

  @Field(() => String, {
    description:
      "Readable key, such as `singh-dong-vientiane-2024`. A year in it is a label, not a fact.",
  })
  @Column("text")
  slug: string;

  @Column("text", { select: false, name: "former_slugs", array: true, default: [] })
  formerSlugs: string[];

  @Field(() => String, { description: "What a list calls it, in English." })
  @Column("text")
  title: string;

  @Field(() => MeetingKind, { description: "What sort of event it is." })
  @Column("enum", { enum: MeetingKind, enumName: "meeting_kind" })
  kind: MeetingKind;

  @Field(() => MeetingStatus, {
    nullable: true,
    description: "Whether it took place; null when no document says.",
  })
  @Column("enum", { enum: MeetingStatus, enumName: "meeting_status", nullable: true })
  status: MeetingStatus | null;

  @Field(() => MeetingMode, {
    nullable: true,
    description: "How the sides met; null when no document says.",
  })
  @Column("enum", { enum: MeetingMode, enumName: "meeting_mode", nullable: true })
  mode: MeetingMode | null;

  @Field(() => MeetingCoverage, {
    description: "Whether a document is about it or only mentions it.",
  })
  @Column("enum", { enum: MeetingCoverage, enumName: "meeting_coverage" })
  coverage: MeetingCoverage;

  @Column("date", { name: "start_from", nullable: true })
  startFrom: string | null;

  @Column("date", { name: "start_to", nullable: true })
  startTo: string | null;

  @Column("date", { name: "end_from", nullable: true })
  endFrom: string | null;

  @Column("date", { name: "end_to", nullable: true })
  endTo: string | null;

  @Field(() => PartialDate, {
    nullable: true,
    description: "Its first day; null when unknown.",
  })
  @PartialDateField("startFrom", "startTo")
  readonly startDate: string | null;

  @Field(() => PartialDate, {
    nullable: true,
    description: "Its last day; null when unknown, also where it may have lasted one day.",
  })
  @PartialDateField("endFrom", "endTo")
  readonly endDate: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      "When on its first day it began: local time at its place, `hh:mm` from 00:00 to 23:59 (ISO 8601). Null where no document says.",
  })
  @Column("text", { name: "start_time", nullable: true })
  startTime: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      "When on its last day it ended, which without `endDate` is the first one: local time at its place, `hh:mm` (ISO 8601). Null " +
      "where no document says.",
  })
  @Column("text", { name: "end_time", nullable: true })
  endTime: string | null;

  // The earliest start and the latest end, for date ranges and order; set by a trigger (meeting_when).
  @Column("date", { select: false, name: "date_from", nullable: true })
  dateFrom: string | null;

  @Column("date", { select: false, name: "date_until", nullable: true })
  dateUntil: string | null;

  @Field(() => FactCertainty, {
    nullable: true,
    description: "Certainty of the dates; null when there is none.",
  })
  @Column("enum", {
    name: "date_certainty",
    enum: FactCertainty,
    enumName: "fact_certainty",
    nullable: true,
  })
  dateCertainty: FactCertainty | null;

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

  @Field(() => ParentRelation, {
    nullable: true,
    description: "How it belongs to its parent; null when it has none.",
  })
  @Column("enum", {
    name: "parent_relation",
    enum: ParentRelation,
    enumName: "parent_relation",
    nullable: true,
  })
  parentRelation: ParentRelation | null;

  // The place, if there is exactly one; meeting_place has all of them.
  @ForeignKey(() => Place, { name: "meeting_at_place" })
  @Column("uuid", { name: "place_id", nullable: true })
  placeId: string | null;

  @ForeignKey(() => Country, { name: "meeting_in_country" })
  @Column("text", { name: "place_country_code", nullable: true })
  placeCountryCode: string | null;

  @ForeignKey(() => Organization, { name: "meeting_convened_by" })
  @Column("uuid", { name: "convener_id", nullable: true })
  convenerId: string | null;

  @ForeignKey(() => Meeting, { name: "meeting_under_parent" })
  @Column("uuid", { name: "parent_id", nullable: true })
  parentId: string | null;

  // Its own id and those of all its ancestors, so that `within` needs no recursion; set by a trigger (meeting_lineage).
  @Column("uuid", { select: false, array: true })
  lineage: string[];

  // The order key of lists, computed from its dates by newest_key (migration 1); set by a trigger (meeting_keys).
  @Column("bigint", { select: false })
  newest: string;

  @ForeignKey(() => SourceDocument, { name: "meeting_owner" })
  @Column("uuid", { select: false, name: "owner_id" })
  ownerId: string;

  /** The revision that added it. */
  @Column("int", { select: false, name: "recorded_in", default: () => "current_revision()" })
  recordedIn: number;

  /** The last revision that changed it. */
  @Column("int", { select: false, name: "changed_in", default: () => "current_revision()" })
  changedIn: number;
}
