import { z } from "zod";
import { optional } from "../records/record.fields.js";
import { isCountryCode } from "../scalars/country-code.js";
import { countryMeantBy, referenceCountries } from "./country.reference.js";

const countryCode = z
  .string()
  .refine(isCountryCode, {
    error: "expected an ISO 3166-1 alpha-2 or ISO 3166-3 code",
    params: { meantBy: countryMeantBy },
  })
  .meta({
    id: "country",
    description:
      "A country's code: ISO 3166-1 alpha-2 (`IN`, `XK` included) or, of a former one, ISO 3166-3 (`SUHH`).",
    // For completion in editors.
    enum: referenceCountries().map(({ code }) => code),
  });

/** Declares a country code. */
export function country<const Column extends string>(property: Column, described: string) {
  return { ...optional(property, countryCode, described), codeOf: "country" };
}
