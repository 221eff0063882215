import type { DataSource } from "typeorm";
import { DatabaseError } from "./db.errors.js";

/**
 * Rejects where an index is missing, or is there but not to be used: somebody has dropped it for a while, or building it anew
 * was broken off. Every answer would be right and many of them would read whole tables, for minutes.
 */
export async function assertIndexed(dataSource: DataSource): Promise<void> {
  const indices = dataSource.entityMetadatas.flatMap(({ indices: own }) => own);
  const rows = await dataSource.query<{ name: string; isValid: boolean }[]>(
    `SELECT c.relname AS name, i.indisvalid AND i.indisready AS "isValid"
     FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
     WHERE c.relname = ANY ($1::text[]) AND pg_table_is_visible(i.indrelid)`,
    [indices.map(({ name }) => name)],
  );
  const found = new Map(rows.map(({ name, isValid }) => [name, isValid]));
  const missing = indices.map(({ name }) => name).filter((name) => !found.has(name));
  const broken = rows.flatMap(({ name, isValid }) => (isValid ? [] : [name]));
  const lines = [
    ...(missing.length > 0
      ? [`The database lacks indexes: ${missing.join(", ")}. Make them as migrations/ has them.`]
      : []),
    ...(broken.length > 0
      ? [
          `Indexes of the database are not valid: ${broken.join(", ")}. REINDEX INDEX makes them anew.`,
        ]
      : []),
  ];
  if (lines.length > 0)
    throw new DatabaseError([...lines, "The service does not start without them."].join("\n"));
}
