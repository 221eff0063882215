import { type Place, slugOf } from "./records.js";

/** Names of single places with a comma. */
const WITH_COMMA = [
  "Birch Grove, Sussex",
  "Great Bitter Lake, Suez Canal",
  "Martinique, West Indies",
  "Mexico, D.F.",
  "Montebello, Quebec",
  "Savelletri, Fasano, Apulia",
  "Sweimeh, Dead Sea",
];

/** Today's country of places whose rows give another one; null if disputed. */
const TODAY: Readonly<Record<string, Readonly<Record<string, string | null>>>> = {
  ANHH: { aruba: "AW", curacao: "CW", "st-maartin": "SX" },
  BUMM: { rangoon: "MM" },
  CSHH: { prague: "CZ" },
  CSXX: { belgrade: "RS", pristina: "XK" },
  DDDE: { "east-berlin": "DE", potsdam: "DE" },
  DK: {
    "christianstadt-virgin-islands": "VI",
    frederikstadt: "VI",
    igaliku: "GL",
    ilulissat: "GL",
    kangerlussuaq: "GL",
    nuuk: "GL",
    "st-croix": "VI",
    "st-thomas": "VI",
  },
  GB: {
    antigua: "AG",
    "argentia-newfoundland": "CA",
    "bathurst-the-gambia": "GM",
    "bay-of-islands-newfoundland": "CA",
    bermuda: "BM",
    "bonne-bay-newfoundland": "CA",
    "bridgetown-barbados": "BB",
    "high-rock-jamaica": "JM",
    "hong-kong": "HK",
    jamaica: "JM",
    "kingston-jamaica": "JM",
    malta: "MT",
    "nassau-the-bahamas": "BS",
    "port-of-spain-trinidad": "TT",
    "st-lucia": "LC",
    "the-bahamas": "BS",
    trinidad: "TT",
  },
  IL: { "el-arish": "EG", jerusalem: null },
  RHZW: { salisbury: "ZW" },
  RU: { kiev: "UA" },
  SUHH: {
    "alma-ata": "KZ",
    "chelyabinsk-70": "RU",
    gagra: null,
    irkutsk: "RU",
    kiev: "UA",
    kislovodsk: "RU",
    leningrad: "RU",
    minsk: "BY",
    moscow: "RU",
    oreanda: null,
    radonezsh: "RU",
    simferopol: null,
    "st-petersburg": "RU",
    tblisi: "GE",
    vladivostok: "RU",
    yalta: null,
    yekaterinburg: "RU",
    zagorsk: "RU",
  },
  YUCS: {
    belgrade: "RS",
    brioni: "HR",
    "camp-bondsteel": "XK",
    dubrovnik: "HR",
    pristina: "XK",
    pula: "HR",
    urosevac: "XK",
    zagreb: "HR",
  },
  ZRCD: { goma: "CD", kinshasa: "CD" },
};

/** Slugs that the project's records already use for a place. */
const KNOWN: Readonly<Record<string, string>> = { "vientiane-la": "vientiane" };

/** Splits the towns of a row, in order. Some names contain a comma. */
export function townsIn(text: string | null): string[] {
  if (text === null) return [];
  if (WITH_COMMA.includes(text)) return [text];
  const whole = WITH_COMMA.find(
    (name) => text.startsWith(`${name}, `) || text.endsWith(`, ${name}`),
  );
  const rest = whole === undefined ? text : text.replace(whole, "");
  const towns = rest
    .split(",")
    .map((town) => town.trim())
    .filter((town) => town !== "");
  const at = whole !== undefined && !text.startsWith(whole) ? towns.length : 0;
  return [...new Set(whole === undefined ? towns : towns.toSpliced(at, 0, whole))];
}

/** Builds a place from its name and today's country, which is unknown for some places in former states. */
export function placeOf(name: string, country: string | null): Place {
  const slug = slugOf(name);
  const moved = country === null ? undefined : TODAY[country]?.[slug];
  const today = moved === undefined ? (country?.length === 2 ? country : null) : moved;
  const keyed = [slug, (today ?? (moved === null ? null : country))?.toLowerCase()]
    .filter(Boolean)
    .join("-");
  return { slug: KNOWN[keyed] ?? keyed, name, country: today };
}
