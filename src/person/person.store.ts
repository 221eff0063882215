import { select, type Selection } from "../query/rows.js";
import type { Sql } from "../db/sql.js";
import { Where } from "../query/where.js";
import type { Page, PageRequest } from "../query/page.js";
import type { ListQuestion } from "../query/list-question.js";
import { countRows, readPages } from "../query/page.sql.js";
import { isByRelevance, nameRelevance } from "../query/relevance.js";
import { Person } from "./person.entity.js";
import { type PersonFilter, wherePerson } from "./person.filter.js";

/** Which people to list: everyone, or those of each of several countries. */
export interface PersonList {
  countryCodes?: readonly string[];
  filter?: PersonFilter | null;
  /** In which the words of the filter are read. */
  languages?: readonly string[];
  /** What is shown of each. */
  selected?: Selection;
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

function people(
  { countryCodes, filter, languages, selected }: PersonList,
  ranked = false,
): ListQuestion {
  const where = new Where(countryCodes ? [countryCodes] : [], languages);
  const { from, keys } = wherePerson(where, filter, countryCodes && "Country");
  return {
    name: countryCodes ? "peopleOfCountry" : "people",
    columns: select(Person, "p", selected),
    from: `${from} ${ranked ? nameRelevance("PERSON", "p.id", where.words(filter!.text!)) : ""}`,
    keys,
    where,
    parents: countryCodes && { ids: countryCodes, type: "text" },
  };
}
