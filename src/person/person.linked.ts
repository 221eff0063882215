import { referenceTo } from "../records/linked/record.linked.columns.js";
import { dateValue } from "../records/linked/record.linked.context.js";
import { NAMED, namedNode } from "../records/linked/record.linked.names.js";
import { linkedNoun } from "../records/linked/record.linked.noun.js";
import { Person } from "./person.entity.js";

const TYPE = "schema:Person";

/** A reference to the person with this id. */
export const referenceToPerson = referenceTo(Person, TYPE);

/** How a person is written as JSON-LD. */
export const linkedPerson = linkedNoun(Person, {
  columns: NAMED,
  node: (person) => ({
    ...namedNode(TYPE, person),
    "schema:birthDate": dateValue(person.birthDate),
    "schema:deathDate": dateValue(person.deathDate),
  }),
});
