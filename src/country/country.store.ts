import type { Sql } from "../db/sql.js";
import { generic, raw, SQL } from "../db/sql-text.js";
import { groupByKey, selectSql } from "../query/rows.js";
import type { List } from "../query/list.js";
import { onlyOrder } from "../query/ordering.js";
import { isOnRecord } from "../query/on-record.js";
import { boundsOfPartialDate } from "../scalars/partial-date.js";
import { Country } from "./country.entity.js";
import { type CountryFilter, whereCountry } from "./country.filter.js";
import { editionOfNames, namesOfCountries } from "./country.names.js";
import { referenceCountries } from "./country.reference.js";

/** Updates the table of countries to the codes and names of the standard; changes nothing if it is up to date. */
export async function storeCountries(sql: Sql): Promise<void> {
  const rows = referenceCountries().map(({ code, name, identifiers, withdrawn }) => {
    const bounds = withdrawn ? boundsOfPartialDate(withdrawn) : null;
    return { code, name, identifiers, withdrawn_from: bounds?.from, withdrawn_to: bounds?.to };
  });
  await sql.query(
    "storeCountries",
    SQL`INSERT INTO country AS stored (code, name, identifiers, withdrawn_from, withdrawn_to)
     SELECT code, name, identifiers, withdrawn_from, withdrawn_to
     FROM jsonb_populate_recordset(NULL::country, ${generic(JSON.stringify(rows), "jsonb")})
     ON CONFLICT (code) DO UPDATE SET name = excluded.name, identifiers = excluded.identifiers,
       withdrawn_from = excluded.withdrawn_from, withdrawn_to = excluded.withdrawn_to
     WHERE (stored.name, stored.identifiers, stored.withdrawn_from, stored.withdrawn_to)
       IS DISTINCT FROM (excluded.name, excluded.identifiers, excluded.withdrawn_from, excluded.withdrawn_to)`,
  );
  await storeNames(sql);
}

/** Updates the names of countries that are of another edition. Generating names takes half a second, and is usually not needed. */
async function storeNames(sql: Sql): Promise<void> {
  const edition = generic(editionOfNames(), "text");
  const stale = await sql.query<{ code: string }>(
    "countriesWithoutNames",
    SQL`SELECT code FROM country WHERE names_edition <> ${edition}`,
  );
  if (stale.length === 0) return;
  const rows = namesOfCountries(stale.map(({ code }) => code));
  await sql.query(
    "storeCountryNames",
    SQL`UPDATE country c SET names = given.names, names_edition = ${edition}
      FROM jsonb_to_recordset(${generic(JSON.stringify(rows), "jsonb")}) AS given (code text, names text[])
      WHERE c.code = given.code`,
  );
}

/** The countries on record, by English name. */
export const COUNTRIES: List<Country, never, CountryFilter> = {
  field: "countries",
  entity: Country,
  item: { table: "country", alias: "c" },
  orderings: onlyOrder(
    "NAME_ASC",
    { sql: "c.name", type: "text" },
    { sql: "c.code", type: "text" },
  ),
  conditions(where, filter) {
    whereCountry(where, filter);
    where.and(raw(isOnRecord("c.code")));
  },
};

/** Reads the countries of the participants of each meeting, by name. */
export async function countriesOfMeetings(sql: Sql, meetingIds: readonly string[]) {
  const rows = await sql.query<Country & { meetingId: string }>(
    "countriesOfMeetings",
    SQL`SELECT DISTINCT c.name, p.meeting_id AS "meetingId", ${selectSql(Country, "c")}
      FROM participation p JOIN country c ON c.code = p.country_code
      WHERE p.meeting_id = ANY (${generic(meetingIds, "uuid[]")}) ORDER BY c.name, c.code`,
  );
  return groupByKey(meetingIds, rows, (row) => row.meetingId);
}
