import type { Sql } from "../db/sql.js";
import { generic, raw, SQL } from "../db/sql-text.js";
import { keptCount } from "../query/kept-counts.js";
import type { List } from "../query/list.js";
import { onlyOrder } from "../query/ordering.js";
import {
  DOCUMENT_CRITERIA,
  type SourceDocumentFilter,
  whereDocument,
} from "./source-document.filter.js";
import { SourceDocument } from "./source-document.entity.js";

/** The item and the name whose key is `parent.id`: the id of the item, a space, and the name. */
const NAMED = "left(parent.id, 36)::uuid";
const NAME = "substr(parent.id, 38)";

/** The condition that document `d` gives that name to the item, or to one that was merged into it. */
const GIVES_NAME = `d.id IN (
  SELECT c.document_id FROM record_claim c
  WHERE c.item_id IN (SELECT ${NAMED} UNION ALL SELECT r.id FROM item_as_recorded r WHERE r.root_id = ${NAMED})
    AND (c.given->>'name' = ${NAME} OR c.given->'other_names' ? ${NAME})
  UNION ALL SELECT (r.tables->r.noun->0->>'owner_id')::uuid FROM item_as_recorded r
  WHERE r.root_id = ${NAMED} AND NOT EXISTS (SELECT FROM record_claim c WHERE c.item_id = r.id)
    AND (r.tables->r.noun->0->>'name' = ${NAME} OR r.tables->r.noun->0->'other_names' ? ${NAME})
  UNION ALL SELECT t.owner_id FROM (
    ${(["person", "place", "organization"] as const)
      .map((table) => `SELECT id, owner_id FROM ${table} WHERE id = ${NAMED}`)
      .join(" UNION ALL ")}
  ) AS t WHERE NOT EXISTS (SELECT FROM record_claim c WHERE c.item_id = t.id)
    AND NOT EXISTS (SELECT FROM item_as_recorded r WHERE r.root_id = t.id))`;

/** The documents that are not retracted, or those that give a name: newest first, undated last. */
export const SOURCE_DOCUMENTS: List<SourceDocument, "RecordedName", SourceDocumentFilter> = {
  field: "sourceDocuments",
  fieldOf: { RecordedName: "sources" },
  entity: SourceDocument,
  item: { table: "source_document", alias: "d" },
  orderings: onlyOrder(
    "DATE_DESC",
    { sql: "newest_first(d.date_from)", type: "int" },
    { sql: "newest_first(d.date_to)", type: "int" },
    { sql: "d.id", type: "uuid" },
  ),
  criteria: DOCUMENT_CRITERIA,
  keptCounts: { Query: keptCount("source_document") },
  conditions: (where, filter, { parent }) =>
    parent ? where.and(raw(GIVES_NAME)) : whereDocument(where, filter),
};

/** Counts the independent sources of each statement: follows each cited document through copies to its original. */
export async function sourceCountsOfStatements(sql: Sql, statementIds: readonly string[]) {
  const rows = await sql.query<{ statementId: string; count: number }>(
    "sourceCountsOfStatements",
    // UNION removes duplicates: the original of two copies counts once, and a cycle of copies ends.
    SQL`WITH RECURSIVE source (statement_id, document_id, copied_from_id) AS (
       SELECT c.statement_id, d.id, d.syndicated_from_id
       FROM citation c JOIN source_document d ON d.id = c.document_id
       WHERE c.statement_id = ANY (${generic(statementIds, "uuid[]")})
       UNION
       SELECT s.statement_id, d.id, d.syndicated_from_id
       FROM source s JOIN source_document d ON d.id = s.copied_from_id)
     SELECT statement_id AS "statementId", count(*) FILTER (WHERE copied_from_id IS NULL)::int AS count
     FROM source GROUP BY statement_id`,
  );
  const counts = new Map(rows.map(({ statementId, count }) => [statementId, count]));
  return statementIds.map((id) => Math.max(counts.get(id) ?? 0, 1));
}
