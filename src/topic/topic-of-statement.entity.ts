import { Entity, ForeignKey, Index, PrimaryColumn } from "typeorm";
import { Statement } from "../statement/statement.entity.js";
import { StatementTopic } from "./statement-topic.entity.js";

/** Links a statement to a topic. */
@Entity({ name: "topic_of_statement" })
@Index("topic_of_statement_topic", ["topicId"])
export class TopicOfStatement {
  @ForeignKey(() => Statement, { name: "topic_of_statement_statement", onDelete: "CASCADE" })
  @PrimaryColumn("uuid", { name: "statement_id" })
  readonly statementId: string;

  @ForeignKey(() => StatementTopic, { name: "topic_of_statement_is" })
  @PrimaryColumn("uuid", { name: "topic_id" })
  readonly topicId: string;
}
