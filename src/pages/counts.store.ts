import type { Sql } from "../db/sql.js";

/** How much is on record. */
export interface RecordCounts {
  statements: number;
  meetings: number;
  people: number;
  countries: number;
  documents: number;
}

/** Counts what the landing page tells; a country counts when a side speaks, meets or holds office for it. */
export async function recordCounts(sql: Sql): Promise<RecordCounts> {
  const [counts] = await sql.query<RecordCounts>(
    "recordCounts",
    `SELECT (SELECT count(*)::int FROM statement WHERE standing <> 'RETRACTED') AS statements,
       (SELECT count(*)::int FROM meeting) AS meetings,
       (SELECT count(*)::int FROM person) AS people,
       (SELECT count(*)::int FROM country c
        WHERE EXISTS (SELECT FROM speaker WHERE country_code = c.code)
           OR EXISTS (SELECT FROM participation WHERE country_code = c.code)
           OR EXISTS (SELECT FROM tenure WHERE country_code = c.code)) AS countries,
       (SELECT count(*)::int FROM source_document WHERE standing <> 'RETRACTED') AS documents`,
  );
  return counts!;
}
