import { countriesCalled } from "../country-names.js";
import { countryOf } from "../countries.js";

/** Names that memoranda use for a country, abbreviated or as its people; what `country-names.ts` has is not repeated. */
const NAMES: Readonly<Record<string, string>> = {
  "Afars and Issas": "AIDJ",
  Algerians: "DZ",
  American: "US",
  Americans: "US",
  "Arab Republic of Egypt": "EG",
  Bahamian: "BS",
  Brazzaville: "CG",
  Brit: "GB",
  Burmese: "MM",
  Burundian: "BI",
  Ceylonese: "LK",
  Chadian: "TD",
  "Chinese Communist": "CN",
  "Chinese Nationalist": "TW",
  "Congo (Brazzaville)": "CG",
  "Congo (K)": "CD",
  "Congo (Kinshasa)": "CD",
  "Costa Rican": "CR",
  Dahomean: "BJ",
  Dahomey: "BJ",
  Danes: "DK",
  Dominican: "DO",
  DRV: "VDVN",
  "Democratic Republic of Vietnam": "VDVN",
  Filipino: "PH",
  Finns: "FI",
  FRG: "DE",
  Gambian: "GM",
  GDR: "DDDE",
  GRC: "TW",
  "Government of the Republic of China": "TW",
  Guinean: "GN",
  Guyanese: "GY",
  GVN: "VN",
  Hellenic: "GR",
  Holland: "NL",
  Israel: "IL",
  Jamaican: "JM",
  Malagasy: "MG",
  Malawian: "MW",
  Malayan: "MY",
  "Nationalist Chinese": "TW",
  "Nationalist China": "TW",
  Mauritian: "MU",
  Nepali: "NP",
  Netherlands: "NL",
  "New Zealand": "NZ",
  "People's Republic of Angola": "AO",
  Persian: "IR",
  Poles: "PL",
  "Republic of China": "TW",
  "Republic of Korea": "KR",
  "Republic of Vietnam": "VN",
  Rhodesia: "ZW",
  Rhodesian: "ZW",
  Roumania: "RO",
  Roumanian: "RO",
  Rumania: "RO",
  Rumanian: "RO",
  Russian: "RU",
  Saudi: "SA",
  Siamese: "TH",
  "Sierra Leonean": "SL",
  Spaniards: "ES",
  Surinamese: "SR",
  Swazi: "SZ",
  Swedes: "SE",
  Tanganyika: "TZ",
  Togolese: "TG",
  Turks: "TR",
  UAR: "EG",
  UK: "GB",
  "U.K.": "GB",
  "Union of South Africa": "ZA",
  "Union of Soviet Socialist Republics": "SUHH",
  "United Arab Republic": "EG",
  "United Kingdom": "GB",
  "United States": "US",
  "United States of America": "US",
  "Upper Volta": "BF",
  US: "US",
  "U.S.": "US",
  USA: "US",
  "U.S.A.": "US",
  Vietnamese: "VN",
  Voltaic: "BF",
  Zairean: "CD",
  Zairois: "CD",
};
const KEY = (name: string) => name.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "");
const BY_NAME = new Map(Object.entries(NAMES).map(([name, code]) => [KEY(name), code]));

/** Today's countries that were another one in ISO 3166-3, by the source's slug in `countries.ts`. */
const FORMER: Readonly<Record<string, string>> = {
  BF: "burkina-faso",
  BJ: "benin",
  CD: "congo-kinshasa",
  MM: "burma",
  RS: "serbia",
  RU: "russia",
  ZW: "zimbabwe",
};
/** The last day of codes that a name may mean beside today's. */
const UNTIL: Readonly<Record<string, string>> = {
  BUMM: "1989-06-17",
  BYAA: "1991-12-25",
  CSHH: "1992-12-31",
  CSXX: "2006-06-04",
  DDDE: "1990-10-02",
  SUHH: "1991-12-25",
  TPTL: "2002-05-19",
  VDVN: "1976-07-01",
  YDYE: "1990-05-21",
  YUCS: "2003-02-03",
  ZRCD: "1997-05-16",
};

