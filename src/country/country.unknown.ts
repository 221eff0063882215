import { type GivenCode, shown } from "../graphql/slugs.js";
import { countriesMeantBy, isAssignedCountry } from "./country.reference.js";

/**
 * Returns the message for a code that no country has or had, with the codes that may have been meant: SUHH for `SU`, which is
 * withdrawn. Null for the code of a country, whether or not it is on record.
 */
export function unknownCode({ argument, slug }: GivenCode): string | null {
  if (isAssignedCountry(slug)) return null;
  const meant = countriesMeantBy(slug.slice(0, 4)).map(({ code, name }) => `${code} (${name})`);
  const advice = meant.length > 0 ? `; did you mean ${meant.join(" or ")}?` : ".";
  return `${argument}: no country has the code ${shown(slug)}${advice}`;
}
