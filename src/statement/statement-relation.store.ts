import type { Sql } from "../db/sql.js";
import { generic, SQL } from "../db/sql-text.js";
import { groupByKey } from "../query/rows.js";
import type { StatementRelation } from "./statement-relation.entity.js";
import { StatementRelationKind } from "./statement.enums.js";

/**
 * Reads the relations of each statement: its own, and those of other statements to it whose kind has an inverse. By kind, then
 * by the other statement; a relation that both have is listed twice, the statement's own first.
 */
export async function relationsOfStatements(sql: Sql, statementIds: readonly string[]) {
  const ids = generic(statementIds, "uuid[]");
  const kinds = generic(Object.values(StatementRelationKind), "text[]");
  const rows = await sql.query<StatementRelation>(
    "relationsOfStatements",
    SQL`SELECT seen.* FROM (
       SELECT r.id, r.statement_id AS "statementId", r.kind::text AS kind, r.other_id AS "otherId",
         r.owner_id AS "ownerId", true AS held
       FROM statement_relation r WHERE r.statement_id = ANY (${ids})
       UNION ALL
       SELECT r.id, r.other_id, CASE r.kind WHEN 'CORRECTS' THEN 'CORRECTED_BY' ELSE r.kind::text END,
         r.statement_id, r.owner_id, false
       FROM statement_relation r WHERE r.other_id = ANY (${ids}) AND r.kind IN ('CORRECTS', 'CONTRADICTS')
     ) AS seen
     ORDER BY array_position(${kinds}, seen.kind), seen."otherId", seen.held DESC`,
  );
  return groupByKey(statementIds, rows, (row) => row.statementId);
}
