import type { Sql } from "../../db/sql.js";
import { DatabaseError } from "../../db/db.errors.js";
import { asRecorded, withTables } from "../judgements/record.as-recorded.js";
import * as store from "./record.as-of.store.js";

/**
 * Returns an executor whose statements read all items as they were recorded at a revision, 0 being before the first. It
 * only works in the current transaction, which must not be read-only yet, since it makes temporary tables; what they hold grows with what
 * changed since.
 */
export async function asOf(sql: Sql, revision: number): Promise<Sql> {
  try {
    await store.createItemThen(sql);
  } catch (error) {
    if ((error as { code?: string }).code !== "25006") throw error;
    throw new DatabaseError(
      "The database is read-only: the record as of the past is read with temporary tables. Ask its primary, as its owner.",
    );
  }
  await store.fillItemThen(sql, revision);
  const nouns = await store.readNounsThen(sql);
  if (nouns === null) return asRecorded(sql);
  await store.createTablesThen(sql, nouns);
  return withTables(sql, store.tablesThen(nouns));
}
