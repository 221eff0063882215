import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from "typeorm";
import { SourceDocument } from "../source/source-document.entity.js";

/** The judgement of a record that two items are not one, so that they are not proposed as duplicates. */
@Entity({ name: "record_difference" })
@Check("record_difference_of_two", `other_id <> one_id`)
@Index("record_difference_one", ["oneId"])
@Index("record_difference_other", ["otherId"])
@Index("record_difference_owner", ["ownerId"])
export class Difference {
  @PrimaryColumn("uuid")
  readonly id: string;

  /** Names it in messages: document, noun and both items. */
  @Column("text")
  key: string;

  /** The noun of both items in the record format. */
  @Column("text")
  kind: string;

  // No foreign keys: the table depends on the noun.
  @Column("uuid", { name: "one_id" })
  oneId: string;

  @Column("uuid", { name: "other_id" })
  otherId: string;

  /** Why they are not one. */
  @Column("text")
  because: string;

  @ForeignKey(() => SourceDocument, { name: "record_difference_document" })
  @Column("uuid", { select: false, name: "owner_id" })
  ownerId: string;
}
