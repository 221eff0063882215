import type { Territories } from "./importer.js";

/** A country code and its first and last day; the code is null if ISO never coded the state. */
type Span = readonly [code: string | null, from?: string, until?: string];

/**
 * Codes by the source's slug, which uses a country's present name. Former states have ISO 3166-3 codes; states that ISO
 * never coded are null. The first span that contains the date applies.
 */
const BY_SLUG: Readonly<Record<string, readonly Span[]>> = {
  bahamas: [["BS"]],
  belarus: [["BY"]],
  benin: [["DYBJ", "1960-08-01", "1975-11-29"], ["BJ"]],
  "bosnia-herzegovina": [["BA"]],
  brunei: [["BN"]],
  "burkina-faso": [["HVBF", "1960-08-05", "1984-08-03"], ["BF"]],
  burma: [["BUMM", undefined, "1989-06-17"], ["MM"]],
  "congo-democratic-republic": [["ZRCD", "1971-10-27", "1997-05-16"], ["CD"]],
  "congo-kinshasa": [["ZRCD", "1971-10-27", "1997-05-16"], ["CD"]],
  "congo-republic": [["CG"]],
  czechoslovakia: [["CSHH"]],
  denmark: [["DK"]],
  "german-democratic-republic": [["DDDE"]],
  germany: [["DE"]],
  hawaii: [[null]],
  // Before 1929, these rows are about the Papal States.
  "holy-see": [[null, undefined, "1870-09-20"], ["VA"]],
  korea: [["KR", "1948-08-15"], [null]],
  "korea-north": [["KP"]],
  "korea-south": [["KR"]],
  kosovo: [
    ["YUCS", undefined, "2003-02-03"],
    ["CSXX", undefined, "2006-06-04"],
    ["RS", undefined, "2008-02-16"],
    ["XK"],
  ],
  kyrgyzstan: [["KG"]],
  laos: [["LA"]],
  macedonia: [["MK"]],
  micronesia: [["FM"]],
  moldova: [["MD"]],
  "netherlands-antilles": [["ANHH", undefined, "2010-10-09"]],
  "north-macedonia": [["MK"]],
  "palestinian-authority": [["PS"]],
  russia: [["SUHH", "1922-12-30", "1991-12-25"], ["RU"]],
  "saint-lucia": [["LC"]],
  samoa: [["WS"]],
  serbia: [["YUCS", "1918-12-01", "2003-02-03"], ["CSXX", "2003-02-04", "2006-06-04"], ["RS"]],
  "sri-lanka": [["LK"]],
  swaziland: [["SZ"]],
  syria: [["SY"]],
  taiwan: [["TW"]],
  texas: [[null]],
  "timor-leste": [["TL"]],
  "two-sicilies": [[null]],
  "united-kingdom": [["GB"]],
  "vietnam-south": [["VN"]],
  "west-bank": [["PS"]],
  yugoslavia: [["YUCS"]],
  zimbabwe: [["RHZW", undefined, "1980-04-17"], ["ZW"]],
};

/** A country as a row gives it, and when. */
export interface DatedTerritory {
  slug: string | null;
  /** The row's start date (day, month or year); null if it has none. */
  date: string | null;
  /** The code in the data file, which is that of the present-day name. */
  code: string | null;
}

/** Returns the country code at that date: by slug and date, or else the file's code, or else that of the territory. */
export function countryOf(
  { slug, date, code }: DatedTerritory,
  territories: Territories,
): string | null {
  const spans = slug === null ? undefined : BY_SLUG[slug];
  if (spans) return spans.find((span) => contains(span, date))?.[0] ?? null;
  return code ?? (slug === null ? null : (territories.get(slug) ?? null));
}

/** Returns whether the slug's state at that date was never coded by ISO. */
export function isNeverCoded(slug: string | null, date: string | null): boolean {
  return slug !== null && BY_SLUG[slug]?.find((span) => contains(span, date))?.[0] === null;
}

/** Returns whether a span contains a date. A month or year counts as its first day; null only matches an unbounded span. */
function contains([, from, until]: Span, date: string | null): boolean {
  if (date === null) return from === undefined && until === undefined;
  const day = `${date}${"-01-01".slice(date.length - 4)}`;
  return (from === undefined || day >= from) && (until === undefined || day <= until);
}
