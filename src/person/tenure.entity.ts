import { Directive, Field, ID, ObjectType } from "type-graphql";
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from "typeorm";
import { PartialDate, PartialDateField } from "../scalars/partial-date.js";
import { Country } from "../country/country.entity.js";
import { Organization } from "../organization/organization.entity.js";
import { FactCertainty } from "../source/source.enums.js";
import { SourceDocument } from "../source/source-document.entity.js";
import { Person } from "./person.entity.js";

@Directive('@key(fields: "id")')
@ObjectType({
  description:
    "An office that a person holds or held (Popolo Membership in a Post). A missing bound is unknown, not open.",
})
@Entity({ name: "tenure" })
@Check("tenure_dates", `start_from <= end_to`)
@Index("tenure_key", ["key"], { unique: true })
@Index("tenure_person", ["personId"])
@Index("tenure_country", ["countryCode"])
@Index("tenure_accredited", ["accreditedToCode"])
@Index("tenure_words", { synchronize: false })
export class Tenure {
  @Field(() => ID, { description: "UUID, the same on every installation of the same record." })
  @PrimaryColumn("uuid")
  readonly id: string;

  @Column("text")
  key: string;

  @Field(() => String, { description: "The office's title as the document gives it." })
  @Column("text")
  title: string;

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
    description: "Its last day; null when unknown.",
  })
  @PartialDateField("endFrom", "endTo")
  readonly endDate: string | null;

  @Field(() => Boolean, {
    description:
      "True only where a document says that the office is still held; no end date is not enough.",
  })
  @Column("boolean", { default: false })
  ongoing: boolean;

  @Field(() => FactCertainty, {
    description: "Certainty of the whole: person, title and for whom.",
  })
  @Column("enum", { enum: FactCertainty, enumName: "fact_certainty" })
  certainty: FactCertainty;

  @ForeignKey(() => Person, { name: "tenure_of_person" })
  @Column("uuid", { name: "person_id" })
  personId: string;

  @ForeignKey(() => Country, { name: "tenure_of_country" })
  @Column("text", { name: "country_code", nullable: true })
  countryCode: string | null;

  @ForeignKey(() => Country, { name: "tenure_accredited_to" })
  @Column("text", { name: "accredited_to_code", nullable: true })
  accreditedToCode: string | null;

  @ForeignKey(() => Organization, { name: "tenure_of_organization" })
  @Column("uuid", { name: "organization_id", nullable: true })
  organizationId: string | null;

  @ForeignKey(() => SourceDocument, { name: "tenure_owner" })
  @Column("uuid", { select: false, name: "owner_id" })
  ownerId: string;

  /** The revision that added it. */
  @Column("int", { select: false, name: "recorded_in", default: () => "current_revision()" })
  recordedIn: number;

  /** The last revision that changed it. */
  @Column("int", { select: false, name: "changed_in", default: () => "current_revision()" })
  changedIn: number;
}
