import type { Territories } from "./records.js";

/** A code and the days, both inclusive, on which it is the country's; null where ISO never coded the state. */
type Span = readonly [code: string | null, from?: string, until?: string];

/**
 * By the source's slug, which files a country under its present name. ISO 3166-3 codes where the state is a former
 * one; states that ISO never coded are null. The first span that holds the day is taken.
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
  // Before 1929 the row means the Papal States.
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

export interface DatedTerritory {
  slug: string | null;
  /** The first day, month or year of what the row tells; null where it tells none. */
  date: string | null;
  /** What the data file itself found by the present-day name. */
  code: string | null;
}

/** The country of that date: by slug and date, else by the file's own code, else by the table of territories. */
export function countryOf(
  { slug, date, code }: DatedTerritory,
  territories: Territories,
): string | null {
  const spans = slug === null ? undefined : BY_SLUG[slug];
  if (spans) return spans.find((span) => contains(span, date))?.[0] ?? null;
  return code ?? (slug === null ? null : (territories.get(slug) ?? null));
}

/** Whether ISO never coded the state that is filed under this slug, on that date. */
export function isNeverCoded(slug: string | null, date: string | null): boolean {
  return slug !== null && BY_SLUG[slug]?.find((span) => contains(span, date))?.[0] === null;
}

/** A month or a year is in a span as its first day is; without a date only a span without bounds is sure. */
function contains([, from, until]: Span, date: string | null): boolean {
  if (date === null) return from === undefined && until === undefined;
  const day = `${date}${"-01-01".slice(date.length - 4)}`;
  return (from === undefined || day >= from) && (until === undefined || day <= until);
}
