import { column, type NounTable, partialDate } from "../records/tables/record.table.js";

/** The CSV file of countries. */
export const countries: NounTable = {
  noun: "country",
  name: "countries",
  description: "Every country with an ISO 3166 code, today's or a former one, on record or not.",
  readable: ["name"],
  primaryKey: ["code"],
  from: "country",
  order: `x.code COLLATE "C"`,
  columns: [
    column("code", { field: "Country.code", required: true }),
    column("name", { field: "Country.name", required: true }),
    ...partialDate("withdrawn", "Country.withdrawn", "withdrawn_from", "withdrawn_to"),
  ],
};
