import type { Sql } from "../db/sql.js";

/** How long the languages on record are cached. Words of a new language are stemmed only after that. */
export const LANGUAGES_CACHE_MS = 1_000;

/** Caches the languages on record across requests, since every search needs them. */
export class Languages {
  private known: readonly string[] = [];
  private expiresAt = 0;

  constructor(private readonly ttlMs: number) {}

  async onRecord(sql: Sql): Promise<readonly string[]> {
    if (performance.now() < this.expiresAt) return this.known;
    const languages = await languagesOnRecord(sql);
    [this.known, this.expiresAt] = [languages, performance.now() + this.ttlMs];
    return languages;
  }
}

/**
 * Returns the languages whose words are stemmed: those of the statements on record, and English, the language of titles. As
 * names of PostgreSQL's text search configurations.
 */
async function languagesOnRecord(sql: Sql): Promise<string[]> {
  // A loose index scan, one step for each language: DISTINCT would read the whole index.
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
