import { Field, ID, ObjectType } from "type-graphql";
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from "typeorm";
import { Country } from "../country/country.entity.js";
import { Organization } from "../organization/organization.entity.js";
import { Person } from "../person/person.entity.js";
import { FactCertainty } from "../source/source.enums.js";
import { Statement } from "./statement.entity.js";

@ObjectType({
  description:
    "One side that makes a statement: a person, the country or organization spoken for, or only a description. " +
    "At least one is set. The statement's citations prove it.",
})
@Entity({ name: "speaker" })
@Check("speaker_side", `num_nonnulls(person_id, country_code, organization_id, description) > 0`)
@Check("speaker_person_certainty", `(person_id IS NULL) = (person_certainty IS NULL)`)
@Check("speaker_country_certainty", `(country_code IS NULL) = (country_certainty IS NULL)`)
@Check(
  "speaker_organization_certainty",
  `(organization_id IS NULL) = (organization_certainty IS NULL)`,
)
@Index("speaker_statement", ["statementId", "position"], { unique: true })
@Index("speaker_person", ["personId", "statementId"])
@Index("speaker_country", ["countryCode", "statementId"])
@Index("speaker_organization", ["organizationId", "statementId"])
export class Speaker {
  @Field(() => ID, { description: "UUID, the same on every installation of the same record." })
  @PrimaryColumn("uuid")
  readonly id: string;

  @ForeignKey(() => Statement, { name: "speaker_of_statement", onDelete: "CASCADE" })
  @Column("uuid", { name: "statement_id" })
  statementId: string;

  @Column("smallint")
  position: number;

  @ForeignKey(() => Person, { name: "speaker_is_person" })
  @Column("uuid", { name: "person_id", nullable: true })
  personId: string | null;

  @Field(() => FactCertainty, {
    nullable: true,
    description: "Certainty that this person said it; null without a person.",
  })
  @Column("enum", {
    name: "person_certainty",
    enum: FactCertainty,
    enumName: "fact_certainty",
    nullable: true,
  })
  personCertainty: FactCertainty | null;

  @ForeignKey(() => Country, { name: "speaker_for_country" })
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

  @ForeignKey(() => Organization, { name: "speaker_for_organization" })
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
    description:
      "Who can't be named better: `a senior official`. Never turned into the country itself.",
  })
  @Column("text", { nullable: true })
  description: string | null;
}
