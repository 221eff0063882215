import type { List } from "../query/list.js";
import { nameRelevance } from "../query/ordering.js";
import { Person } from "./person.entity.js";
import {
  PERSON_CRITERIA,
  PERSON_ITEM,
  type PersonFilter,
  type PersonParent,
  wherePerson,
} from "./person.filter.js";
import type { PersonOrder } from "./person.order.js";
import { PERSON_ORDERINGS } from "./person.order.js";

/** All people, or those of a country or a document. */
export const PEOPLE: List<Person, PersonParent, PersonFilter, PersonOrder> = {
  field: "people",
  entity: Person,
  item: PERSON_ITEM,
  criteria: PERSON_CRITERIA,
  conditions: wherePerson,
  orderings: PERSON_ORDERINGS,
  relevance: (query) => nameRelevance("PERSON", "p.id", query),
  words: ["text", "office"],
};
