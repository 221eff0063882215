import { Field, ID, ObjectType } from "type-graphql";
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from "typeorm";
import { Country } from "../country/country.entity.js";
import { Organization } from "../organization/organization.entity.js";
import { Person } from "../person/person.entity.js";
import { FactCertainty } from "../source/source.enums.js";
import { SourceDocument } from "../source/source-document.entity.js";
import { ParticipationRole } from "./meeting.enums.js";
import { Meeting } from "./meeting.entity.js";

@ObjectType({
  description:
    "One who takes part in a meeting, and for whom. At least one of person, country, organization and description is set.",
})
@Entity({ name: "participation" })
@Check(
  "participation_side",
  `num_nonnulls(person_id, country_code, organization_id, description) > 0`,
)
@Check("participation_person_certainty", `(person_id IS NULL) = (person_certainty IS NULL)`)
@Check("participation_country_certainty", `(country_code IS NULL) = (country_certainty IS NULL)`)
@Check(
  "participation_organization_certainty",
  `(organization_id IS NULL) = (organization_certainty IS NULL)`,
)
@Index("participation_meeting", ["meetingId", "position", "id"])
@Index("participation_person", ["personId", "meetingId"])
@Index("participation_country", ["countryCode", "meetingId"])
@Index("participation_organization", ["organizationId", "meetingId"])
export class Participation {
  @Field(() => ID, { description: "UUID, the same on every installation of the same record." })
  @PrimaryColumn("uuid")
  readonly id: string;

  @ForeignKey(() => Meeting, { name: "participation_in_meeting", onDelete: "CASCADE" })
  @Column("uuid", { name: "meeting_id" })
  meetingId: string;

  @Column("smallint")
  position: number;

  @ForeignKey(() => Person, { name: "participation_of_person" })
  @Column("uuid", { name: "person_id", nullable: true })
  personId: string | null;

  @Field(() => FactCertainty, {
    nullable: true,
    description: "Certainty that this person took part; null without a person.",
  })
  @Column("enum", {
    name: "person_certainty",
    enum: FactCertainty,
    enumName: "fact_certainty",
    nullable: true,
  })
  personCertainty: FactCertainty | null;

  @ForeignKey(() => Country, { name: "participation_for_country" })
  @Column("text", { name: "country_code", nullable: true })
  countryCode: string | null;

  @Field(() => FactCertainty, {
    nullable: true,
    description: "Certainty that it was on behalf of this country; null without one.",
  })
  @Column("enum", {
    name: "country_certainty",
    enum: FactCertainty,
    enumName: "fact_certainty",
    nullable: true,
  })
  countryCertainty: FactCertainty | null;

  @ForeignKey(() => Organization, { name: "participation_for_organization" })
  @Column("uuid", { name: "organization_id", nullable: true })
  organizationId: string | null;

  @Field(() => FactCertainty, {
    nullable: true,
    description: "Certainty that it was on behalf of this organization; null without one.",
  })
  @Column("enum", {
    name: "organization_certainty",
    enum: FactCertainty,
    enumName: "fact_certainty",
    nullable: true,
  })
  organizationCertainty: FactCertainty | null;

  @Field(() => String, {
    nullable: true,
    description: "Who can't be named better, in the document's sense: `a senior official`.",
  })
  @Column("text", { nullable: true })
  description: string | null;

  @Field(() => ParticipationRole, { description: "The part played; PARTICIPANT when not said." })
  @Column("enum", { enum: ParticipationRole, enumName: "participation_role" })
  role: ParticipationRole;

  @ForeignKey(() => SourceDocument, { name: "participation_owner" })
  @Column("uuid", { name: "owner_id" })
  ownerId: string;
}
