import { Field, ID, ObjectType } from "type-graphql";
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from "typeorm";
import { RecordChangeKind, RecordItemType } from "./revision.enums.js";
import { RecordRevision } from "./record-revision.entity.js";

/** Fields of an item by the property of the record format; those without a value are null or left out. */
export type Fields = Readonly<Record<string, unknown>>;

@ObjectType({ description: "What one revision did to one item." })
@Entity({ name: "record_change" })
@Index("record_change_item", ["itemId", "revisionNumber", "ordinal"])
@Index("record_change_kind", { synchronize: false })
@Index("record_change_fields", { synchronize: false })
@Index("record_change_end", ["itemId", "revisionNumber", "ordinal"], {
  where: `kind IN ('REMOVED', 'MERGED', 'REDACTED')`,
})
export class RecordChange {
  @Field(() => ID, {
    description: "Names the change for ever: the number of its revision, a dot, its number in it.",
  })
  readonly id: string;

  @ForeignKey(() => RecordRevision, { name: "record_change_of_revision" })
  @PrimaryColumn("int", { name: "revision" })
  readonly revisionNumber: number;

  // From 1, in each revision.
  @PrimaryColumn("int")
  readonly ordinal: number;

  @Field(() => RecordChangeKind, { description: "What it did to the item." })
  @Column("enum", { enum: RecordChangeKind, enumName: "record_change_kind" })
  kind: RecordChangeKind;

  @Field(() => RecordItemType, { description: "The type of the item." })
  @Column("enum", { enum: RecordItemType, enumName: "record_item_type" })
  type: RecordItemType;

  @Column("uuid", { name: "item_id" })
  itemId: string;

  @Field(() => String, {
    description:
      "Names the item for ever, together with `type`: its key, or the first slug it had, which still leads to it when it has another.",
  })
  @Column("text")
  key: string;

  @Field(() => ID, {
    nullable: true,
    description: "Of MERGED, the id of the item that stays; null otherwise.",
  })
  @Column("uuid", { name: "merged_into_id", nullable: true })
  mergedIntoId: string | null;

  @Field(() => String, {
    nullable: true,
    description: "Of MERGED, the `key` of the item that stays; null otherwise.",
  })
  @Column("text", { name: "merged_into_key", nullable: true })
  mergedIntoKey: string | null;

  @Column("jsonb", { nullable: true })
  old: Fields | null;

  @Column("jsonb", { nullable: true })
  new: Fields | null;
}

/** The properties of a change that its fields are read by. */
export const STORED_CHANGE = [
  ...(["kind", "type", "itemId", "revisionNumber", "ordinal", "old", "new"] as const),
] as const;
export type StoredChange = Pick<RecordChange, (typeof STORED_CHANGE)[number]>;
