import type { DataSource } from "typeorm";

/** Every row of every table, as text. */
export async function contentsOf(dataSource: DataSource): Promise<Record<string, string[]>> {
  const tables = dataSource.entityMetadatas.map(({ tableName }) => tableName).sort();
  const parts = tables.map(
    (table) =>
      `SELECT '${table}' AS name, ARRAY(SELECT t::text FROM ${table} t ORDER BY 1) AS rows`,
  );
  const contents = await dataSource.query<{ name: string; rows: string[] }[]>(
    parts.join(" UNION ALL "),
  );
  return Object.fromEntries(contents.map(({ name, rows }) => [name, rows]));
}
