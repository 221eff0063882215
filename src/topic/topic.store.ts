import { rowsByKey, rowsUnder } from "../query/lookups.js";
import { select } from "../query/rows.js";
import type { Sql } from "../db/sql.js";
import { Statement } from "../statement/statement.entity.js";
import { StatementTopic } from "./statement-topic.entity.js";

/** Every topic, by label. */
export function allTopics(sql: Sql): Promise<StatementTopic[]> {
  return sql.query(
    "allTopics",
    `SELECT ${select(StatementTopic, "t")} FROM statement_topic t ORDER BY t.label, t.slug`,
  );
}

/** Topics by slug. */
export const topicsBySlugs = rowsByKey("topicsBySlugs", StatementTopic, "slug");

/** What each statement is about, by label. */
export const topicsOfStatements = rowsUnder(Statement, "topics", StatementTopic, {
  from: (x) => `topic_of_statement ${x}_of JOIN statement_topic ${x} ON ${x}.id = ${x}_of.topic_id`,
  parentId: (x) => `${x}_of.statement_id`,
  order: (x) => `${x}.label, ${x}.slug`,
});
