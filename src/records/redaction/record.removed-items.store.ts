import type { Sql } from "../../db/sql.js";
import { generic, raw, SQL } from "../../db/sql-text.js";
import { ITEMS } from "../record.format.js";
import { columnOf } from "../record.row.js";

/** An item that was on record once. */
export interface RemovedItem {
  id: string;
  /** Why it was redacted; null if it was not, or if it may come back. */
  because: string | null;
  /** What its key stands for, such as a statement's text, as each record gave it. */
  keyStoodFor: string[] | null;
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

/** What the keys of removed items stood for, by noun: an array of `b.tables`, the rows of their tables. */
const KEY_STOOD_FOR = ITEMS.flatMap(({ noun, table, options: { keyStandsFor } }) =>
  keyStandsFor
    ? [
        `WHEN '${noun}' THEN ARRAY(SELECT tables->'${table}'->0->>'${columnOf(keyStandsFor.property)}'
           UNION SELECT c->'given'->>'${columnOf(keyStandsFor.property)}' FROM jsonb_array_elements(tables->'record_claim') AS c)`,
      ]
    : [],
).join(" ");

/** Reads which of these items, of which none is on record, were on record once. */
export async function readRemoved(sql: Sql, ids: readonly string[]): Promise<RemovedItem[]> {
  if (ids.length === 0) return [];
  return sql.query(
    "removedItems",
    SQL`SELECT i.id, r.because, b."keyStoodFor" FROM unnest(${generic(ids, "uuid[]")}) AS i (id)
     LEFT JOIN record_redaction r ON r.item_id = i.id AND ${raw(NOT_RESTORING)}
     LEFT JOIN LATERAL (
       SELECT CASE b.noun ${raw(KEY_STOOD_FOR)} END AS "keyStoodFor"
       FROM item_before b WHERE b.item_id = i.id AND b.tables IS NOT NULL
       ORDER BY b.revision DESC LIMIT 1) AS b ON true
     WHERE r.because IS NOT NULL OR b."keyStoodFor" IS NOT NULL`,
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
