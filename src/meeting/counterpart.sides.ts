import { raw, SQL, type SqlText } from "../db/sql-text.js";
import { heldAt } from "../person/tenure.sql.js";

/**
 * Returns the side of the participation `x` in a meeting: an array of country codes, several if the person holds offices of
 * several countries, or of the organization's id. Null if it is unknown, and with `statedOnly` also if it is INFERRED. An
 * INFERRED country is not replaced by the organization: people of one country would appear to be of two sides.
 */
export function sideOf(x: string, meeting: string, statedOnly: boolean): SqlText {
  const own = raw(x);
  const inOffice = SQL`FROM tenure t WHERE t.person_id = ${own}.person_id AND t.country_code IS NOT NULL
    AND ${heldAt(meeting, `proof.participation_id = ${x}.id`)}`;
  const country = SQL`ARRAY[${own}.country_code]`;
  const organization = SQL`ARRAY[${own}.organization_id::text]`;
  return statedOnly
    ? SQL`CASE WHEN ${own}.country_code IS NOT NULL THEN CASE ${own}.country_certainty WHEN 'STATED' THEN ${country} END
        WHEN ${own}.organization_certainty = 'STATED' AND NOT EXISTS (SELECT ${inOffice}) THEN ${organization} END`
    : SQL`CASE WHEN ${own}.country_code IS NOT NULL THEN ${country}
        ELSE coalesce(nullif(ARRAY(SELECT t.country_code ${inOffice}), '{}'),
          CASE WHEN ${own}.organization_id IS NOT NULL THEN ${organization} END) END`;
}

/** Returns whether two sides differ; null if one is unknown, or if they share only some of their countries. */
export function isOtherSide(one: SqlText, other: SqlText): SqlText {
  return SQL`CASE WHEN ${one} && ${other} AND NOT (${one} <@ ${other} AND ${one} @> ${other}) THEN NULL
    ELSE NOT ${one} && ${other} END`;
}
