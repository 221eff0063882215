import { Directive, Field, ID, ObjectType } from "type-graphql";
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from "typeorm";
import { SourceDocument } from "../source/source-document.entity.js";

@ObjectType({ description: "What statements are about (SKOS Concept)." })
@Directive('@key(fields: "slug")')
@Directive('@key(fields: "id")')
@Entity({ name: "statement_topic" })
@Index("statement_topic_slug", ["slug"], { unique: true })
export class StatementTopic {
  @Field(() => ID, { description: "UUID, the same on every installation of the same record." })
  @PrimaryColumn("uuid")
  readonly id: string;

  @Field(() => String, { description: "Readable key, such as `border-peace`." })
  @Column("text")
  slug: string;

  @Field(() => String, { description: "What to show, in English (SKOS prefLabel)." })
  @Column({ type: "text", collation: "und-x-icu" })
  label: string;

  @ForeignKey(() => SourceDocument, { name: "statement_topic_owner" })
  @Column("uuid", { select: false, name: "owner_id" })
  ownerId: string;

  /** The revision that added it. */
  @Column("int", { select: false, name: "recorded_in", default: () => "current_revision()" })
  recordedIn: number;

  /** The last revision that changed it. */
  @Column("int", { select: false, name: "changed_in", default: () => "current_revision()" })
  changedIn: number;
}
