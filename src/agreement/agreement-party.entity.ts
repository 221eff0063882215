import { Field, ObjectType } from "type-graphql";
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from "typeorm";
import { Country } from "../country/country.entity.js";
import { Organization } from "../organization/organization.entity.js";
import { FactCertainty } from "../source/source.enums.js";
import { Agreement } from "./agreement.entity.js";

@ObjectType({ description: "One party to an agreement: a country or an organization." })
@Entity({ name: "agreement_party" })
@Check("agreement_party_side", `num_nonnulls(country_code, organization_id) > 0`)
@Index("agreement_party_country", ["countryCode", "agreementId"])
export class AgreementParty {
  @ForeignKey(() => Agreement, { name: "agreement_party_of_agreement", onDelete: "CASCADE" })
  @PrimaryColumn("uuid", { name: "agreement_id" })
  readonly agreementId: string;

  @PrimaryColumn("smallint")
  readonly position: number;

  @ForeignKey(() => Country, { name: "agreement_party_is_country" })
  @Column("text", { name: "country_code", nullable: true })
  countryCode: string | null;

  @ForeignKey(() => Organization, { name: "agreement_party_is_organization" })
  @Column("uuid", { name: "organization_id", nullable: true })
  organizationId: string | null;

  @Field(() => FactCertainty, { description: "Certainty that it is a party." })
  @Column("enum", { enum: FactCertainty, enumName: "fact_certainty" })
  certainty: FactCertainty;
}
