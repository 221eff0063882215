import { Column, Entity, Index, PrimaryColumn } from "typeorm";
import { RecordKind } from "./search.enums.js";

/**
 * A name or title of an item, normalized for searches. A trigger keeps these rows in step with the items (names_follow).
 */
@Entity({ name: "record_name" })
@Index("record_name_folded", { synchronize: false })
@Index("record_name_spelling", { synchronize: false })
@Index("record_title_spelling", { synchronize: false })
@Index("record_name_words", { synchronize: false })
export class RecordName {
  @PrimaryColumn("enum", { enum: RecordKind, enumName: "record_kind" })
  readonly kind: RecordKind;

  /** The id of the item; for a country, its code. */
  @PrimaryColumn("text", { name: "item_id" })
  readonly itemId: string;

  @PrimaryColumn("int")
  readonly position: number;

  @Column("text")
  folded: string;

  @Column("tsvector")
  words: string;
}
