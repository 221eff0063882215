import { itemTable } from "../records/tables/record.table.js";
import { topic } from "./topic.record.js";

/** The CSV file of topics. */
export const topics = itemTable(topic, {
  name: "topics",
  description: "What statements are about.",
  readable: ["slug", "label"],
});
