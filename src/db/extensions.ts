import { DatabaseError } from "./db.errors.js";
import type { Sql } from "./sql.js";

/** PostgreSQL extensions used for searching texts and names. */
const EXTENSIONS = ["unaccent", "pg_trgm"];

/**
 * Creates missing extensions, before the migration that would: if it fails, the message must say what to do, and the
 * server's own errors may be in any language and do not name the statement.
 */
export async function createExtensions(sql: Sql): Promise<void> {
  for (const name of EXTENSIONS) {
    try {
      await sql.query("createExtension", `CREATE EXTENSION IF NOT EXISTS ${name}`);
    } catch (error) {
      throw new DatabaseError(
        `The PostgreSQL extension ${name} is missing and cannot be created: ${(error as Error).message}\n` +
          "Install the contrib modules on the server (postgresql-contrib on many systems) if they are missing, " +
          `and run CREATE EXTENSION ${name} in the database as its owner or a superuser.`,
        { cause: error },
      );
    }
  }
}
