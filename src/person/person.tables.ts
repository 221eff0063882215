import { itemTable } from "../records/tables/record.table.js";
import { person } from "./person.record.js";
import { tenure } from "./tenure.record.js";

/** The CSV file of people. */
export const people = itemTable(person, {
  name: "people",
  type: "Person",
  description: "The people on record.",
  readable: ["slug", "name"],
  columns: [["id", "slug", "name", "sortName", "birthDate", "deathDate"]],
});

/** The CSV file of tenures. */
export const tenures = itemTable(tenure, {
  name: "tenures",
  type: "Tenure",
  description: "Who held which office, and when.",
  readable: ["title"],
  columns: [
    ["id", "person", "title", "country", "accreditedTo", "organization"],
    ["startDate", "endDate", "ongoing", "certainty"],
  ],
});
