import type { Sql } from "../../db/sql.js";
import { generic, SQL } from "../../db/sql-text.js";

/** Thrown if a record refers to a removed item by a value that is not shown, which no foreign key detects. */
export class HiddenReference extends Error {
  constructor(readonly documentKey: string) {
    super(`the record of "${documentKey}" refers to it`);
  }
}

/**
 * Throws `HiddenReference` if a record refers to any of these items, of which none is on record any more: with a value that another
 * record's is preferred to, or that was settled otherwise.
 */
export async function assertNotReferredTo(sql: Sql, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  const gone = generic(ids, "uuid[]");
  const [found] = await sql.query<{ key: string }>(
    "hiddenReference",
    SQL`SELECT d.key FROM (
       SELECT document_id FROM record_claim WHERE references_in(given) && ${gone}
       UNION ALL SELECT owner_id FROM record_settlement WHERE references_in(given) && ${gone}
       -- What is recorded of one that is shown with values of others: of those whose values were settled, and of those merged.
       UNION ALL SELECT (jsonb_path_query_first(r.tables, '$.*[*].owner_id') #>> '{}')::uuid FROM item_as_recorded r
         CROSS JOIN jsonb_path_query(r.tables, '$.*[*]') AS row
         WHERE r.root_id IN (SELECT item_id FROM record_settlement UNION SELECT stays_id FROM record_merge)
           AND references_in(row) && ${gone}
     ) AS referring (id) JOIN source_document d USING (id) ORDER BY d.key LIMIT 1`,
  );
  if (found) throw new HiddenReference(found.key);
}
