import { referenceCountries } from "../src/country/country.reference.js";
import { countryAdjectives } from "./adjectives.js";
import { isSameState } from "../src/country/country.former.js";
import { slugOf } from "./records.js";

/** English names that neither ISO nor Unicode has, and names of parts of a country that hold the name of another. */
const OTHER_NAMES: Readonly<Record<string, string>> = {
  Bosnia: "BA",
  Britain: "GB",
  "Bosnia-Herzegovina": "BA",
  Brunei: "BN",
  "Brunei Darussalam": "BN",
  Burma: "BUMM MM",
  Byelorussia: "BY BYAA",
  "Cabo Verde": "CV",
  "Cape Verde": "CV",
  Ceylon: "LK",
  Congo: "CD CG ZRCD",
  Congolese: "CD CG ZRCD",
  "Czech Republic": "CZ",
  "Democratic Republic of the Congo": "CD ZRCD",
  "East Germany": "DDDE",
  "East Timor": "TL TPTL",
  England: "GB",
  Eswatini: "SZ",
  "Federal Republic of Germany": "DE",
  "German Democratic Republic": "DDDE",
  "Great Britain": "GB",
  "Holy See": "VA",
  Ivorian: "CI",
  "Ivory Coast": "CI",
  Korea: "KR KP",
  Korean: "KR KP",
  Macedonia: "MK",
  "North Korea": "KP",
  "Northern Ireland": "GB",
  Northern: "",
  "North Vietnam": "VDVN VN",
  "People's Republic of China": "CN",
  Palestine: "PS",
  PRC: "CN",
  "Republic of Korea": "KR",
  Scotland: "GB",
  "Serbia and Montenegro": "CSXX YUCS RS",
  "South Korea": "KR",
  "South Vietnam": "VN",
  "Soviet Union": "SUHH",
  Swaziland: "SZ",
  Syria: "SY",
  Turkey: "TR",
  USSR: "SUHH",
  "U.S.S.R.": "SUHH",
  Vatican: "VA",
  "Vatican City": "VA",
  "West Germany": "DE",
  Zaire: "ZRCD CD",
  Zairian: "ZRCD CD",
};
/** The host's own countrymen, and parts of places that are not about the country. */
const NOT_NAMED = new Set(["US", "UM", "AQ"]);

const CODES = new Map<string, readonly string[]>();
for (const { code, name } of referenceCountries()) add(name, code);
for (const [adjective, code] of countryAdjectives()) if (code !== null) add(adjective, code);
for (const [name, codes] of Object.entries(OTHER_NAMES))
  CODES.set(slugOf(name), codes.split(" ").filter(Boolean));

function add(name: string, code: string): void {
  const key = slugOf(name);
  CODES.set(key, [...(CODES.get(key) ?? []), code]);
}

const LONGEST = Math.max(...[...CODES.keys()].map((key) => key.split("-").length));

/** Returns the codes that a country's English name or adjective may mean, whole; none if it is no such name. */
export function countriesCalled(name: string): readonly string[] {
  return CODES.get(slugOf(name.replace(/^the /i, "").slice(0, 100))) ?? [];
}

/** Returns whether a text names a country, or its people, other than this one and the United States. */
export function namesAnotherCountry(text: string, country: string | null): boolean {
  const words = text
    .split(/[\s,;:()[\]]+|(?<=\p{L})[-–/](?=\p{L})|['’]s?(?=\s)|\.(?=\s|$)/u)
    .filter(Boolean);
  for (let i = 0; i < words.length; i++) {
    // Names have capitals; that of one country may hold that of another: Papua New Guinea.
    if (!/^\p{Lu}/u.test(words[i]!)) continue;
    for (let length = Math.min(LONGEST, words.length - i); length > 0; length--) {
      const codes = CODES.get(slugOf(words.slice(i, i + length).join(" ")));
      if (!codes) continue;
      const isAnother =
        codes.length > 0 &&
        !codes.some(
          (code) => NOT_NAMED.has(code) || (country !== null && isSameState(code, country)),
        );
      if (isAnother) return true;
      i += length - 1;
      break;
    }
  }
  return false;
}
