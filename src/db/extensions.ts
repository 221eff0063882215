import { DatabaseError } from "./db.errors.js";
import type { Sql } from "./sql.js";

/** Extensions of PostgreSQL's own that texts and names are searched with. */
const EXTENSIONS = ["unaccent", "pg_trgm"];

/**
 * Creates what is missing of them before a migration does: where that fails, it has to be told what to do,
 * and errors of the server, which may speak any language, do not tell which statement they are of.
 */
export async function createExtensions(sql: Sql): Promise<void> {
  for (const name of EXTENSIONS) {
    try {
      await sql.query("createExtension", `CREATE EXTENSION IF NOT EXISTS ${name}`);
    } catch (error) {
      throw new DatabaseError(
        `The database lacks PostgreSQL's extension ${name}, and it can't be created: ${(error as Error).message}\n` +
          "Install the server's contrib modules (postgresql-contrib on many systems) if it does not have them, " +
          `and run CREATE EXTENSION ${name} in the database as its owner or as a superuser.`,
        { cause: error },
      );
    }
  }
}
