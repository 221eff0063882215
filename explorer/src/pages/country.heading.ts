import { graphql, type ResultOf } from "../graphql.js";
import { pathOf } from "../links.js";
import { Missing, Moved } from "../outcome.js";
import type { Visit } from "../visit.js";

/** What every tab of a country shows above it. */
export const HEAD = graphql(`
  fragment CountryHead on Country {
    code
    name
    withdrawn
    identifiers {
      scheme
      value
      url
    }
    said: statements(first: 0) {
      totalCount
    }
    met: meetings(first: 0) {
      totalCount
    }
    agreed: agreements(first: 0) {
      totalCount
    }
  }
`);

export type Head = ResultOf<typeof HEAD>;

/** The code in the address, which is upper-case. */
export function codeOf({ key }: Visit): string {
  if (/^[a-z]{2}([a-z]{2})?$/.test(key)) throw new Moved(pathOf("country", key.toUpperCase()));
  if (!/^[A-Z]{2}([A-Z]{2})?$/.test(key)) throw new Missing("country", key);
  return key;
}

/** The country of a result. */
export function found<Found extends Head>(
  { country }: { country: Found | null },
  visit: Visit,
): Found {
  if (!country) throw new Missing("country", visit.key);
  return country;
}
