import { type GivenCode, shown } from "../graphql/slugs.js";
import { countriesMeantBy, isAssignedCountry } from "./country.reference.js";

/**
 * Tells of a code that no country has, now or formerly, and which ones may be meant: of `SU`, which is withdrawn, SUHH. Null for a code that a
 * country has, whether or not it is on record.
 */
export function unknownCode({ argument, slug }: GivenCode): string | null {
  if (isAssignedCountry(slug)) return null;
  const meant = countriesMeantBy(slug.slice(0, 4)).map(({ code, name }) => `${code} (${name})`);
  const advice = meant.length > 0 ? `; meant may be ${meant.join(" or ")}` : "";
  return `${argument}: no country has the code ${shown(slug)}${advice}.`;
}
