import { certainty, country, optional, reference } from "../records/record.fields.js";
import { text } from "../records/record.values.js";

/** What a record says of who takes part or speaks, and for whom. */
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

/** All that one who takes part, speaks, is spoken to or is bound may be named by. */
export interface NamedSide {
  person?: string | null;
  country?: string | null;
  organization?: string | null;
  description?: string | null;
}

/**
 * What tells one side from another: of a person who it is, whomever they act for. Empty for nobody. `firstKey` gives the first
 * of the keys that a thing has had.
 */
export function sideKeyOf(
  { person, organization, country, description }: NamedSide,
  firstKey: (noun: "person" | "organization", key: string) => string,
): string {
  if (person) return firstKey("person", person);
  // No slug has a colon in it, so that nothing else can be taken for a person.
  const parts = [
    organization && `organization:${firstKey("organization", organization)}`,
    country,
    description && `description:${description}`,
  ];
  return parts.filter(Boolean).join("/");
}
