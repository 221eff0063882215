import { existsSync } from "node:fs";
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type OpenDatabase, openDatabase } from "./open-database.js";

/**
 * Opens the database for a command that changes nothing. If the embedded database does not exist yet, a temporary empty one
 * is used instead, and deleted on close.
 */
export async function openForDryRun(
  config: { databaseUrl: string | null; dataDirectory: string },
  say: (line: string) => void,
): Promise<OpenDatabase> {
  if (config.databaseUrl !== null || existsSync(join(config.dataDirectory, "postgres"))) {
    return openDatabase(config, say);
  }
  say(`There is no database in ${config.dataDirectory} yet: comparing with an empty one.`);
  const directory = await mkdtemp(join(tmpdir(), "communique-dry-run-"));
  const remove = () => rm(directory, { recursive: true, force: true });
  try {
    await chmod(directory, 0o711); // if run as root, PostgreSQL runs as another user
    const database = await openDatabase({ ...config, dataDirectory: directory }, () => {});
    const close = () => database.close().finally(remove);
    return { ...database, close };
  } catch (error) {
    await remove();
    throw error;
  }
}
