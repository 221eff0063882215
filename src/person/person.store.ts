import type { List } from "../query/list.js";
import { nameRelevance } from "../query/ordering.js";
import { Person } from "./person.entity.js";
import { type PersonFilter, wherePerson } from "./person.filter.js";
import type { PersonOrder } from "./person.order.js";
import { PERSON_ORDERINGS } from "./person.order.js";

/** All people, or those of a country. */
export const PEOPLE: List<Person, "Country", PersonFilter, PersonOrder> = {
  field: "people",
  entity: Person,
  alias: "p",
  orderings: PERSON_ORDERINGS,
  source: wherePerson,
  relevance: (query) => nameRelevance("PERSON", "p.id", query),
  words: ["text", "office"],
};
