import { Field, ID, Int, ObjectType } from "type-graphql";
import { Check, Column, Entity, Index, PrimaryColumn } from "typeorm";
import { DateTime } from "../scalars/date-time.js";

@ObjectType({
  description:
    "One commit to the record: all of its changes were made at once. The commits of one load, revert or redaction share `operation`.",
})
@Entity({ name: "record_revision" })
@Index("record_revision_operation", ["operation"])
@Index("record_revision_recorded_at", ["recordedAt", "number"])
@Check("record_revision_number", `number > 0`)
export class RecordRevision {
  @Field(() => Int, { description: "From 1, without gaps, in the order of commits." })
  @PrimaryColumn("int")
  readonly number: number;

  @Field(() => ID, {
    description: "UUID of the run of the command that made it, which may commit several times.",
  })
  @Column("uuid")
  operation: string;

  /** The command: load, revert, redact; migrate for what was on record before there were revisions. */
  @Column("text", { select: false })
  action: string;

  @Field(() => DateTime, {
    description: "When it was made, by the database's clock; never before an earlier revision.",
  })
  @Column("timestamptz", { name: "recorded_at" })
  recordedAt: Date | string;

  @Column("text", { nullable: true })
  author: string | null;

  @Field(() => String, {
    nullable: true,
    description: "Why it was made, in the words of who made it; null when not said.",
  })
  @Column("text", { nullable: true })
  note: string | null;
}
