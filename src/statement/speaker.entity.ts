import { Field, ID, ObjectType } from "type-graphql";
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from "typeorm";
import { Side } from "../person/side.entity.js";
import { Statement } from "./statement.entity.js";

@ObjectType({
  description:
    "One side that makes a statement: a person, the country or organization spoken for, or only a description. " +
    "At least one is set. The statement's citations prove it.",
})
@Entity({ name: "speaker" })
@Index("speaker_statement", ["statementId", "position"], { unique: true })
@Index("speaker_person", ["personId"])
@Index("speaker_country", ["countryCode"])
@Index("speaker_organization", ["organizationId", "statementId"], {
  where: "organization_id IS NOT NULL",
})
export class Speaker extends Side {
  @Field(() => ID, { description: "UUID, the same on every installation of the same record." })
  @PrimaryColumn("uuid")
  readonly id: string;

  @ForeignKey(() => Statement, { name: "speaker_of_statement", onDelete: "CASCADE" })
  @Column("uuid", { name: "statement_id" })
  statementId: string;

  @Column("smallint", { select: false })
  position: number;
}
