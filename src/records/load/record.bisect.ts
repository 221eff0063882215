import type { Sql } from "../../db/sql.js";
import { combineOutcomes, type Outcome } from "./record.outcome.js";

/**
 * Processes items together. If the database rejects them, bisects until each rejected item is alone; its outcome comes
 * from `outcomeOfRejected`, which returns null for errors that no item causes (these are rethrown).
 */
export async function bisect<T>(
  sql: Sql,
  items: T[],
  work: (sql: Sql, items: T[]) => Promise<Outcome>,
  outcomeOfRejected: (error: unknown, item: T) => Outcome | null,
): Promise<Outcome> {
  const begun = sql.query("beginPart", "SAVEPOINT part");
  try {
    const [outcome] = await Promise.all([work(sql, items), begun]);
    await Promise.all([
      // Checks deferred constraints now, while it is known which items may violate them.
      sql.query("checkRules", "SET CONSTRAINTS ALL IMMEDIATE"),
      sql.query("waitWithRules", "SET CONSTRAINTS ALL DEFERRED"),
      sql.query("endPart", "RELEASE SAVEPOINT part"),
    ]);
    return outcome;
  } catch (error) {
    const rejected = items[0] && outcomeOfRejected(error, items[0]);
    if (!rejected) throw error;
    await sql.query("takeBackPart", "ROLLBACK TO SAVEPOINT part");
    if (items.length === 1) return rejected;
  }
  const half = Math.ceil(items.length / 2);
  const first = await bisect(sql, items.slice(0, half), work, outcomeOfRejected);
  return combineOutcomes(first, await bisect(sql, items.slice(half), work, outcomeOfRejected));
}
