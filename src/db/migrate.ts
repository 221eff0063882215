import type { DataSource } from "typeorm";
import { storeCountries } from "../country/country.store.js";
import { createExtensions } from "./extensions.js";
import { sqlOf } from "./sql.js";

// Any number will do, as long as every version of the service takes the same.
const MIGRATION_LOCK = 740_513_201;

/**
 * Brings the database to the present schema and country codes, all or nothing.
 * Services that start at once take turns, and the later ones find nothing to do.
 */
export async function migrate(dataSource: DataSource): Promise<void> {
  const lock = dataSource.createQueryRunner();
  try {
    // In a transaction: outside of one a pooler may send what unlocks to another connection.
    await lock.startTransaction();
    await lock.query("SELECT pg_advisory_xact_lock($1)", [MIGRATION_LOCK]);
    await createExtensions(sqlOf(dataSource));
    await dataSource.runMigrations({ transaction: "all" });
    await storeCountries(sqlOf(dataSource));
  } finally {
    if (lock.isTransactionActive) await lock.rollbackTransaction();
    await lock.release();
  }
}
