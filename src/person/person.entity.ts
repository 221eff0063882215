import { Directive, Extensions, Field, ID, ObjectType } from "type-graphql";
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from "typeorm";
import { PartialDate, PartialDateField } from "../scalars/partial-date.js";
import { ExternalIdentifier, type NameNote } from "../source/names-and-identifiers.js";
import { SourceDocument } from "../source/source-document.entity.js";

@ObjectType({ description: "One who speaks, meets or holds office (Popolo Person)." })
@Directive('@key(fields: "id")')
@Directive('@key(fields: "slug")')
@Entity({ name: "person" })
@Index("person_slug", ["slug"], { unique: true })
@Index("person_former_slugs", { synchronize: false })
@Index("person_identifiers", { synchronize: false })
@Index("person_sort_name", ["sortName", "id"])
@Check("person_birth_bounds", `birth_from <= birth_to`)
@Check("person_death_bounds", `death_from <= death_to`)
export class Person {
  @Field(() => ID, { description: "UUID, the same on every installation of the same record." })
  @PrimaryColumn("uuid")
  readonly id: string;

  @Field(() => String, { description: "Readable key, such as `rajnath-singh`." })
  @Column("text")
  slug: string;

  @Column("text", { select: false, name: "former_slugs", array: true, default: [] })
  formerSlugs: string[];

  @Field(() => String, { description: "The name most used, in Latin script." })
  @Column("text")
  name: string;

  @Field(() => String, {
    description: "The name as an alphabetical list gives it: `Singh, Rajnath`, `Dong Jun`.",
  })
  @Column({ type: "text", name: "sort_name", collation: "und-x-icu" })
  sortName: string;

  @Extensions({ listSize: 20 })
  @Field(() => [String], {
    description: "Other spellings and names on record, in any script.",
    deprecationReason: "Use names.",
  })
  @Column("text", { name: "other_names", array: true, default: [] })
  otherNames: string[];

  @Column("jsonb", { select: false, name: "name_notes", default: [] })
  nameNotes: NameNote[];

  @Extensions({ listSize: 5 })
  @Field(() => [ExternalIdentifier], { description: "Empty while none is verified." })
  @Column("jsonb", { default: [] })
  identifiers: ExternalIdentifier[];

  @Column("date", { name: "birth_from", nullable: true })
  birthFrom: string | null;

  @Column("date", { name: "birth_to", nullable: true })
  birthTo: string | null;

  @Field(() => PartialDate, { nullable: true, description: "Date of birth; null when unknown." })
  @PartialDateField("birthFrom", "birthTo")
  readonly birthDate: string | null;

  @Column("date", { name: "death_from", nullable: true })
  deathFrom: string | null;

  @Column("date", { name: "death_to", nullable: true })
  deathTo: string | null;

  @Field(() => PartialDate, {
    nullable: true,
    description: "Date of death; null when unknown, also of the living.",
  })
  @PartialDateField("deathFrom", "deathTo")
  readonly deathDate: string | null;

  @ForeignKey(() => SourceDocument, { name: "person_owner" })
  @Column("uuid", { select: false, name: "owner_id" })
  ownerId: string;

  /** The revision that added it. */
  @Column("int", { select: false, name: "recorded_in", default: () => "current_revision()" })
  recordedIn: number;

  /** The last revision that changed it. */
  @Column("int", { select: false, name: "changed_in", default: () => "current_revision()" })
  changedIn: number;
}
