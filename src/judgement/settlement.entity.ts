import { Column, Entity, ForeignKey, Index, PrimaryColumn } from "typeorm";
import { SourceDocument } from "../source/source-document.entity.js";

/** The judgement of a record which of the values that documents give for a field is right. */
@Entity({ name: "record_settlement" })
@Index("record_settlement_item", ["itemId"])
@Index("record_settlement_owner", ["ownerId"])
export class Settlement {
  @PrimaryColumn("uuid")
  readonly id: string;

  /** Names it in messages: document, noun, item and field. */
  @Column("text")
  key: string;

  /** The noun of the item in the record format. */
  @Column("text")
  kind: string;

  // No foreign key: the table depends on the noun.
  @Column("uuid", { name: "item_id" })
  itemId: string;

  /** The property of the record format. */
  @Column("text")
  field: string;

  /** Its value, by column of the item's table. */
  @Column("jsonb")
  given: Record<string, unknown>;

  /** Why that value is right. */
  @Column("text")
  because: string;

  @ForeignKey(() => SourceDocument, { name: "record_settlement_document" })
  @Column("uuid", { select: false, name: "owner_id" })
  ownerId: string;
}
