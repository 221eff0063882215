import { z } from "zod";
import { country } from "../country/country.field.js";
import { type Field, value } from "../records/record.fields.js";
import { recordItem } from "../records/record.item.js";
import { identifiers, otherNames, slugs } from "../records/record.naming.js";
import { name } from "../records/record.values.js";
import { DocumentKind } from "../source/source.enums.js";
import type { Place } from "./place.entity.js";

/** Degrees of latitude or longitude, up to `most` in either direction. */
const degrees = (most: number) => z.number().min(-most).max(most);

/** Where a place is. The document whose value is shown is stored too. */
const coordinates = {
  schema: z
    .strictObject({
      latitude: degrees(90).describe("Degrees north of the equator, negative to the south."),
      longitude: degrees(180).describe("Degrees east of Greenwich, negative to the west."),
    })
    .nullish()
    .describe("Where it is, in decimal degrees of WGS 84. Only the record of a DATASET gives it."),
  properties: ["latitude", "longitude", "coordinatesDocumentId"],
  columns: ["latitude", "longitude", "coordinates_document_id"],
  isWhole: true,
  onlyFrom: [DocumentKind.DATASET],
  write: (row, given, _item, ids) => {
    const { latitude = null, longitude = null } = (given ?? {}) as Partial<Record<string, number>>;
    Object.assign(row, { latitude, longitude });
    row.coordinates_document_id = given ? ids.id("document", ids.documentKey) : null;
  },
  read: ({ latitude = null, longitude }) =>
    latitude === null ? undefined : { latitude, longitude },
} satisfies Field<"latitude" | "longitude" | "coordinatesDocumentId">;

/** The record format of a place. */
export const place = recordItem<Place>()({
  noun: "place",
  type: "PLACE",
  typename: "Place",
  table: "place",
  fields: {
    ...slugs("Names the place in this and other records: `vientiane`."),
    name: value("name", name(), "As most readers know it."),
    otherNames: otherNames(),
    country: country("countryCode", "Today's; absent where disputed or none."),
    coordinates,
    identifiers: identifiers("place"),
  },
  computed: ["recordedIn", "changedIn"],
  constraints: {
    coordinates_from_dataset: [
      "wrong-document-kind",
      "its document is no DATASET any more, and has given coordinates, which only a DATASET does",
    ],
  },
});
