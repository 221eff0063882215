import { referenceToCountry } from "../country/country.linked.js";
import { referenceTo } from "../records/linked/record.linked.columns.js";
import { NAMED, namedNode } from "../records/linked/record.linked.names.js";
import { linkedNoun } from "../records/linked/record.linked.noun.js";
import { Place } from "./place.entity.js";

const TYPE = "schema:Place";
const decimal = (value: number | null) => ({ "@value": String(value), "@type": "xsd:decimal" });

/** A reference to the place with this id. */
export const referenceToPlace = referenceTo(Place, TYPE);

/** How a place is written as JSON-LD. */
export const linkedPlace = linkedNoun(Place, {
  columns: {
    ...NAMED,
    country: referenceToCountry("x.country_code"),
  },
  node: ({ latitude, longitude, country, ...place }) => ({
    ...namedNode(TYPE, place),
    "schema:containedInPlace": country,
    "schema:geo":
      latitude === null
        ? null
        : {
            type: "schema:GeoCoordinates",
            "schema:latitude": decimal(latitude),
            "schema:longitude": decimal(longitude),
          },
  }),
});
