import { Directive, Extensions, Field, ID, ObjectType } from "type-graphql";
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from "typeorm";
import { Country } from "../country/country.entity.js";
import { ExternalIdentifier, type NameNote } from "../source/names-and-identifiers.js";
import { SourceDocument } from "../source/source-document.entity.js";

@ObjectType({ description: "A town or other place where people met or spoke (schema.org Place)." })
@Directive('@key(fields: "id")')
@Directive('@key(fields: "slug")')
@Entity({ name: "place" })
@Index("place_slug", ["slug"], { unique: true })
@Index("place_former_slugs", { synchronize: false })
@Index("place_identifiers", { synchronize: false })
@Index("place_name", ["name", "id"])
@Index("place_country_code", ["countryCode"])
export class Place {
  @Field(() => ID, { description: "UUID, the same on every installation of the same record." })
  @PrimaryColumn("uuid")
  readonly id: string;

  @Field(() => String, { description: "Readable key, such as `vientiane`." })
  @Column("text")
  slug: string;

  @Column("text", { select: false, name: "former_slugs", array: true, default: [] })
  formerSlugs: string[];

  @Field(() => String, { description: "Its name in English." })
  @Column({ type: "text", collation: "und-x-icu" })
  name: string;

  @Column("text", { select: false, name: "other_names", array: true, default: [] })
  otherNames: string[];

  @Column("jsonb", { select: false, name: "name_notes", default: [] })
  nameNotes: NameNote[];

  @Extensions({ listSize: 5 })
  @Field(() => [ExternalIdentifier], { description: "Empty while none is verified." })
  @Column("jsonb", { default: [] })
  identifiers: ExternalIdentifier[];

  @ForeignKey(() => Country, { name: "place_country" })
  @Column("text", { name: "country_code", nullable: true })
  countryCode: string | null;

  @ForeignKey(() => SourceDocument, { name: "place_owner" })
  @Column("uuid", { select: false, name: "owner_id" })
  ownerId: string;
}
