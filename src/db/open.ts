import type { DataSource } from "typeorm";
import { createDataSource } from "./data-source.js";
import { DatabaseError } from "./db.errors.js";
import { startEmbedded } from "./embedded.js";
import type { UpkeepObserver } from "./embedded-upkeep.js";
import { migrate } from "./migrate.js";

/** The oldest PostgreSQL that the migrations and statements are tested on. */
const OLDEST_VERSION = 15;

export interface OpenDatabase {
  /** For commands: its statements take their time. */
  dataSource: DataSource;
  url: string;
  /** Starts the embedded server again when it dies, for who has to stay up. A server of DATABASE_URL has others to do that. */
  keepUp: (observer: UpkeepObserver) => void;
  /** Disconnects, and stops the embedded server if this process owns it. */
  close: () => Promise<void>;
}

/** Connects to the database that is configured, else to the embedded one, and migrates it. */
export async function openDatabase(
  config: { databaseUrl: string | null; dataDirectory: string },
  say: (line: string) => void,
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
    await connect(dataSource);
    await migrate(dataSource);
  } catch (error) {
    await close();
    throw error;
  }
  return { dataSource, url, keepUp: (observer) => embedded?.keepUp(observer), close };
}

async function connect(dataSource: DataSource): Promise<void> {
  try {
    await dataSource.initialize();
  } catch (error) {
    throw new DatabaseError(
      `Can't connect to the database that DATABASE_URL names: ${(error as Error).message}\n` +
        "Start it, or unset DATABASE_URL to use the embedded PostgreSQL.",
    );
  }
  const [row] = await dataSource.query<{ version: number; encoding: string }[]>(
    `SELECT current_setting('server_version_num')::int / 10000 AS version,
       current_setting('server_encoding') AS encoding`,
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
}
