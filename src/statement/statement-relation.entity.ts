import { Field, ObjectType } from "type-graphql";
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn, Unique } from "typeorm";
import { SourceDocument } from "../source/source-document.entity.js";
import { Statement } from "./statement.entity.js";
import { HELD_RELATION_KINDS, StatementRelationKind } from "./statement.enums.js";

@ObjectType({
  description:
    "What a statement is to another one. Some kinds show at both ends, others only at the statement that holds them.",
})
@Entity({ name: "statement_relation" })
@Check("statement_relation_of_two", `statement_id <> other_id`)
@Unique("statement_relation_once", ["statementId", "kind", "otherId"], {
  deferrable: "INITIALLY IMMEDIATE",
})
@Index("statement_relation_other", ["otherId"])
export class StatementRelation {
  @PrimaryColumn("uuid")
  readonly id: string;

  // The table has each relation once. For its inverse, the two ids of a row are swapped when read.
  @ForeignKey(() => Statement, { name: "statement_relation_of_statement", onDelete: "CASCADE" })
  @Column("uuid", { name: "statement_id" })
  statementId: string;

  @Field(() => StatementRelationKind, { description: "What this statement is to the other one." })
  @Column("enum", { enum: HELD_RELATION_KINDS, enumName: "statement_relation_kind" })
  kind: StatementRelationKind;

  @ForeignKey(() => Statement, { name: "statement_relation_to_statement", onDelete: "CASCADE" })
  @Column("uuid", { name: "other_id" })
  otherId: string;

  @ForeignKey(() => SourceDocument, { name: "statement_relation_owner" })
  @Column("uuid", { select: false, name: "owner_id" })
  ownerId: string;
}
