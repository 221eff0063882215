import type { Sql } from "../db/sql.js";
import { generic, SQL } from "../db/sql-text.js";
import { type Chain, MAX_STEPS, type Step } from "../records/against/record.steps.js";
import { idOf } from "../records/record.ids.js";
import { fullKeyIn } from "../records/record.walk.js";
import { CollectedStatements } from "./statement.collected.js";
import { StatementRelationKind } from "./statement.enums.js";

/** The chains from statements to those that they correct. */
export const corrections: Chain = {
  noun: "statement",
  keysIn: (record) => record.statements.map(({ key }) => fullKeyIn(record, key)),
  next: (key, names) => names.collected(CollectedStatements).corrections.get(key) ?? [],
  read: readCorrections,
};

/** Reads the steps from these statements to those that they correct, by keys. */
function readCorrections(sql: Sql, keys: string[]): Promise<Step[]> {
  const ids = keys.map((key) => idOf("statement", key));
  const corrects = generic(StatementRelationKind.CORRECTS, "statement_relation_kind");
  return sql.query(
    "correctionsOnRecord",
    SQL`WITH RECURSIVE step AS (
       SELECT statement_id, other_id FROM statement_relation
         WHERE kind = ${corrects} AND statement_id = ANY (${generic(ids, "uuid[]")})
       UNION SELECT r.statement_id, r.other_id
       FROM step JOIN statement_relation r ON r.kind = ${corrects} AND r.statement_id = step.other_id
     )
     SELECT s.key AS "from", o.key AS "to"
     FROM step JOIN statement s ON s.id = step.statement_id JOIN statement o ON o.id = step.other_id
     LIMIT ${generic(MAX_STEPS, "int")}`,
  );
}

/** The maximum number of corrections followed: chains are short, and a cycle in longer ones is not found. */
const MAX_CORRECTIONS = 100_000;

/** Returns the key of one of these statements that corrects itself by way of others; null if none does. */
export async function readCircularCorrection(sql: Sql, ids: string[]): Promise<string | null> {
  const corrects = generic(StatementRelationKind.CORRECTS, "statement_relation_kind");
  const [found] = await sql.query<{ key: string }>(
    "circularCorrection",
    SQL`WITH RECURSIVE step AS (
       SELECT statement_id AS id, other_id FROM statement_relation 
         WHERE kind = ${corrects} AND statement_id = ANY (${generic(ids, "uuid[]")})
       UNION SELECT step.id, r.other_id
       FROM step JOIN statement_relation r ON r.kind = ${corrects} AND r.statement_id = step.other_id
       WHERE step.other_id <> step.id
     ), bounded AS (SELECT * FROM step LIMIT ${generic(MAX_CORRECTIONS, "int")})
     SELECT s.key FROM bounded b JOIN statement s ON s.id = b.id WHERE b.other_id = b.id ORDER BY 1 LIMIT 1`,
  );
  return found?.key ?? null;
}
