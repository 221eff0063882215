import { Field, ObjectType } from "type-graphql";
import { Check, Column, ForeignKey } from "typeorm";
import { Country } from "../country/country.entity.js";
import { Organization } from "../organization/organization.entity.js";
import { FactCertainty } from "../source/source.enums.js";
import { Person } from "./person.entity.js";

/** A participant of a meeting, or a speaker of a statement: a person, and on whose behalf, each with its certainty. */
@ObjectType()
@Check("side_named", `num_nonnulls(person_id, country_code, organization_id, description) > 0`)
@Check("side_person_certainty", `(person_id IS NULL) = (person_certainty IS NULL)`)
@Check("side_country_certainty", `(country_code IS NULL) = (country_certainty IS NULL)`)
@Check(
  "side_organization_certainty",
  `(organization_id IS NULL) = (organization_certainty IS NULL)`,
)
export abstract class Side {
  @ForeignKey(() => Person, { name: "side_person" })
  @Column("uuid", { name: "person_id", nullable: true })
  personId: string | null;

  @Field(() => FactCertainty, {
    nullable: true,
    description: "Certainty that it is this person; null without a person.",
  })
  @Column("enum", {
    name: "person_certainty",
    enum: FactCertainty,
    enumName: "fact_certainty",
    nullable: true,
  })
  personCertainty: FactCertainty | null;

  @ForeignKey(() => Country, { name: "side_country" })
  @Column("text", { name: "country_code", nullable: true })
  countryCode: string | null;

  @Field(() => FactCertainty, {
    nullable: true,
    description: "Certainty that it is on behalf of this country; null without one.",
  })
  @Column("enum", {
    name: "country_certainty",
    enum: FactCertainty,
    enumName: "fact_certainty",
    nullable: true,
  })
  countryCertainty: FactCertainty | null;

  @ForeignKey(() => Organization, { name: "side_organization" })
  @Column("uuid", { name: "organization_id", nullable: true })
  organizationId: string | null;

  @Field(() => FactCertainty, {
    nullable: true,
    description: "Certainty that it is on behalf of this organization; null without one.",
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
      "Who can't be named better, in the document's sense: `a senior official`. Never turned into the country itself.",
  })
  @Column("text", { nullable: true })
  description: string | null;
}
