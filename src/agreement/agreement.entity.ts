import { Directive, Field, ID, ObjectType } from "type-graphql";
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from "typeorm";
import { PartialDate, PartialDateField } from "../scalars/partial-date.js";
import { Meeting } from "../meeting/meeting.entity.js";
import { SourceDocument } from "../source/source-document.entity.js";
import { AgreementKind } from "./agreement.enums.js";

@ObjectType({ description: "A memorandum, treaty or declaration between parties." })
@Directive('@key(fields: "id")')
@Directive('@key(fields: "slug")')
@Entity({ name: "agreement" })
@Index("agreement_slug", ["slug"], { unique: true })
@Index("agreement_former_slugs", { synchronize: false })
@Index("agreement_newest", { synchronize: false })
@Index("agreement_signed_at", ["signedAtId"])
@Index("agreement_exchanged_at", ["exchangedAtId"])
@Check("agreement_date_bounds", `date_from <= date_to`)
export class Agreement {
  @Field(() => ID, { description: "UUID, the same on every installation of the same record." })
  @PrimaryColumn("uuid")
  readonly id: string;

  @Field(() => String, { description: "Readable key, such as `india-laos-mou`." })
  @Column("text")
  slug: string;

  @Column("text", { select: false, name: "former_slugs", array: true, default: [] })
  formerSlugs: string[];

  @Field(() => String, { description: "What a list calls it, in English." })
  @Column("text")
  title: string;

  @Field(() => AgreementKind, { description: "What sort of instrument it is." })
  @Column("enum", { enum: AgreementKind, enumName: "agreement_kind" })
  kind: AgreementKind;

  @Column("date", { name: "date_from", nullable: true })
  dateFrom: string | null;

  @Column("date", { name: "date_to", nullable: true })
  dateTo: string | null;

  @Field(() => PartialDate, {
    nullable: true,
    description: "When it was concluded; null when unknown.",
  })
  @PartialDateField("dateFrom", "dateTo")
  readonly date: string | null;

  @ForeignKey(() => Meeting, { name: "agreement_signed_at_meeting" })
  @Column("uuid", { name: "signed_at_id", nullable: true })
  signedAtId: string | null;

  @ForeignKey(() => Meeting, { name: "agreement_exchanged_at_meeting" })
  @Column("uuid", { name: "exchanged_at_id", nullable: true })
  exchangedAtId: string | null;

  @ForeignKey(() => SourceDocument, { name: "agreement_owner" })
  @Column("uuid", { select: false, name: "owner_id" })
  ownerId: string;

  /** The revision that added it. */
  @Column("int", { select: false, name: "recorded_in", default: () => "current_revision()" })
  recordedIn: number;

  /** The last revision that changed it. */
  @Column("int", { select: false, name: "changed_in", default: () => "current_revision()" })
  changedIn: number;
}
