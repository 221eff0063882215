import type { Sql } from "../../db/sql.js";
import { generic, raw, SQL } from "../../db/sql-text.js";
import type { NamedPerson } from "./person-name.js";

/** A person's names, with which duplicates are looked for. */
export interface PersonNames extends NamedPerson {
  id: string;
  slug: string;
  identifiers: Identifier[];
}

/** What another register calls a person. */
export interface Identifier {
  scheme: string;
  value: string;
}

/** A stretch of years; an unknown bound is null. */
export interface Years {
  first: number | null;
  last: number | null;
}

/** An office of a person. */
export interface Office extends Years {
  title: string;
  country: string | null;
  countryName: string | null;
  accreditedTo: string | null;
  accreditedName: string | null;
  organization: string | null;
}

/** For which country a person took part in meetings, in which other one, and when. */
interface Side extends Years {
  country: string | null;
  countryName: string | null;
  place: string | null;
  placeName: string | null;
}

/** What is on record of a person besides the names. */
export interface Life extends PersonNames {
  birthFrom: string | null;
  birthTo: string | null;
  deathFrom: string | null;
  deathTo: string | null;
  offices: Office[];
  sides: Side[];
}

/** The maximum number of offices read per person, and below, of the first and of the latest meetings. */
const MAX_OFFICES = 50;
const MAX_MEETINGS = 100;

const NAMES = SQL`p.id, p.slug, p.name, p.sort_name AS "sortName", p.other_names[1:20] AS "otherNames", p.identifiers`;

/** Reads a page of people with their names, after one of them, in the order of their ids. */
export async function readPeopleNames(
  sql: Sql,
  after: string | null,
  size: number,
): Promise<PersonNames[]> {
  const last = generic(after, "uuid");
  return sql.query<PersonNames>(
    "namesOfPeople",
    SQL`SELECT ${NAMES} FROM person p WHERE ${last} IS NULL OR p.id > ${last}
     ORDER BY p.id LIMIT ${generic(size, "int")}`,
  );
}

/** Counts all people. */
export async function countPeople(sql: Sql): Promise<number> {
  const rows = await sql.query<{ count: number }>(
    "countPeople",
    "SELECT count(*)::int AS count FROM person",
  );
  return rows[0]!.count;
}

/** Counts the people of each country. */
export async function countPeopleOfCountries(sql: Sql): Promise<Map<string, number>> {
  const rows = await sql.query<{ code: string; count: number }>(
    "countPeopleOfCountries",
    `SELECT country_code AS code, count(*)::int AS count FROM person_of_country GROUP BY 1`,
  );
  return new Map(rows.map(({ code, count }) => [code, count]));
}

/** Reads what is on record of these people; unknown ones are left out. */
export async function readLives(sql: Sql, ids: readonly string[]): Promise<Life[]> {
  const meetings = generic(MAX_MEETINGS, "int");
  const year = (column: string) => raw(`extract(year FROM ${column})::int`);
  return sql.query<Life>(
    "livesOfPeople",
    SQL`SELECT ${NAMES}, p.birth_from::text AS "birthFrom", p.birth_to::text AS "birthTo",
       p.death_from::text AS "deathFrom", p.death_to::text AS "deathTo",
       coalesce((SELECT json_agg(o) FROM (
         SELECT t.title, t.country_code AS country, c.name AS "countryName", t.accredited_to_code AS "accreditedTo",
           a.name AS "accreditedName", g.name AS organization,
           ${year("t.start_from")} AS first, ${year("t.end_to")} AS last
         FROM tenure t LEFT JOIN country c ON c.code = t.country_code LEFT JOIN country a ON a.code = t.accredited_to_code
           LEFT JOIN organization g ON g.id = t.organization_id
         WHERE t.person_id = p.id ORDER BY t.key LIMIT ${generic(MAX_OFFICES, "int")}) AS o), '[]') AS offices,
       coalesce((SELECT json_agg(s) FROM (
         SELECT x.country_code AS country, c.name AS "countryName", m.place_country_code AS place, h.name AS "placeName",
           min(${year("m.date_from")}) AS first, max(${year("m.date_until")}) AS last
         FROM (
           (SELECT meeting_id FROM meeting_of_person WHERE person_id = p.id ORDER BY newest, meeting_id LIMIT ${meetings})
           UNION
           (SELECT meeting_id FROM meeting_of_person WHERE person_id = p.id ORDER BY newest DESC, meeting_id DESC LIMIT ${meetings})
         ) AS l
         JOIN participation x ON x.meeting_id = l.meeting_id AND x.person_id = p.id JOIN meeting m ON m.id = x.meeting_id
         LEFT JOIN country c ON c.code = x.country_code LEFT JOIN country h ON h.code = m.place_country_code
         GROUP BY 1, 2, 3, 4 ORDER BY 1, 3) AS s), '[]') AS sides
     FROM person p WHERE p.id = ANY (${generic(ids, "uuid[]")})`,
  );
}

/** Counts the statements and meetings of these people, by id. */
export async function countFacts(sql: Sql, ids: readonly string[]): Promise<Map<string, number>> {
  const rows = await sql.query<{ id: string; count: number }>(
    "factsOfPeople",
    SQL`SELECT i.id, ((SELECT count(*) FROM statement_of_person s WHERE s.person_id = i.id)
       + (SELECT count(*) FROM meeting_of_person m WHERE m.person_id = i.id))::int AS count
     FROM unnest(${generic(ids, "uuid[]")}) AS i (id)`,
  );
  return new Map(rows.map(({ id, count }) => [id, count]));
}
