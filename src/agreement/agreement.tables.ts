import { itemTable, partTable } from "../records/tables/record.table.js";
import { agreement } from "./agreement.record.js";

/** The CSV file of agreements. */
export const agreements = itemTable(agreement, {
  name: "agreements",
  description: "What was agreed.",
  readable: ["slug", "title"],
});

/** The CSV file of their parties. */
export const agreementParties = partTable(agreement, "parties", {
  name: "agreement_parties",
  type: "AgreementParty",
  description: "Between whom agreements are.",
});
