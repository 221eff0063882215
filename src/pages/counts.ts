import { COUNTRIES } from "../country/country.store.js";
import type { Sql } from "../db/sql.js";
import { PEOPLE } from "../person/person.store.js";
import { countsOfAll } from "../query/kept-counts.js";
import { listQuery } from "../query/list.js";
import { countRows } from "../query/page.js";

/** How many items are on record. */
export interface RecordCounts {
  statements: number;
  meetings: number;
  people: number;
  countries: number;
  documents: number;
}

/** Counts items for the landing page, by the same functions as `totalCount` of the root lists. */
export async function recordCounts(sql: Sql): Promise<RecordCounts> {
  const [[statements, meetings, documents], [people], [countries]] = await Promise.all([
    countsOfAll(sql, ["statement", "meeting", "source_document"]),
    countRows(sql, listQuery(PEOPLE)),
    countRows(sql, listQuery(COUNTRIES)),
  ]);
  return {
    statements: statements!,
    meetings: meetings!,
    people: people!,
    countries: countries!,
    documents: documents!,
  };
}
