import { itemTable } from "../records/tables/record.table.js";
import { person } from "./person.record.js";

/** The CSV file of people. */
export const people = itemTable(person, {
  name: "people",
  description: "The people on record.",
  readable: ["slug", "name"],
});
