import type { Sql } from "../../db/sql.js";
import { generic, raw, SQL } from "../../db/sql-text.js";

/** An item that was on record once. */
export interface RemovedItem {
  id: string;
  /** Why it was redacted; null if it was not, or if it may come back. */
  because: string | null;
  /** Of a statement: its words, which its key stands for, as each record gave them. */
  texts: string[] | null;
}

/** The SQL condition that a load does not bring back what was redacted. */
export const NOT_RESTORING = "current_setting('communique.restore', true) IS DISTINCT FROM 'on'";

/** For the transaction of a load that brings back what was redacted. */
export async function allowRestoring(sql: Sql): Promise<void> {
  await sql.query("allowRestoring", "SELECT set_config('communique.restore', 'on', true)");
}

/** Returns whether anything was ever removed or redacted. */
export async function hasRemoved(sql: Sql): Promise<boolean> {
  const [row] = await sql.query<{ any: boolean }>(
    "hasRemoved",
    `SELECT EXISTS (SELECT FROM record_change WHERE kind = 'REMOVED')
       OR EXISTS (SELECT FROM record_redaction) AS "any"`,
  );
  return row!.any;
}

/** Reads which of these items, of which none is on record, were on record once. */
export async function readRemoved(sql: Sql, ids: readonly string[]): Promise<RemovedItem[]> {
  if (ids.length === 0) return [];
  return sql.query(
    "removedItems",
    SQL`SELECT i.id, r.because, b.texts FROM unnest(${generic(ids, "uuid[]")}) AS i (id)
     LEFT JOIN record_redaction r ON r.item_id = i.id AND ${raw(NOT_RESTORING)}
     LEFT JOIN LATERAL (
       SELECT ARRAY(
         SELECT tables->'statement'->0->>'text'
         UNION SELECT c->'given'->>'text' FROM jsonb_array_elements(tables->'record_claim') AS c) AS texts
       FROM item_before b WHERE b.item_id = i.id AND b.noun = 'statement' AND b.tables IS NOT NULL
       ORDER BY b.revision DESC LIMIT 1) AS b ON true
     WHERE r.because IS NOT NULL OR b.texts IS NOT NULL`,
  );
}

/** Deletes the redactions of items that are on record again. */
export async function forgetRedactions(sql: Sql): Promise<void> {
  await sql.query(
    "forgetRedactions",
    `DELETE FROM record_redaction r WHERE EXISTS (
       SELECT FROM record_change c WHERE c.item_id = r.item_id AND c.revision > r.revision AND c.kind = 'ADDED')`,
  );
}
