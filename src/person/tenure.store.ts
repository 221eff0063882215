import type { Sql } from "../db/sql.js";
import { custom, generic, raw, SQL } from "../db/sql-text.js";
import { groupByKey, selectSql } from "../query/rows.js";
import { boundsOfPartialDate } from "../scalars/partial-date.js";
import { Tenure } from "./tenure.entity.js";
import { heldAt, heldBetween } from "./tenure.sql.js";

/** Newest first, undated last. */
const ORDER = SQL`newest_first(coalesce(t.start_from, t.end_from)), t.key`;

/** Reads the tenures of each person: all, or those held on some day of a partial date. */
export async function tenuresOfPeople(
  sql: Sql,
  personIds: readonly string[],
  on?: string | null,
): Promise<Tenure[][]> {
  const date = on ? boundsOfPartialDate(on) : null;
  const held = date
    ? SQL` AND ${heldBetween(custom(date.from, "date"), custom(date.to, "date"))}`
    : raw("");
  const rows = await sql.query<Tenure>(
    "tenuresOfPerson",
    SQL`SELECT ${selectSql(Tenure, "t")} FROM tenure t
      WHERE t.person_id = ANY (${generic(personIds, "uuid[]")})${held} ORDER BY ${ORDER}`,
  );
  return groupByKey(personIds, rows, (row) => row.personId);
}

/** Reads the tenures of each participant, for the same country, at the time of the meeting. */
export function tenuresOfParticipations(sql: Sql, participationIds: readonly string[]) {
  return tenuresOfSides(sql, participationIds, {
    name: "tenuresOfParticipations",
    from: "participation side JOIN meeting fact ON fact.id = side.meeting_id",
    proof: "proof.participation_id = side.id",
  });
}

/** Reads the tenures of each speaker, for the same country, at the time of the statement. */
export function tenuresOfSpeakers(sql: Sql, speakerIds: readonly string[]) {
  return tenuresOfSides(sql, speakerIds, {
    name: "tenuresOfSpeakers",
    from: "speaker side JOIN statement fact ON fact.id = side.statement_id",
    proof: "proof.statement_id = fact.id",
  });
}

/** A table of sides, joined to its dated fact, and the condition for the citations of a side. */
interface Sides {
  name: string;
  from: string;
  proof: string;
}

async function tenuresOfSides(
  sql: Sql,
  sideIds: readonly string[],
  { name, from, proof }: Sides,
): Promise<Tenure[][]> {
  const rows = await sql.query<Tenure & { sideId: string }>(
    name,
    SQL`SELECT side.id AS "sideId", ${selectSql(Tenure, "t")}
      FROM ${raw(from)}
      JOIN tenure t ON t.person_id = side.person_id AND t.country_code IS NOT DISTINCT FROM side.country_code
      WHERE side.id = ANY (${generic(sideIds, "uuid[]")}) AND ${heldAt("fact", proof)}
      ORDER BY ${ORDER}`,
  );
  return groupByKey(sideIds, rows, (row) => row.sideId);
}
