import type { DataSource } from "typeorm";

/** Every row of every table, as text, but for the code table of countries and its names: tens of thousands that no record gives. */
export async function contentsOf(dataSource: DataSource): Promise<Record<string, string[]>> {
  const found = await dataSource.query<{ table: string }[]>(
    `SELECT tablename AS table FROM pg_tables WHERE schemaname = 'public' AND tablename <> ALL ($1) ORDER BY 1`,
    [NOT_ON_RECORD],
  );
  const tables = found.map(({ table }) => table);
  const parts = tables.map(
    (table) =>
      `SELECT '${table}' AS name, ARRAY(SELECT (to_jsonb(t) - '{recorded_in,changed_in}'::text[])::text FROM ${table} t ${RECORDED[table] ?? ""} ORDER BY 1) AS rows`,
  );
  const contents = await dataSource.query<{ name: string; rows: string[] }[]>(
    parts.join(" UNION ALL "),
  );
  return Object.fromEntries(contents.map(({ name, rows }) => [name, rows]));
}

/** Migrations, and how the record came to be: also by which connection its rows were counted (`wrongInLists` compares the counts). */
const NOT_ON_RECORD = [
  "migration",
  "country",
  "record_revision",
  "record_change",
  "item_before",
  "document_of_revision",
  "record_redaction",
  "kept_count",
  "load_position",
];

/** What of a table comes from records, where it is not all of it. */
const RECORDED: Record<string, string> = { record_name: "WHERE t.kind <> 'COUNTRY'" };
