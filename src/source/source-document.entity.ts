import { Directive, Field, ID, ObjectType } from "type-graphql";
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from "typeorm";
import { DateTime } from "../scalars/date-time.js";
import { PartialDate, PartialDateField } from "../scalars/partial-date.js";
import { DocumentKind, FactCertainty, RecordStanding } from "./source.enums.js";

@ObjectType({
  description:
    "A text or dataset that facts are cited from (schema.org NewsArticle, Dataset). Its body is only shown under an open licence.",
})
@Directive('@key(fields: "id")')
@Entity({ name: "source_document" })
@Index("source_document_key", ["key"], { unique: true })
@Index("source_document_newest", { synchronize: false })
@Index("source_document_kind", { synchronize: false })
@Index("source_document_language", { synchronize: false })
@Index("source_document_publisher", { synchronize: false })
@Index("source_document_issuer", { synchronize: false })
@Index("source_document_sha256", ["sha256"], { where: "sha256 IS NOT NULL" })
@Index("source_document_words", { synchronize: false })
@Check("source_document_date", `(date_from IS NULL) = (date_certainty IS NULL)`)
@Check("source_document_date_bounds", `date_from <= date_to`)
export class SourceDocument {
  @Field(() => ID, { description: "UUID, the same on every installation of the same record." })
  @PrimaryColumn("uuid")
  readonly id: string;

  @Field(() => String, {
    description: "Its key in record files, chosen once and for ever; sourceDocumentByKey finds it.",
  })
  @Column("text")
  key: string;

  @Field(() => DocumentKind, { description: "What kind of text or data it is." })
  @Column("enum", { enum: DocumentKind, enumName: "document_kind" })
  kind: DocumentKind;

  @Field(() => String, {
    nullable: true,
    description: "Its headline or name, null when not given.",
  })
  @Column("text", { nullable: true })
  title: string | null;

  @Field(() => String, { nullable: true, description: "Who published it, null when not given." })
  @Column("text", { nullable: true })
  publisher: string | null;

  @Field(() => String, { nullable: true, description: "Where it can be read, null when unknown." })
  @Column("text", { nullable: true })
  url: string | null;

  @Field(() => String, { description: "Its language, BCP 47; `und` when unknown." })
  @Column("text")
  language: string;

  @Field(() => String, {
    nullable: true,
    description: "Place and day at the head of a news text, as printed.",
  })
  @Column("text", { nullable: true })
  dateline: string | null;

  @Column("date", { name: "date_from", nullable: true })
  dateFrom: string | null;

  @Column("date", { name: "date_to", nullable: true })
  dateTo: string | null;

  @Field(() => PartialDate, {
    nullable: true,
    description: "When it was published; null when unknown.",
  })
  @PartialDateField("dateFrom", "dateTo")
  readonly datePublished: string | null;

  @Field(() => FactCertainty, {
    nullable: true,
    description: "Certainty of `datePublished`; null when it is.",
  })
  @Column("enum", {
    name: "date_certainty",
    enum: FactCertainty,
    enumName: "fact_certainty",
    nullable: true,
  })
  dateCertainty: FactCertainty | null;

  @Field(() => String, {
    nullable: true,
    description: "SPDX id of the licence it may be redistributed under; null when unknown or none.",
  })
  @Column("text", { nullable: true })
  licence: string | null;

  @Field(() => String, { nullable: true, description: "Of a dataset: its release or commit." })
  @Column("text", { nullable: true })
  version: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      "SHA-256 of the text's bytes, lower-case hexadecimal, to prove that offsets are into the same text; null for what has no text.",
  })
  @Column("text", { nullable: true })
  sha256: string | null;

  @Field(() => DateTime, {
    nullable: true,
    description: "When the text was read from where it was published; null when not given.",
  })
  @Column("text", { name: "retrieved_at", nullable: true })
  retrievedAt: string | null;

  @Field(() => String, {
    nullable: true,
    description:
      "What its licence asks to be shown beside its words, such as the name of its author; null when not given.",
  })
  @Column("text", { nullable: true })
  attribution: string | null;

  @Field(() => String, {
    nullable: true,
    description: "A copy of it in a web archive, null when not given.",
  })
  @Column("text", { name: "archived_url", nullable: true })
  archivedUrl: string | null;

  @Field(() => RecordStanding, { description: "Whether the document still stands." })
  @Column("enum", {
    enum: RecordStanding,
    enumName: "record_standing",
    default: RecordStanding.CURRENT,
  })
  standing: RecordStanding;

  @Field(() => String, { nullable: true, description: "Why it is not CURRENT, and on whose word." })
  @Column("text", { name: "standing_note", nullable: true })
  standingNote: string | null;

  // Deferred, since the issuer may be an organization that the record of this document defines.
  @ForeignKey("Organization", { name: "source_document_issuer", deferrable: "INITIALLY DEFERRED" })
  @Column("uuid", { name: "issuer_id", nullable: true })
  issuerId: string | null;

  @ForeignKey(() => SourceDocument, { name: "source_document_syndicated_from" })
  @Column("uuid", { name: "syndicated_from_id", nullable: true })
  syndicatedFromId: string | null;

  /** The revision that added it. */
  @Column("int", { select: false, name: "recorded_in", default: () => "current_revision()" })
  recordedIn: number;

  /** The last revision that changed it. */
  @Column("int", { select: false, name: "changed_in", default: () => "current_revision()" })
  changedIn: number;
}
