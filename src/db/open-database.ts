import type { DataSource } from "typeorm";
import { APPLIED_MIGRATIONS, createDataSource } from "./data-source.js";
import { DatabaseError } from "./db.errors.js";
import { startEmbedded } from "../embedded/embedded.js";
import type { SupervisorObserver } from "../embedded/supervisor.js";
import { migrate } from "./migrate.js";

/** The oldest supported PostgreSQL version. */
const MIN_VERSION = 15;

/** A connected and migrated database. */
export interface OpenDatabase {
  /** For commands, without timeouts. */
  dataSource: DataSource;
  url: string;
  /** Whether it is a standby, or read-only for its user. */
  isReadOnly: boolean;
  /** Restarts the embedded server whenever it dies, for a service that must stay up. Does nothing with DATABASE_URL. */
  supervise: (observer: SupervisorObserver) => void;
  /** Disconnects, and stops the embedded server if no other process uses it. */
  close: () => Promise<void>;
}

/**
 * Connects to the configured database, else to the embedded one, and migrates it. A read-only database must be migrated
 * already, and is an error with `toWrite`.
 */
export async function openDatabase(
  config: { databaseUrl: string | null; dataDirectory: string },
  say: (line: string) => void,
  { toWrite = false } = {},
): Promise<OpenDatabase> {
  const embedded = config.databaseUrl
    ? null
    : await startEmbedded({ directory: config.dataDirectory, log: say });
  const url = config.databaseUrl ?? embedded!.url("postgres");
  const dataSource = createDataSource(url);
  const close = async () => {
    if (dataSource.isInitialized) await dataSource.destroy();
    await embedded?.stop();
  };
  try {
    const kind = await connect(dataSource);
    if (kind === null) await migrate(dataSource, say);
    else await assertMigrated(dataSource, kind);
    if (kind !== null && toWrite) {
      throw new DatabaseError(`${readOnlyReason(kind)}. Load into its primary, as its owner.`);
    }
    const supervise = (observer: SupervisorObserver) => embedded?.supervise(observer);
    return { dataSource, url, isReadOnly: kind !== null, supervise, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Why a database is read-only. */
type ReadOnly = "standby" | "user";

const OF_ENVIRONMENT = {
  name: "the database in DATABASE_URL",
  hint: "Start it, or unset DATABASE_URL to use the embedded PostgreSQL.",
};

/** Connects, and returns why the database is read-only; null if it is writable. */
export async function connect(
  dataSource: DataSource,
  { name, hint }: { name: string; hint: string } = OF_ENVIRONMENT,
): Promise<ReadOnly | null> {
  try {
    await dataSource.initialize();
  } catch (error) {
    const { message } = error as Error;
    throw new DatabaseError(
      `Cannot connect to ${name}: ${message}\n` +
        (/startup parameter/.test(message)
          ? "A pooler rejects the connection: PgBouncer needs ignore_startup_parameters = options, see docs/operations.md."
          : hint),
    );
  }
  const [row] = await dataSource.query<
    { version: number; encoding: string; standby: boolean; readOnly: boolean }[]
  >(
    `SELECT current_setting('server_version_num')::int / 10000 AS version,
       current_setting('server_encoding') AS encoding, pg_is_in_recovery() AS standby,
       current_setting('transaction_read_only')::bool AS "readOnly"`,
  );
  if (row!.version < MIN_VERSION) {
    throw new DatabaseError(
      `The database is PostgreSQL ${row!.version}; version ${MIN_VERSION} or newer is required.`,
    );
  }
  if (row!.encoding !== "UTF8") {
    throw new DatabaseError(
      `The database has the encoding ${row!.encoding}. Create one with the encoding UTF8, as in docs/operations.md.`,
    );
  }
  if (row!.standby) return "standby";
  return row!.readOnly ? "user" : null;
}

async function assertMigrated(dataSource: DataSource, kind: ReadOnly): Promise<void> {
  const all = dataSource.migrations.length;
  const applied = await appliedMigrations(dataSource);
  if (applied >= all) return;
  throw new DatabaseError(
    `${readOnlyReason(kind)}, and ${all - applied} of the ${all} migrations of this version are pending.\n` +
      (kind === "standby"
        ? "Run `communique migrate` on its primary, and start again when the standby has replayed it."
        : "Run `communique migrate` as a user with write access."),
  );
}

/** Returns how many migrations a database has. */
export async function appliedMigrations(dataSource: DataSource): Promise<number> {
  try {
    const [row] = await dataSource.query<{ applied: number }[]>(APPLIED_MIGRATIONS);
    return row!.applied;
  } catch (error) {
    if ((error as { code?: string }).code === "42P01") return 0;
    throw error;
  }
}

function readOnlyReason(kind: ReadOnly): string {
  return kind === "standby"
    ? "The database in DATABASE_URL is a standby, which is read-only"
    : "The database in DATABASE_URL is read-only for its user (default_transaction_read_only)";
}
