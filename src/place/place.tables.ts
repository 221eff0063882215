import { column, itemTable } from "../records/tables/record.table.js";
import { place } from "./place.record.js";

/** The CSV file of places. */
export const places = itemTable(place, {
  name: "places",
  description: "The places on record.",
  readable: ["slug", "name"],
  written: {
    coordinates: [
      column("latitude", { field: "RecordCoordinates.latitude" }),
      column("longitude", { field: "RecordCoordinates.longitude" }),
      column("coordinates_document_id", {
        field: "RecordCoordinates.document",
        refersTo: "document",
      }),
    ],
  },
});
