import { manyEach, oneEach } from "../db/batch.js";
import { select } from "../db/columns.js";
import type { Sql } from "../db/sql.js";
import { Where } from "../db/where.js";
import type { Page, PageRequest } from "../paging/page.js";
import { countRows, type ListQuestion, readPages } from "../paging/page.sql.js";
import { Person } from "./person.entity.js";
import { Tenure } from "./tenure.entity.js";

/** A page of people: all, or those of each country. */
export function personPages(
  sql: Sql,
  countryCodes: readonly string[] | null,
  request: PageRequest,
): Promise<Page<Person>[]> {
  return readPages(sql, people(countryCodes), request);
}

/** How many people there are: in all, or of each country. */
export function personCounts(sql: Sql, countryCodes: readonly string[] | null): Promise<number[]> {
  return countRows(sql, people(countryCodes));
}

/** A country's people spoke, met or held office for it. */
function people(countryCodes: readonly string[] | null): ListQuestion<Person> {
  const list = { entity: Person, from: "person p" };
  if (!countryCodes) return { ...list, name: "people", where: new Where() };
  const where = new Where([countryCodes]);
  where.and(`p.id IN (
    SELECT person_id FROM speaker WHERE country_code = parent.id
    UNION SELECT person_id FROM participation WHERE country_code = parent.id
    UNION SELECT person_id FROM tenure WHERE country_code = parent.id)`);
  return {
    ...list,
    name: "peopleOfCountry",
    where,
    parents: { ids: countryCodes, type: "text" },
  };
}

/** People by id. */
export async function peopleByIds(sql: Sql, ids: readonly string[]) {
  const rows = await sql.query<Person>(
    "peopleByIds",
    `SELECT ${select(Person, "p")} FROM person p WHERE p.id = ANY ($1::uuid[])`,
    [ids],
  );
  return oneEach(ids, rows, (row) => [row.id]);
}

/** People by present or former slug. */
export async function peopleBySlugs(sql: Sql, slugs: readonly string[]) {
  const rows = await sql.query<Person>(
    "peopleBySlugs",
    `SELECT ${select(Person, "p")} FROM person p
     WHERE p.slug = ANY ($1::text[]) OR p.former_slugs && $1::text[]`,
    [slugs],
  );
  return oneEach(slugs, rows, (row) => [...row.formerSlugs, row.slug]);
}

/** The offices of each person, newest first, those without dates last. */
export async function tenuresOfPeople(sql: Sql, personIds: readonly string[]) {
  const rows = await sql.query<Tenure>(
    "tenuresOfPeople",
    `SELECT ${select(Tenure, "t")} FROM tenure t WHERE t.person_id = ANY ($1::uuid[])
     ORDER BY newest_first(coalesce(t.start_from, t.end_from)), t.key`,
    [personIds],
  );
  return manyEach(personIds, rows, (row) => row.personId);
}
