import { Field, ObjectType } from "type-graphql";
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from "typeorm";
import { Country } from "../country/country.entity.js";
import { Organization } from "../organization/organization.entity.js";
import { Person } from "../person/person.entity.js";
import { FactCertainty } from "../source/source.enums.js";
import { Statement } from "./statement.entity.js";

@ObjectType({ description: "One to whom a statement is said. At least one of its sides is set." })
@Entity({ name: "addressee" })
@Check("addressee_side", `num_nonnulls(person_id, country_code, organization_id) > 0`)
@Index("addressee_person", ["personId"])
@Index("addressee_country", ["countryCode"])
@Index("addressee_organization", ["organizationId"], { where: "organization_id IS NOT NULL" })
export class Addressee {
  @ForeignKey(() => Statement, { name: "addressee_of_statement", onDelete: "CASCADE" })
  @PrimaryColumn("uuid", { name: "statement_id" })
  readonly statementId: string;

  @PrimaryColumn("smallint")
  readonly position: number;

  @ForeignKey(() => Person, { name: "addressee_is_person" })
  @Column("uuid", { name: "person_id", nullable: true })
  personId: string | null;

  @ForeignKey(() => Country, { name: "addressee_is_country" })
  @Column("text", { name: "country_code", nullable: true })
  countryCode: string | null;

  @ForeignKey(() => Organization, { name: "addressee_is_organization" })
  @Column("uuid", { name: "organization_id", nullable: true })
  organizationId: string | null;

  @Field(() => FactCertainty, { description: "Certainty that it was said to them." })
  @Column("enum", { enum: FactCertainty, enumName: "fact_certainty" })
  certainty: FactCertainty;
}
