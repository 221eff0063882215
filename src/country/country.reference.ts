import { iso31661, iso31663 } from "iso-3166";

/** A country of the standard, for the table `country`. */
export interface ReferenceCountry {
  code: string;
  name: string;
  identifiers: { scheme: string; value: string }[];
  /** When the code was withdrawn, a partial date; null for today's. */
  withdrawn: string | null;
}

/** Kosovo's code is not assigned by ISO 3166-1; it is a user-assigned code in common use. */
const KOSOVO = { alpha2: "XK", alpha3: "XKX", numeric: undefined };

/** Wikidata items that were verified by hand. */
const WIKIDATA: Record<string, string> = { CN: "Q148", IN: "Q668", LA: "Q819", MY: "Q833" };

/** Common English names and dates of withdrawal: ISO 3166-3, as in Debian's iso-codes 4.18. */
const FORMER: Record<string, [name: string, withdrawn: string]> = {
  AIDJ: ["French Afars and Issas", "1977"],
  ANHH: ["Netherlands Antilles", "2010-12-15"],
  BQAQ: ["British Antarctic Territory", "1979"],
  BUMM: ["Burma", "1989-12-05"],
  BYAA: ["Byelorussian SSR", "1992-06-15"],
  CSHH: ["Czechoslovakia", "1993-06-15"],
  CSXX: ["Serbia and Montenegro", "2006-09-26"],
  CTKI: ["Canton and Enderbury Islands", "1984"],
  DDDE: ["German Democratic Republic", "1990-10-30"],
  DYBJ: ["Dahomey", "1977"],
  FQHH: ["French Southern and Antarctic Territories", "1979"],
  FXFR: ["Metropolitan France", "1997-07-14"],
  GEHH: ["Gilbert and Ellice Islands", "1979"],
  HVBF: ["Upper Volta", "1984"],
  JTUM: ["Johnston Island", "1986"],
  MIUM: ["Midway Islands", "1986"],
  NHVU: ["New Hebrides", "1980"],
  NQAQ: ["Dronning Maud Land", "1983"],
  NTHH: ["Saudi–Iraqi Neutral Zone", "1993-07-12"],
  PCHH: ["Trust Territory of the Pacific Islands", "1986"],
  PUUM: ["US Miscellaneous Pacific Islands", "1986"],
  PZPA: ["Panama Canal Zone", "1980"],
  RHZW: ["Southern Rhodesia", "1980"],
  SKIN: ["Sikkim", "1975"],
  SUHH: ["Soviet Union", "1992-08-30"],
  TPTL: ["East Timor", "2002-05-20"],
  VDVN: ["Democratic Republic of Viet-Nam", "1977"],
  WKUM: ["Wake Island", "1986"],
  YDYE: ["Democratic Yemen", "1990-08-14"],
  YUCS: ["Yugoslavia", "2003-07-23"],
  ZRCD: ["Zaire", "1997-07-14"],
};

/** Returns the countries of every code in ISO 3166-1 and ISO 3166-3, and XK. */
export function referenceCountries(): ReferenceCountry[] {
  const english = new Intl.DisplayNames("en", { type: "region" });
  const todays = [...iso31661, KOSOVO].map(({ alpha2, alpha3, numeric }) => ({
    code: alpha2,
    name: english.of(alpha2) ?? alpha2,
    identifiers: identifiers(alpha3, numeric, WIKIDATA[alpha2]),
    withdrawn: null,
  }));
  const former = iso31663.map(({ alpha4, from }) => ({
    code: alpha4,
    name: FORMER[alpha4]?.[0] ?? from.name,
    identifiers: identifiers(from.alpha3, from.numeric),
    withdrawn: FORMER[alpha4]?.[1] ?? null,
  }));
  return [...todays, ...former];
}

const NAMES = new Map(referenceCountries().map(({ code, name }) => [code, name]));

/** Whether the code is one of today's countries (ISO 3166-1, XK included) or of a former one (ISO 3166-3). */
export function isAssignedCountry(code: string): boolean {
  return NAMES.has(code);
}

/** Codes in common use that ISO does not assign. */
const IN_USE: Record<string, string> = { EL: "GR", UK: "GB" };

/**
 * Returns the code that was probably meant by one that is not assigned: a code in lower case, the three letters of ISO 3166-1
 * alpha-3, or the old two letters of a former country. Null if there is none, or several (CS).
 */
export function countryMeantBy(code: string): string | null {
  const [meant, ...others] = codesMeantBy(code);
  return meant !== undefined && others.length === 0 ? meant : null;
}

/** Returns the countries that such a code may mean, with their English names; none if there are none like it. */
export function countriesMeantBy(code: string): readonly { code: string; name: string }[] {
  return codesMeantBy(code).map((meant) => ({ code: meant, name: NAMES.get(meant)! }));
}

function codesMeantBy(code: string): string[] {
  const upper = code.trim().toUpperCase();
  if (isAssignedCountry(upper)) return [upper];
  const today = [...iso31661, KOSOVO].find(({ alpha3 }) => alpha3 === upper)?.alpha2;
  const todays = IN_USE[upper] ?? today;
  if (todays !== undefined) return [todays];
  // The code of a former country begins with its old two letters (SU: SUHH).
  const former = iso31663.map(({ alpha4 }) => alpha4).filter((alpha4) => alpha4.startsWith(upper));
  return upper.length === 2 ? former : [];
}

function identifiers(alpha3?: string, numeric?: string, wikidata?: string) {
  return [
    { scheme: "iso-3166-1-alpha-3", value: alpha3 },
    { scheme: "iso-3166-1-numeric", value: numeric },
    { scheme: "wikidata", value: wikidata },
  ].filter((one): one is { scheme: string; value: string } => one.value !== undefined);
}
