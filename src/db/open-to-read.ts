import { existsSync } from "node:fs";
import { join } from "node:path";
import type { DataSource } from "typeorm";
import { startEmbedded } from "../embedded/embedded.js";
import { createDataSource } from "./data-source.js";
import { databaseAddress } from "./database-address.js";
import { hostUrls } from "./hosts.js";
import { DatabaseError } from "./db.errors.js";
import { appliedMigrations, connect } from "./open-database.js";

/** The name of the embedded database, in place of a URL. */
const EMBEDDED = "embedded";

/** A connected database that is only read. */
export interface ReadDatabase {
  dataSource: DataSource;
  /** Disconnects, and stops the embedded server if no other process uses it. */
  close: () => Promise<void>;
}

/**
 * Opens a database that is only read: the embedded one, or that of a PostgreSQL URL. Throws `DatabaseError` if it can't be reached, or
 * has other migrations than this version. No message shows the URL's password.
 */
export async function openToRead(
  target: string,
  directory: string,
  say: (line: string) => void,
): Promise<ReadDatabase> {
  const isEmbedded = target === EMBEDDED;
  if (!isEmbedded && !isPostgresUrl(target))
    throw new DatabaseError(
      "--against takes `embedded`, or a PostgreSQL URL such as postgres://user@localhost:5432/communique.",
    );
  if (isEmbedded && !existsSync(join(directory, "postgres")))
    throw new DatabaseError(`There is no embedded database in ${directory} yet.`);
  const embedded = isEmbedded ? await startEmbedded({ directory, log: say }) : null;
  const dataSource = createDataSource(embedded?.url("postgres") ?? target);
  const close = async () => {
    if (dataSource.isInitialized) await dataSource.destroy();
    await embedded?.stop();
  };
  try {
    const name = isEmbedded
      ? "the embedded database"
      : `the database ${hostUrls(target).map(databaseAddress).join(", ")}`;
    await connect(dataSource, { name, hint: "Start it, or check without --against." });
    await assertSameMigrations(dataSource, name);
    return { dataSource, close };
  } catch (error) {
    await close();
    throw error;
  }
}

function isPostgresUrl(text: string): boolean {
  return /^postgres(?:ql)?:\/\//.test(text) && hostUrls(text).every((url) => URL.canParse(url));
}

async function assertSameMigrations(dataSource: DataSource, name: string): Promise<void> {
  const all = dataSource.migrations.length;
  const applied = await appliedMigrations(dataSource);
  if (applied === all) return;
  throw new DatabaseError(
    applied > all
      ? `${capitalized(name)} has ${applied} migrations and this version ${all}: check with the version that migrated it.`
      : `${capitalized(name)} lacks ${all - applied} of the ${all} migrations of this version. Run \`communique migrate\` on it first.`,
  );
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
