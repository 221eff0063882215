import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from "typeorm";
import { SourceDocument } from "../source/source-document.entity.js";

/** The judgement of a record that two items are one. */
@Entity({ name: "record_merge" })
@Check("record_merge_of_two", `goes_id <> stays_id`)
@Index("record_merge_stays", ["staysId"])
@Index("record_merge_goes", ["goesId"])
@Index("record_merge_owner", ["ownerId"])
export class Merge {
  @PrimaryColumn("uuid")
  readonly id: string;

  /** Names it in messages: document, noun and the item that goes. */
  @Column("text")
  key: string;

  /** The noun of both items in the record format. */
  @Column("text")
  kind: string;

  // No foreign keys: the table depends on the noun, and the item that goes is in none while the merge stands.
  @Column("uuid", { name: "stays_id" })
  staysId: string;

  @Column("uuid", { name: "goes_id" })
  goesId: string;

  /** Why they are one. */
  @Column("text")
  because: string;

  @ForeignKey(() => SourceDocument, { name: "record_merge_document" })
  @Column("uuid", { select: false, name: "owner_id" })
  ownerId: string;
}
