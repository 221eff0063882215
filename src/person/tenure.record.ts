import { z } from "zod";
import { country } from "../country/country.field.js";
import { certainty, date, reference, referenceBy, value } from "../records/record.fields.js";
import { recordItem } from "../records/record.item.js";
import { key, slug, text } from "../records/record.values.js";
import { citations } from "../source/citation.record.js";
import type { Tenure } from "./tenure.entity.js";

/** The record format of a tenure: an office that a person held. */
export const tenure = recordItem<Tenure>()({
  noun: "tenure",
  type: "TENURE",
  typename: "Tenure",
  table: "tenure",
  fields: {
    key: value("key", key(), "Names this tenure for ever: `rajnath-singh/defence-minister`."),
    person: referenceBy(
      "person",
      "personId",
      slug().describe("Slug of the person who holds the office."),
    ),
    title: value("title", text(), "The office's title as the document gives it."),
    country: country("countryCode", "The country served."),
    accreditedTo: country("accreditedToCode", "An ambassador's receiving country."),
    organization: reference(
      "organization",
      "organizationId",
      "Slug of the organization served; of an envoy to a state that ISO 3166 never coded, that state.",
    ),
    startDate: date("startFrom", "startTo", "Its first day; unknown when absent."),
    endDate: date("endFrom", "endTo", "Its last day; unknown when absent.", "startDate"),
    ongoing: value("ongoing", z.boolean().default(false), "Only where the document says so."),
    certainty: certainty("certainty", "the tenure"),
    citations: citations("tenureId"),
  },
  computed: ["recordedIn", "changedIn"],
  period: ["startDate", "endDate"],
  constraints: {
    tenure_dates: [
      "reversed-dates",
      "with the dates on record, a tenure would end before it starts",
    ],
  },
});
