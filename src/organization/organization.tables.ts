import { itemTable } from "../records/tables/record.table.js";
import { organization } from "./organization.record.js";

/** The CSV file of organizations. */
export const organizations = itemTable(organization, {
  name: "organizations",
  description: "The organizations on record.",
  readable: ["slug", "name"],
});
