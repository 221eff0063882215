import type { Sql } from "../../db/sql.js";

/**
 * Has the rest of a transaction look up ids by index, foreign keys included. A plan made while tables are small would scan them, and would
 * be kept in the cache while they grow a thousandfold.
 */
export async function lookUpById(sql: Sql): Promise<void> {
  await sql.query(
    "lookUpById",
    "SELECT set_config('enable_seqscan', 'off', true), set_config('jit', 'off', true)",
  );
}

/**
 * Discards the cached plans of the connection each time that a load has doubled: after 1, 2, 4, 8 … batches. In a table without rows
 * all indexes cost the same, so a plan of a trigger or a foreign key may use one that is read from end to end.
 */
export async function discardPlans(sql: Sql, batches: number): Promise<void> {
  const isPowerOfTwo = (batches & (batches - 1)) === 0;
  if (isPowerOfTwo) await sql.query("discardPlans", "DISCARD PLANS");
}
