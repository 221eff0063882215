import { Directive, Extensions, Field, ID, ObjectType } from "type-graphql";
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from "typeorm";
import { Country } from "../country/country.entity.js";
import { ExternalIdentifier, type NameNote } from "../source/names-and-identifiers.js";
import { SourceDocument } from "../source/source-document.entity.js";
import { RecordOrganizationKind } from "./organization.enums.js";

@ObjectType({
  description: "An international organization, ministry, party or agency (Popolo Organization).",
})
@Directive('@key(fields: "id")')
@Directive('@key(fields: "slug")')
@Entity({ name: "organization" })
@Index("organization_slug", ["slug"], { unique: true })
@Index("organization_former_slugs", { synchronize: false })
@Index("organization_identifiers", { synchronize: false })
@Index("organization_name", { synchronize: false })
@Index("organization_kind", { synchronize: false })
@Index("organization_country", { synchronize: false })
@Index("organization_parent", { synchronize: false })
export class Organization {
  @Field(() => ID, { description: "UUID, the same on every installation of the same record." })
  @PrimaryColumn("uuid")
  readonly id: string;

  @Field(() => String, { description: "Readable key, such as `asean`." })
  @Column("text")
  slug: string;

  @Column("text", { select: false, name: "former_slugs", array: true, default: [] })
  formerSlugs: string[];

  @Field(() => String, { description: "Its name in English, or the abbreviation it goes by." })
  @Column("text")
  name: string;

  @Column("text", { select: false, name: "other_names", array: true, default: [] })
  otherNames: string[];

  @Column("jsonb", { select: false, name: "name_notes", default: [] })
  nameNotes: NameNote[];

  @Extensions({ listSize: 5 })
  @Field(() => [ExternalIdentifier], { description: "Empty while none is verified." })
  @Column("jsonb", { default: [] })
  identifiers: ExternalIdentifier[];

  @Field(() => RecordOrganizationKind, {
    nullable: true,
    description: "What it is; null when no document says.",
  })
  @Column("enum", {
    enum: RecordOrganizationKind,
    enumName: "organization_kind",
    nullable: true,
  })
  kind: RecordOrganizationKind | null;

  @ForeignKey(() => Country, { name: "organization_of_country" })
  @Column("text", { name: "country_code", nullable: true })
  countryCode: string | null;

  @ForeignKey(() => Organization, { name: "organization_under_parent" })
  @Column("uuid", { name: "parent_id", nullable: true })
  parentId: string | null;

  // Its own id and those of everything above it; set by a trigger (organization_lineage).
  @Column("uuid", { select: false, array: true })
  lineage: string[];

  @ForeignKey(() => SourceDocument, { name: "organization_owner" })
  @Column("uuid", { select: false, name: "owner_id" })
  ownerId: string;

  /** The revision that added it. */
  @Column("int", { select: false, name: "recorded_in", default: () => "current_revision()" })
  recordedIn: number;

  /** The last revision that changed it. */
  @Column("int", { select: false, name: "changed_in", default: () => "current_revision()" })
  changedIn: number;
}
