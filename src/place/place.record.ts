import { country, value } from "../records/record.fields.js";
import { recordItem } from "../records/record.item.js";
import { identifiers, otherNames, slugs } from "../records/record.naming.js";
import { name } from "../records/record.values.js";
import type { Place } from "./place.entity.js";

/** The record format of a place. */
export const place = recordItem<Place>()({
  noun: "place",
  table: "place",
  fields: {
    ...slugs("Names the place in this and other records: `vientiane`."),
    name: value("name", name(), "As most readers know it."),
    otherNames: otherNames(),
    country: country("countryCode", "Today's; absent where disputed or none."),
    identifiers: identifiers("place"),
  },
});
