import type { DataSource } from "typeorm";
import { storeCountries } from "../country/country.store.js";
import { createExtensions } from "./extensions.js";
import { LOAD_LOCK, MIGRATION_LOCK } from "./locks.js";
import { sqlOf } from "./sql.js";
import { adoptUnreleased } from "./unreleased-migrations.js";

/**
 * Runs pending migrations and updates the country codes, all or nothing. If several services start at once, one of them
 * migrates while the others wait on a lock. Pending migrations wait for the transaction of a load that is under way.
 * `say` gets a line if the database has the migrations of before the first release.
 */
export async function migrate(
  dataSource: DataSource,
  say: (line: string) => void = () => {},
): Promise<void> {
  const lock = dataSource.createQueryRunner();
  try {
    // In a transaction: otherwise a pooler may send the unlock to another connection.
    await lock.startTransaction();
    await lock.query("SELECT pg_advisory_xact_lock($1)", [MIGRATION_LOCK]);
    await adoptUnreleased(dataSource, say);
    // A load reads on a second connection what it changes on its own. If a migration waited for the one, the other would wait for the
    // migration, and nobody could tell that all three are stuck.
    if (await dataSource.showMigrations()) {
      await lock.query("SELECT pg_advisory_xact_lock($1)", [LOAD_LOCK]);
    }
    await createExtensions(sqlOf(dataSource));
    await dataSource.runMigrations({ transaction: "all" });
    await storeCountries(sqlOf(dataSource));
  } finally {
    if (lock.isTransactionActive) await lock.rollbackTransaction();
    await lock.release();
  }
}
