import { heldAt } from "../person/tenure.sql.js";

/**
 * The side of the participation `x` in a meeting, a row with its date: a list of codes of countries, of several where
 * the person holds offices of several, or of the organization's id. Null where it is unknown, and with `statedOnly` also
 * where it is INFERRED. Then what comes next doesn't stand in for it: people of one country would be told as of two.
 */
export function sideOf(x: string, meeting: string, statedOnly: boolean): string {
  const inOffice = `FROM tenure t WHERE t.person_id = ${x}.person_id AND t.country_code IS NOT NULL
    AND ${heldAt(meeting, `proof.participation_id = ${x}.id`)}`;
  const country = `ARRAY[${x}.country_code]`;
  const organization = `ARRAY[${x}.organization_id::text]`;
  return statedOnly
    ? `CASE WHEN ${x}.country_code IS NOT NULL THEN CASE ${x}.country_certainty WHEN 'STATED' THEN ${country} END
        WHEN ${x}.organization_certainty = 'STATED' AND NOT EXISTS (SELECT ${inOffice}) THEN ${organization} END`
    : `CASE WHEN ${x}.country_code IS NOT NULL THEN ${country}
        ELSE coalesce(nullif(ARRAY(SELECT t.country_code ${inOffice}), '{}'),
          CASE WHEN ${x}.organization_id IS NOT NULL THEN ${organization} END) END`;
}

/** Whether two sides are not the same; null where one is unknown, or where some of their countries are the same and some not. */
export function isOtherSide(one: string, other: string): string {
  return `CASE WHEN ${one} && ${other} AND NOT (${one} <@ ${other} AND ${one} @> ${other}) THEN NULL
    ELSE NOT ${one} && ${other} END`;
}
