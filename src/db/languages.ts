import type { Sql } from "./sql.js";

/**
 * In which languages words are read: those of the statements on record, and English, in which titles are.
 * As names of PostgreSQL's text search configurations.
 */
export async function languagesOnRecord(sql: Sql): Promise<string[]> {
  // One step in the index for each language: DISTINCT would read all of it.
  const rows = await sql.query<{ config: string }>(
    "languagesOnRecord",
    `WITH RECURSIVE spoken AS (
       SELECT min(language) AS language FROM statement
       UNION SELECT (SELECT min(language) FROM statement WHERE language > spoken.language) FROM spoken
     )
     SELECT DISTINCT text_config(language)::text AS config FROM spoken
     WHERE language IS NOT NULL ORDER BY config`,
  );
  const stemmed = rows.map(({ config }) => config).filter((config) => config !== "simple");
  return [...new Set(["english", ...stemmed])];
}
