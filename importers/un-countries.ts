import { referenceCountries } from "../src/country/country.reference.js";
import { countriesCalled } from "./country-names.js";
import { isSameState } from "../src/country/country.former.js";

/** A code, and the last General Debate in which it was the country's; null if it was two countries' in turn. */
type Span = readonly [code: string | null, until?: number];

/**
 * Countries by ISO 3166-1 alpha-3 code and year, where that is not today's country. The debate is in September and October,
 * so that a change later in the year counts from the next one.
 */
const BY_YEAR: Readonly<Record<string, readonly Span[]>> = {
  BEN: [["DYBJ", 1975], ["BJ"]],
  BFA: [["HVBF", 1983], ["BF"]],
  BLR: [["BYAA", 1990], ["BY"]],
  // Until October 1971 the Republic of China spoke for China, from 1950 on from Taipei.
  CHN: [["CN", 1949], ["TW", 1970], [null, 1971], ["CN"]],
  COD: [["CD", 1971], ["ZRCD", 1996], ["CD"]],
  CSK: [["CSHH"]],
  DDR: [["DDDE"]],
  MMR: [["BUMM", 1988], ["MM"]],
  RUS: [["SUHH", 1991], ["RU"]],
  SCG: [["CSXX"]],
  SRB: [["YUCS", 2002], ["CSXX", 2005], ["RS"]],
  SUN: [["SUHH"]],
  YMD: [["YDYE"]],
  YUG: [["YUCS", 2002], ["CSXX"]],
  ZAR: [["ZRCD"]],
};

const BY_ALPHA_3 = new Map(
  referenceCountries()
    .filter(({ code }) => code.length === 2)
    .flatMap(({ code, identifiers }) =>
      identifiers
        .filter(({ scheme }) => scheme === "iso-3166-1-alpha-3")
        .map(({ value }) => [value, code]),
    ),
);

/** The country of a speech, or why there is none. */
export type CountryOfSpeech = { country: string; why: null } | { country: null; why: string };

/** Returns the country of that year by its three letters; null if the name that the row gives is of another country. */
export function countryOfSpeech(alpha3: string, name: string, year: number): CountryOfSpeech {
  const span = BY_YEAR[alpha3]?.find(([, until]) => until === undefined || year <= until);
  if (span?.[0] === null) return { country: null, why: "two governments in turn that year" };
  const country = span?.[0] ?? BY_ALPHA_3.get(alpha3);
  if (country === undefined) return { country: null, why: `no country has the code ${alpha3}` };
  const named = countriesCalled(name);
  const isAnother = named.length > 0 && !named.some((code) => isSameState(code, country));
  // Taiwan spoke as China.
  return isAnother && alpha3 !== "CHN"
    ? { country: null, why: "the country's name and its code are of two countries" }
    : { country, why: null };
}
