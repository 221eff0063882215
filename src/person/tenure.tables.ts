import { itemTable } from "../records/tables/record.table.js";
import { tenure } from "./tenure.record.js";

/** The CSV file of tenures. */
export const tenures = itemTable(tenure, {
  name: "tenures",
  description: "Who held which office, and when.",
  readable: ["title"],
  leftOut: ["key"],
});
