import { Directive, Extensions, Field, ID, ObjectType } from "type-graphql";
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from "typeorm";
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
@Index("place_located_by", ["coordinatesDocumentId"], {
  where: "coordinates_document_id IS NOT NULL",
})
@Check("place_latitude", `latitude BETWEEN -90 AND 90`)
@Check("place_longitude", `longitude BETWEEN -180 AND 180`)
@Check("place_coordinates", `num_nonnulls(latitude, longitude, coordinates_document_id) IN (0, 3)`)
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

  @Column("double precision", { nullable: true })
  latitude: number | null;

  @Column("double precision", { nullable: true })
  longitude: number | null;

  // The document that gives the coordinates.
  @ForeignKey(() => SourceDocument, { name: "place_coordinates_document" })
  @Column("uuid", { name: "coordinates_document_id", nullable: true })
  coordinatesDocumentId: string | null;

  @ForeignKey(() => SourceDocument, { name: "place_owner" })
  @Column("uuid", { select: false, name: "owner_id" })
  ownerId: string;

  /** The revision that added it. */
  @Column("int", { select: false, name: "recorded_in", default: () => "current_revision()" })
  recordedIn: number;

  /** The last revision that changed it. */
  @Column("int", { select: false, name: "changed_in", default: () => "current_revision()" })
  changedIn: number;
}
