import type { DataSource } from "typeorm";
import { storeCountries } from "../country/country.store.js";
import { createExtensions } from "./extensions.js";
import { sqlOf } from "./sql.js";

// An arbitrary number, the same in every version of the service.
const MIGRATION_LOCK = 740_513_201;

/**
 * Runs pending migrations and updates the country codes, all or nothing. If several services start at once, one of them
 * migrates while the others wait on a lock.
 */
export async function migrate(dataSource: DataSource): Promise<void> {
  const lock = dataSource.createQueryRunner();
  try {
    // In a transaction: otherwise a pooler may send the unlock to another connection.
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
