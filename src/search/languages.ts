import type { Sql } from "../db/sql.js";

/** How long it is remembered which languages are on record: a new one is stemmed from then on. */
export const LANGUAGES_REMEMBERED_MS = 1_000;

/** Remembers which languages are on record, for all requests: every search needs to know. */
export class Languages {
  private known: readonly string[] = [];
  private until = 0;

  constructor(private readonly forMs: number) {}

  async onRecord(sql: Sql): Promise<readonly string[]> {
    if (performance.now() < this.until) return this.known;
    const languages = await languagesOnRecord(sql);
    [this.known, this.until] = [languages, performance.now() + this.forMs];
    return languages;
  }
}

/**
 * In which languages words are read: those of the statements on record, and English, in which titles are.
 * As names of PostgreSQL's text search configurations.
 */
async function languagesOnRecord(sql: Sql): Promise<string[]> {
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
