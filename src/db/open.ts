import type { DataSource } from "typeorm";
import { APPLIED_MIGRATIONS, createDataSource } from "./data-source.js";
import { DatabaseError } from "./db.errors.js";
import { startEmbedded } from "../embedded/embedded.js";
import type { UpkeepObserver } from "../embedded/upkeep.js";
import { migrate } from "./migrate.js";

/** The oldest PostgreSQL that the migrations and statements are tested on. */
const OLDEST_VERSION = 15;

export interface OpenDatabase {
  /** For commands: its statements take their time. */
  dataSource: DataSource;
  url: string;
  /** Whether it can't be written to: it is a standby, or only read-only for its user. */
  isReadOnly: boolean;
  /** Starts the embedded server again when it dies, for who has to stay up. A server of DATABASE_URL has others to do that. */
  keepUp: (observer: UpkeepObserver) => void;
  /** Disconnects, and stops the embedded server if this process owns it. */
  close: () => Promise<void>;
}

/**
 * Connects to the database that is configured, else to the embedded one, and migrates it. One that can't be written to has to
 * have the present schema already, and is refused with `toWrite`.
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
    if (kind === null) await migrate(dataSource);
    else await assertMigrated(dataSource, kind);
    if (kind !== null && toWrite) {
      throw new DatabaseError(`${isReadOnlySince(kind)}. Load into its primary, as its owner.`);
    }
    const keepUp = (observer: UpkeepObserver) => embedded?.keepUp(observer);
    return { dataSource, url, isReadOnly: kind !== null, keepUp, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Why a database can't be written to. */
type ReadOnly = "standby" | "user";

/** Connects, and gives why the database can't be written to; null: it can. */
async function connect(dataSource: DataSource): Promise<ReadOnly | null> {
  try {
    await dataSource.initialize();
  } catch (error) {
    const { message } = error as Error;
    throw new DatabaseError(
      `Can't connect to the database that DATABASE_URL names: ${message}\n` +
        (/startup parameter/.test(message)
          ? "A pooler refuses it: PgBouncer needs ignore_startup_parameters = options; docs/operations.md says more."
          : "Start it, or unset DATABASE_URL to use the embedded PostgreSQL."),
    );
  }
  const [row] = await dataSource.query<
    { version: number; encoding: string; standby: boolean; readOnly: boolean }[]
  >(
    `SELECT current_setting('server_version_num')::int / 10000 AS version,
       current_setting('server_encoding') AS encoding, pg_is_in_recovery() AS standby,
       current_setting('transaction_read_only')::bool AS "readOnly"`,
  );
  if (row!.version < OLDEST_VERSION) {
    throw new DatabaseError(
      `The database is PostgreSQL ${row!.version}; ${OLDEST_VERSION} or newer is needed.`,
    );
  }
  if (row!.encoding !== "UTF8") {
    throw new DatabaseError(
      `The database has the encoding ${row!.encoding}. Make one with the encoding UTF8: docs/operations.md has the statement.`,
    );
  }
  if (row!.standby) return "standby";
  return row!.readOnly ? "user" : null;
}

async function assertMigrated(dataSource: DataSource, kind: ReadOnly): Promise<void> {
  const all = dataSource.migrations.length;
  const applied = await dataSource.query<{ applied: number }[]>(APPLIED_MIGRATIONS).then(
    ([row]) => row!.applied,
    (error: { code?: string }) => {
      if (error.code === "42P01") return 0;
      throw error;
    },
  );
  if (applied >= all) return;
  throw new DatabaseError(
    `${isReadOnlySince(kind)}, and it lacks ${all - applied} of the ${all} migrations of this version.\n` +
      (kind === "standby"
        ? "Run `communique migrate` on its primary, and start again when the standby has replayed that."
        : "Run `communique migrate` as a user who may write to it."),
  );
}

function isReadOnlySince(kind: ReadOnly): string {
  return kind === "standby"
    ? "The database that DATABASE_URL names is a standby, which can't be written to"
    : "The database that DATABASE_URL names is read-only for its user (default_transaction_read_only)";
}
