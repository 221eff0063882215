import { date, value } from "../records/record.fields.js";
import { recordItem } from "../records/record.item.js";
import { identifiers, otherNames, slugs } from "../records/record.naming.js";
import { name } from "../records/record.values.js";
import type { Person } from "./person.entity.js";

/** The record format of a person. */
export const person = recordItem<Person>()({
  noun: "person",
  type: "PERSON",
  typename: "Person",
  table: "person",
  fields: {
    ...slugs("Names the person in this and other records: `rajnath-singh`."),
    name: value("name", name(), "As most readers know it."),
    sortName: value("sortName", name(), "The name as a list sorts it: `Singh, Rajnath`."),
    otherNames: otherNames(),
    birthDate: date("birthFrom", "birthTo", "Date of birth."),
    deathDate: date("deathFrom", "deathTo", "Date of death.", "birthDate"),
    identifiers: identifiers("person"),
  },
  computed: ["recordedIn", "changedIn"],
  together: [["name", "sortName"]],
  period: ["birthDate", "deathDate"],
});
