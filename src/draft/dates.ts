import { FAR } from "./frame.js";
import { parse } from "chrono-node/en";
import type { Passage } from "../records/anchor/record.quote.js";
import { verbsOfSaying } from "./saying-words.js";

/** A date that a text gives, as precise as it is. */
export interface FoundDate {
  /** `YYYY-MM-DD`, `YYYY-MM` or `YYYY`. */
  date: string;
  /** Whether the text leaves a part of it to be inferred, such as the year. */
  isInferred: boolean;
}

/** The place and date at the head of a text. */
export interface Dateline {
  /** To the letter. */
  words: string;
  /** Where it ends, and the text proper begins. */
  end: number;
  place: string;
  /** The name of a country or region that it gives with the place. */
  region: string | null;
  /** The words of the date; null if it gives none. */
  day: string | null;
}

/** What is used of the parser's results. */
interface Parsed {
  index: number;
  text: string;
  start: {
    get: (part: "year" | "month" | "day") => number | null;
    isCertain: (part: "year" | "month" | "day" | "weekday") => boolean;
  };
  end?: unknown;
}

type Parse = (text: string, reference?: Date) => Parsed[];

/** Reads dates in English. */
export class Dates {
  private readonly parse: Parse = parse;

  /** Returns the date that words as a whole give; with a reference day, also one without a year. Null if they are no date. */
  in(words: string, reference: string | null): FoundDate | null {
    const [found, ...others] = this.parse(words, reference === null ? undefined : noon(reference));
    if (!found || others.length > 0 || found.end) return null;
    if (words.replace(found.text, "").replace(/[\s,.()]|on|of/g, "") !== "") return null;
    return dateOf(found, reference);
  }

  /** Returns the day on which something was said, where the words after the verb of saying give one: `said on Tuesday`. */
  ofSaying(masked: string, { start, end }: Passage, published: string | null): FoundDate | null {
    const sentence = masked.slice(start, Math.min(end, start + FAR));
    const reference = published === null || published.length < 10 ? null : published;
    const found = this.parse(sentence, reference === null ? undefined : noon(reference));
    const said = found.filter(({ index }) => {
      const verb = verbsOfSaying(masked, start, start + index).at(-1);
      const between = verb && masked.slice(verb.end, start + index).trim();
      return between !== undefined && !/[,;:¤]/.test(between) && between.split(/\s+/).length <= 3;
    });
    if (
      said.length !== 1 ||
      said[0]!.end ||
      (!said[0]!.start.isCertain("day") && !said[0]!.start.isCertain("weekday"))
    )
      return null;
    return dateOf(said[0]!, reference);
  }
}

function dateOf({ start }: Parsed, reference: string | null): FoundDate | null {
  const isFull = start.isCertain("year") && start.isCertain("month");
  if (!isFull && reference === null) return null;
  const [year, month, day] = [start.get("year"), start.get("month"), start.get("day")];
  if (!year || !month || !day || year < 1 || year > 9999) return null;
  const hasDay = start.isCertain("day") || start.isCertain("weekday");
  const found = new Date(Date.UTC(2000, month - 1, day));
  found.setUTCFullYear(year);
  // A weekday means the last one up to the reference day.
  if (!start.isCertain("day") && reference !== null && iso(found) > reference)
    found.setUTCDate(found.getUTCDate() - 7);
  return { date: iso(found).slice(0, hasDay ? 10 : 7), isInferred: !isFull };
}

function iso(date: Date): string {
  return date.toISOString().slice(0, 10);
}

function noon(day: string): Date {
  const [year = 2000, month = 1, date = 1] = day.split("-").map(Number);
  return new Date(year, month - 1, date, 12);
}

const MONTH =
  "(?:Jan(?:uary)?|Feb(?:ruary)?|Mar(?:ch)?|Apr(?:il)?|May|June?|July?|Aug(?:ust)?|Sept?(?:ember)?|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\\.?";
const DAY = `(?:\\d{1,2}(?:st|nd|rd|th)?\\s+${MONTH}(?:,?\\s+\\d{4})?|${MONTH}\\s+\\d{1,2}(?:st|nd|rd|th)?(?:,?\\s+\\d{4})?)`;
const PLACE = "\\p{Lu}[\\p{L}\\p{M}.'’ -]{1,40}?";
const WITH_DATE = new RegExp(
  `^(?<words>(?<place>${PLACE})(?:\\s*\\[(?<region>[^\\]\\n]{1,40})\\]|,\\s+(?<more>\\p{Lu}[\\p{L}\\p{M}. ]{1,40}?))?,?\\s+\\(?(?<day>${DAY})\\)?)\\s*(?:\\([^)\\n]{1,40}\\)\\s*)?(?:[.:—–-]|--)`,
  "u",
);
const CAPITALS = /^\p{Lu}[\p{Lu}\p{M}.'’ -]{2,40}$/u;
const REGION = /^\p{Lu}[\p{L}\p{M}. ]{1,40}$/u;

/** Reads a place in capitals before a dash: `PORT FLOE, Norway (FP) — Ada Floe met …`. */
function inCapitals(text: string) {
  for (const { index, 0: dash } of text.matchAll(/(?:—|–|--?)\s/gu)) {
    const before = text.slice(0, index).trimEnd();
    const words = before.replace(/\([^()\n]{1,40}\)$/u, "").trimEnd();
    const [place, more, ...rest] = words.split(/,\s+/u);
    const isPlace = CAPITALS.test(place!) && (more === undefined || REGION.test(more));
    if (isPlace && rest.length === 0) return { words, place, more, end: index + dash.length };
  }
  return null;
}

/** Reads the dateline at the beginning of a paragraph: `PORT FLOE, June 4. Ada Floe met …`. */
export function datelineOf(text: string, { start, end }: Passage): Dateline | null {
  const head = text.slice(start, Math.min(end, start + 160));
  const dated = WITH_DATE.exec(head);
  const found = dated ? { ...dated.groups, end: dated[0].length } : inCapitals(head);
  if (!found) return null;
  const { end: length, ...groups } = found;
  const { words, place, region, more, day } = groups as Record<string, string | undefined>;
  return {
    words: words!,
    end: start + length,
    place: place!,
    region: region ?? more ?? null,
    day: day ?? null,
  };
}
