import { COUNTRIES } from "../country/country.store.js";
import type { Sql } from "../db/sql.js";
import { MEETINGS } from "../meeting/meeting.store.js";
import { PEOPLE } from "../person/person.store.js";
import { listQuery } from "../query/list.js";
import { countRows } from "../query/page.js";
import { SOURCE_DOCUMENTS } from "../source/source.store.js";
import { STATEMENTS } from "../statement/statement.store.js";

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
  const [statements, meetings, people, countries, documents] = await Promise.all([
    countRows(sql, listQuery(STATEMENTS)),
    countRows(sql, listQuery(MEETINGS)),
    countRows(sql, listQuery(PEOPLE)),
    countRows(sql, listQuery(COUNTRIES)),
    countRows(sql, listQuery(SOURCE_DOCUMENTS)),
  ]);
  return {
    statements: statements[0]!,
    meetings: meetings[0]!,
    people: people[0]!,
    countries: countries[0]!,
    documents: documents[0]!,
  };
}