/**
 * Returns the country that a name or adjective means on a date; null if it is none, or several. China is the People's Republic where
 * the name says so; else whichever the memorandum's own words elsewhere leave (`chinaOf`).
 */
export function countryThen(name: string, date: string, china: string | null): string | null {
  const given = name.replace(/^the /i, "").replace(/[’']s?$/, "");
  const key = KEY(given);
  if (key === "china" || key === "chinese") return china;
  const codes = codesOf(given);
  const then = new Set(
    codes.map((code) => codeThen(code, date)).filter((code) => isThen(code, date)),
  );
  return then.size === 1 ? [...then][0]! : null;
}

/** Returns the codes that a name may mean, or the people of a country: `Soviets`. */
function codesOf(name: string): readonly string[] {
  const key = KEY(name);
  if (BY_NAME.has(key)) return [BY_NAME.get(key)!];
  const codes = countriesCalled(name);
  return codes.length === 0 && /\p{Ll}(?:an|ian|ek|ech|et|av|ab|i)s$/u.test(name)
    ? countriesCalled(name.slice(0, -1))
    : codes;
}

/** Returns the code that a country of today had on a date. */
export function codeThen(code: string, date: string): string {
  const slug = FORMER[code];
  return slug === undefined ? code : (countryOf({ slug, date, code }, new Map()) ?? code);
}

function isThen(code: string, date: string): boolean {
  return UNTIL[code] === undefined || date <= UNTIL[code];
}

/**
 * Returns which of the two Chinas a memorandum calls China: the one that it names, the one where it was written, or until 1970, when
 * the United States spoke with the other only through ambassadors in Warsaw and Geneva, the Republic of China.
 */
export function chinaOf(words: string, place: string, date: string): string | null {
  if (/\b(?:Taipei|Taiwan|Formosa)\b/.test(place)) return "TW";
  if (/\b(?:Peking|Beijing|Shanghai|Hangchow|Warsaw)\b/.test(place)) return "CN";
  const isPeoples = /\b(?:PRC|CPR|People['’]?s Republic of China|Chinese Communist)\b/.test(words);
  const isRepublic = /\b(?:GRC|ROC|Nationalist Chin\w+)\b|(?<!['’]s )\bRepublic of China\b/.test(
    words,
  );
  if (isPeoples !== isRepublic) return isPeoples ? "CN" : "TW";
  return date < "1970" ? "TW" : null;
}

/** A country's name or adjective among other words. */
export interface NamedCountry {
  country: string;
  /** Offsets of the name. */
  start: number;
  end: number;
}

/** Finds the names and adjectives of countries in a text, the longest at each word. */
export function countriesIn(text: string, date: string, china: string | null): NamedCountry[] {
  const words = [...text.matchAll(/[\p{L}\p{N}][\p{L}\p{N}.’'-]*/gu)];
  const found: NamedCountry[] = [];
  for (let i = 0; i < words.length; i++) {
    if (!/^\p{Lu}/u.test(words[i]![0])) continue;
    for (let length = Math.min(5, words.length - i); length > 0; length--) {
      const last = words[i + length - 1]!;
      const [start, end] = [words[i]!.index, last.index + last[0].length];
      const country = countryThen(text.slice(start, end).replace(/[.]$/, ""), date, china);
      if (country === null) continue;
      found.push({ country, start, end });
      i += length - 1;
      break;
    }
  }
  return found;
}

/** Returns whether words are the name or adjective of a country, at whatever date. */
export function isCountryName(name: string): boolean {
  const given = name.replace(/^the /i, "").replace(/[’']s?$|[.,:]$/g, "");
  return BY_NAME.has(KEY(given)) || countriesCalled(given).length > 0;
}
