import { country } from "../country/country.field.js";
import { certainty, optional, reference } from "../records/record.fields.js";
import type { PartyKeys } from "../records/record.parts.js";
import { text } from "../records/record.values.js";

/** The record format of a side: who takes part or speaks, and on whose behalf. */
export const side = {
  person: reference("person", "personId", "Slug of the person."),
  personCertainty: certainty("personCertainty", "that it is this person", ["person"]),
  country: country("countryCode", "On whose behalf."),
  countryCertainty: certainty("countryCertainty", "that it is this country", ["country"]),
  organization: reference(
    "organization",
    "organizationId",
    "Slug of the organization, on whose behalf.",
  ),
  organizationCertainty: certainty("organizationCertainty", "that it is this organization", [
    "organization",
  ]),
  description: optional(
    "description",
    text(),
    "Who can't be named better: `a senior official`. Never stands for the country.",
  ),
};

/** How sides are told apart as parties. */
export const partyKeys: PartyKeys = {
  // The person, whomever they act for, or else organization, country and description.
  keyOf({ person, organization, country, description }: NamedSide, firstKey) {
    if (person) return firstKey("person", person);
    // Slugs have no colon, so these keys cannot equal a person's.
    const parts = [
      organization && `organization:${firstKey("organization", organization)}`,
      country,
      description && `description:${description}`,
    ];
    return parts.filter(Boolean).join("/");
  },
  rowKeyOf({ person_id, organization_id, country_code, description }) {
    if (typeof person_id === "string") return person_id;
    return JSON.stringify([organization_id ?? null, country_code ?? null, description ?? null]);
  },
};

interface NamedSide {
  person?: string | null;
  country?: string | null;
  organization?: string | null;
  description?: string | null;
}
