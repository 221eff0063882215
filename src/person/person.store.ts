import { oneEach } from "../db/batch.js";
import { select } from "../db/columns.js";
import type { Sql } from "../db/sql.js";
import { hasSlug, Where } from "../db/where.js";
import type { Page, PageRequest } from "../paging/page.js";
import { countRows, type ListQuestion, readPages } from "../paging/page.sql.js";
import { isByRelevance, nameRelevance } from "../paging/relevance.js";
import { Person } from "./person.entity.js";
import { type PersonFilter, wherePerson } from "./person.filter.js";

/** Which people to list: everyone, or those of each of several countries. */
export interface PersonList {
  countryCodes?: readonly string[];
  filter?: PersonFilter | null;
  /** In which the words of the filter are read. */
  languages?: readonly string[];
}

/** A page of people: of all, or of each country. */
export function personPages(
  sql: Sql,
  list: PersonList,
  request: PageRequest,
): Promise<Page<Person>[]> {
  return readPages(sql, people(list, isByRelevance(request)), request);
}

/** How many people there are: in all, or of each country. */
export function personCounts(sql: Sql, list: PersonList): Promise<number[]> {
  return countRows(sql, people(list));
}

function people({ countryCodes, filter, languages }: PersonList, ranked = false): ListQuestion {
  const where = new Where(countryCodes ? [countryCodes] : [], languages);
  wherePerson(where, filter, countryCodes && "parent.id");
  return {
    name: countryCodes ? "peopleOfCountry" : "people",
    columns: select(Person, "p"),
    from: `person p ${ranked ? nameRelevance("PERSON", "p.id", where.words(filter!.text!)) : ""}`,
    where,
    parents: countryCodes && { ids: countryCodes, type: "text" },
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
    `SELECT ${select(Person, "p")}, p.former_slugs AS "formerSlugs" FROM person p
     WHERE ${hasSlug("$1::text[]", "p")}`,
    [slugs],
  );
  return oneEach(slugs, rows, (row) => [...row.formerSlugs, row.slug]);
}
