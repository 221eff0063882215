import { manyEach, oneEach } from "../db/batch.js";
import { select } from "../db/columns.js";
import type { Sql } from "../db/sql.js";
import { Where } from "../db/where.js";
import type { Ordering } from "../paging/ordering.js";
import type { Page, PageRequest } from "../paging/page.js";
import { countRows, type ListQuestion, readPages } from "../paging/page.sql.js";
import { boundsOfPartialDate } from "../scalars/partial-date.js";
import { Country } from "./country.entity.js";
import { referenceCountries } from "./country.reference.js";

/** Brings the table of countries to the standard's present codes and names; changes nothing when it is there. */
export async function storeCountries(sql: Sql): Promise<void> {
  const rows = referenceCountries().map(({ code, name, identifiers, withdrawn }) => {
    const bounds = withdrawn ? boundsOfPartialDate(withdrawn) : null;
    return { code, name, identifiers, withdrawn_from: bounds?.from, withdrawn_to: bounds?.to };
  });
  await sql.query(
    "storeCountries",
    `INSERT INTO country AS stored
     SELECT * FROM jsonb_populate_recordset(NULL::country, $1::jsonb)
     ON CONFLICT (code) DO UPDATE SET name = excluded.name, identifiers = excluded.identifiers,
       withdrawn_from = excluded.withdrawn_from, withdrawn_to = excluded.withdrawn_to
     WHERE stored IS DISTINCT FROM excluded`,
    [JSON.stringify(rows)],
  );
}

/** Countries by code, on record or not. */
export async function countriesByCodes(sql: Sql, codes: readonly string[]) {
  const rows = await sql.query<Country>(
    "countriesByCodes",
    `SELECT ${select(Country, "c")} FROM country c WHERE c.code = ANY ($1::text[])`,
    [codes],
  );
  return oneEach(codes, rows, (row) => [row.code]);
}

/** By English name. */
export const COUNTRY_ORDERING: Ordering = {
  name: "NAME_ASC",
  keys: [
    { sql: "c.name", type: "text" },
    { sql: "c.code", type: "text" },
  ],
};

/** A page of the countries on record. */
export function countryPages(sql: Sql, request: PageRequest): Promise<Page<Country>[]> {
  return readPages(sql, onRecord(), request);
}

/** How many countries are on record. */
export function countryCounts(sql: Sql): Promise<number[]> {
  return countRows(sql, onRecord());
}

/** A country is on record when any fact names it. */
function onRecord(): ListQuestion<Country> {
  const where = new Where();
  where.and(`(EXISTS (SELECT FROM speaker WHERE country_code = c.code)
    OR EXISTS (SELECT FROM participation WHERE country_code = c.code)
    OR EXISTS (SELECT FROM tenure WHERE country_code = c.code OR accredited_to_code = c.code)
    OR EXISTS (SELECT FROM place WHERE country_code = c.code)
    OR EXISTS (SELECT FROM meeting WHERE place_country_code = c.code)
    OR EXISTS (SELECT FROM statement WHERE place_country_code = c.code)
    OR EXISTS (SELECT FROM addressee WHERE country_code = c.code)
    OR EXISTS (SELECT FROM agreement_party WHERE country_code = c.code))`);
  return { name: "countries", entity: Country, from: "country c", where };
}

/** The countries that each meeting is attended for, by name. */
export async function countriesOfMeetings(sql: Sql, meetingIds: readonly string[]) {
  const rows = await sql.query<Country & { meetingId: string }>(
    "countriesOfMeetings",
    `SELECT DISTINCT c.name, p.meeting_id AS "meetingId", ${select(Country, "c")}
     FROM participation p JOIN country c ON c.code = p.country_code
     WHERE p.meeting_id = ANY ($1::uuid[]) ORDER BY c.name, c.code`,
    [meetingIds],
  );
  return manyEach(meetingIds, rows, (row) => row.meetingId);
}
