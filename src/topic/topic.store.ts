import { manyEach, oneEach } from "../db/batch.js";
import { select } from "../db/columns.js";
import type { Sql } from "../db/sql.js";
import { StatementTopic } from "./statement-topic.entity.js";

/** Every topic, by label. */
export function allTopics(sql: Sql): Promise<StatementTopic[]> {
  return sql.query(
    "allTopics",
    `SELECT ${select(StatementTopic, "t")} FROM statement_topic t ORDER BY t.label, t.slug`,
  );
}

/** Topics by slug. */
export async function topicsBySlugs(sql: Sql, slugs: readonly string[]) {
  const rows = await sql.query<StatementTopic>(
    "topicsBySlugs",
    `SELECT ${select(StatementTopic, "t")} FROM statement_topic t WHERE t.slug = ANY ($1::text[])`,
    [slugs],
  );
  return oneEach(slugs, rows, (row) => [row.slug]);
}

/** What each statement is about, by label. */
export async function topicsOfStatements(sql: Sql, statementIds: readonly string[]) {
  const rows = await sql.query<StatementTopic & { statementId: string }>(
    "topicsOfStatements",
    `SELECT x.statement_id AS "statementId", ${select(StatementTopic, "t")}
     FROM topic_of_statement x JOIN statement_topic t ON t.id = x.topic_id
     WHERE x.statement_id = ANY ($1::uuid[]) ORDER BY t.label, t.slug`,
    [statementIds],
  );
  return manyEach(statementIds, rows, (row) => row.statementId);
}
