import type { DataSource } from "typeorm";

/** Every row of every table, as text. */
export async function contentsOf(dataSource: DataSource): Promise<Record<string, string[]>> {
  const found = await dataSource.query<{ table: string }[]>(
    `SELECT tablename AS table FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'migration' ORDER BY 1`,
  );
  const tables = found.map(({ table }) => table);
  const parts = tables.map(
    (table) =>
      `SELECT '${table}' AS name, ARRAY(SELECT t::text FROM ${table} t ORDER BY 1) AS rows`,
  );
  const contents = await dataSource.query<{ name: string; rows: string[] }[]>(
    parts.join(" UNION ALL "),
  );
  return Object.fromEntries(contents.map(({ name, rows }) => [name, rows]));
}
