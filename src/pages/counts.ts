import { countryCounts } from "../country/country.store.js";
import type { Sql } from "../db/sql.js";
import { meetingCounts } from "../meeting/meeting.store.js";
import { personCounts } from "../person/person.store.js";
import { documentCounts } from "../source/source.store.js";
import { statementCounts } from "../statement/statement.store.js";

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
    statementCounts(sql, {}),
    meetingCounts(sql, {}),
    personCounts(sql, {}),
    countryCounts(sql, {}),
    documentCounts(sql),
  ]);
  return {
    statements: statements[0]!,
    meetings: meetings[0]!,
    people: people[0]!,
    countries: countries[0]!,
    documents: documents[0]!,
  };
}
