import { Directive, Field, ID, Int, ObjectType } from "type-graphql";
import { Check, Column, Entity, ForeignKey, Index, PrimaryColumn } from "typeorm";
import { Agreement } from "../agreement/agreement.entity.js";
import { Merge } from "../judgement/merge.entity.js";
import { Meeting } from "../meeting/meeting.entity.js";
import { Participation } from "../meeting/participation.entity.js";
import { Tenure } from "../person/tenure.entity.js";
import { StatementRelation } from "../statement/statement-relation.entity.js";
import { Statement } from "../statement/statement.entity.js";
import { SourceDocument } from "./source-document.entity.js";

@Directive('@key(fields: "id")')
@ObjectType({
  description:
    "One passage of one document that says it: `start` and `end` of a text (W3C Web Annotation TextPositionSelector), " +
    "or the `locator` of a dataset's row; exactly one of the two.",
})
@Entity({ name: "citation" })
@Check(
  "citation_of_one_fact",
  `num_nonnulls(statement_id, meeting_id, participation_id, tenure_id, agreement_id, relation_id, merge_id) = 1`,
)
@Check(
  "citation_passage",
  `CASE WHEN locator IS NULL THEN start_offset >= 0 AND end_offset > start_offset ELSE num_nulls(start_offset, end_offset) = 2 END IS TRUE`,
)
@Index("citation_statement", ["statementId"], { where: "statement_id IS NOT NULL" })
@Index("citation_meeting", ["meetingId"], { where: "meeting_id IS NOT NULL" })
@Index("citation_participation", ["participationId"], { where: "participation_id IS NOT NULL" })
@Index("citation_tenure", ["tenureId"], { where: "tenure_id IS NOT NULL" })
@Index("citation_agreement", ["agreementId"], { where: "agreement_id IS NOT NULL" })
@Index("citation_relation", ["relationId"], { where: "relation_id IS NOT NULL" })
@Index("citation_merge", ["mergeId"], { where: "merge_id IS NOT NULL" })
@Index("citation_document", ["documentId"])
@Index("citation_reported_by", { synchronize: false })
export class Citation {
  @Field(() => ID, { description: "UUID, the same on every installation of the same record." })
  @PrimaryColumn("uuid")
  readonly id: string;

  @Field(() => Int, {
    nullable: true,
    description: "Where the passage begins: UTF-16 code units from the start of the text.",
  })
  @Column("int", { name: "start_offset", nullable: true })
  start: number | null;

  @Field(() => Int, {
    nullable: true,
    description:
      "One past its last UTF-16 code unit, so that `text.slice(start, end)` is the passage.",
  })
  @Column("int", { name: "end_offset", nullable: true })
  end: number | null;

  @Field(() => String, {
    nullable: true,
    description:
      "SHA-256 of the bytes of the text that the offsets are of, lower-case hexadecimal: the document's, or that of an earlier edition " +
      "of it. Null without offsets, and where the record does not say.",
  })
  @Column("text", { name: "text_sha256", nullable: true })
  textSha256: string | null;

  @Field(() => String, { nullable: true, description: "The row of a dataset." })
  @Column("text", { nullable: true })
  locator: string | null;

  @Column("text", { nullable: true })
  exact: string | null;

  @Field(() => String, {
    nullable: true,
    description: "Who the document says said so, when that is not the document itself.",
  })
  @Column("text", { name: "reported_by", nullable: true })
  reportedBy: string | null;

  @ForeignKey(() => SourceDocument, { name: "citation_of_document" })
  @Column("uuid", { name: "document_id" })
  documentId: string;

  @ForeignKey(() => Statement, { name: "citation_of_statement", onDelete: "CASCADE" })
  @Column("uuid", { name: "statement_id", nullable: true })
  statementId: string | null;

  @ForeignKey(() => Meeting, { name: "citation_of_meeting", onDelete: "CASCADE" })
  @Column("uuid", { name: "meeting_id", nullable: true })
  meetingId: string | null;

  @ForeignKey(() => Participation, { name: "citation_of_participation", onDelete: "CASCADE" })
  @Column("uuid", { name: "participation_id", nullable: true })
  participationId: string | null;

  @ForeignKey(() => Tenure, { name: "citation_of_tenure", onDelete: "CASCADE" })
  @Column("uuid", { name: "tenure_id", nullable: true })
  tenureId: string | null;

  @ForeignKey(() => Agreement, { name: "citation_of_agreement", onDelete: "CASCADE" })
  @Column("uuid", { name: "agreement_id", nullable: true })
  agreementId: string | null;

  @ForeignKey(() => StatementRelation, { name: "citation_of_relation", onDelete: "CASCADE" })
  @Column("uuid", { name: "relation_id", nullable: true })
  relationId: string | null;

  @ForeignKey(() => Merge, { name: "citation_of_merge", onDelete: "CASCADE" })
  @Column("uuid", { name: "merge_id", nullable: true })
  mergeId: string | null;

  @ForeignKey(() => SourceDocument, { name: "citation_owner" })
  @Column("uuid", { select: false, name: "owner_id" })
  ownerId: string;
}
