import type { Sql } from "../db/sql.js";
import { SQL } from "../db/sql-text.js";
import { selectSql } from "../query/rows.js";
import { StatementTopic } from "./statement-topic.entity.js";

/** Reads all topics, by label. */
export function allTopics(sql: Sql): Promise<StatementTopic[]> {
  return sql.query(
    "allTopics",
    SQL`SELECT ${selectSql(StatementTopic, "t")} FROM statement_topic t ORDER BY t.label, t.slug`,
  );
}
