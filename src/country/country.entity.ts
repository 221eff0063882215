import { Directive, Extensions, Field, ObjectType } from "type-graphql";
import { Column, Entity, PrimaryColumn } from "typeorm";
import { PartialDate, PartialDateField } from "../scalars/partial-date.js";
import { CountryCode } from "../scalars/country-code.js";
import { ExternalIdentifier } from "../source/names-and-identifiers.js";

@ObjectType({
  description:
    "A country with an ISO 3166 code, today's or a former one, on record or not. States that ISO never coded have none.",
})
@Directive('@key(fields: "code")')
@Directive('@key(fields: "id")')
@Entity({ name: "country" })
export class Country {
  @Field(() => CountryCode, {
    description: "ISO 3166-1 alpha-2 (`XK` included), or ISO 3166-3 for a former country.",
  })
  @PrimaryColumn("text")
  readonly code: string;

  @Field(() => String, {
    description:
      "Its name in English: today's by Unicode CLDR, a former country's by ISO 3166-3 or common usage.",
  })
  @Directive("@shareable")
  @Column({ type: "text", collation: "und-x-icu" })
  name: string;

  @Extensions({ listSize: 5 })
  @Field(() => [ExternalIdentifier], {
    description: "Its ISO 3166 alpha-3 and numeric codes, and its Wikidata item where verified.",
  })
  @Column("jsonb", { default: [] })
  identifiers: ExternalIdentifier[];

  // Its names in all languages of Unicode CLDR, for searches.
  @Column("text", { array: true, select: false, default: [] })
  names: string[];

  // The edition of `names`: see country.names.ts.
  @Column("text", { name: "names_edition", select: false, default: "" })
  namesEdition: string;

  @Column("date", { name: "withdrawn_from", nullable: true })
  withdrawnFrom: string | null;

  @Column("date", { name: "withdrawn_to", nullable: true })
  withdrawnTo: string | null;

  @Field(() => PartialDate, {
    nullable: true,
    description:
      "When a former country's code was withdrawn (ISO 3166-3), some months after it ceased; null for today's countries.",
  })
  @PartialDateField("withdrawnFrom", "withdrawnTo")
  readonly withdrawn: string | null;
}
