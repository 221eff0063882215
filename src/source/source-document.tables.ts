import { itemTable } from "../records/tables/record.table.js";
import { document } from "./source-document.record.js";

/** The CSV file of documents. */
export const documents = itemTable(document, {
  name: "documents",
  description: "The texts and datasets that facts are cited from.",
  readable: ["key", "title"],
});
