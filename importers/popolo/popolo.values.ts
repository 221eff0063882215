import { slugOf } from "../records.js";
import type { Tally } from "../tally.js";
import type { Entry } from "./popolo.file.js";

/** The longest name that a record can have, the longest other text, and the longest slug that is made. */
const LONGEST_NAME = 300;
const LONGEST_TEXT = 10_000;
const LONGEST_SLUG = 100;

/** Returns the text of a property; null if there is none, or only white space. */
export function textIn(entry: Entry, property: string, most = LONGEST_TEXT): string | null {
  const value = entry[property];
  if (typeof value !== "string" && typeof value !== "number") return null;
  const text = String(value).replace(/\0/g, "").trim();
  return text === "" || text.length > most ? null : text;
}

/** Returns the name of an item; null if it has none that a record can have. */
export function nameIn(entry: Entry, property = "name"): string | null {
  return textIn(entry, property, LONGEST_NAME);
}

/** Returns the objects of a list inside an item. */
export function objectsIn(entry: Entry, property: string): Entry[] {
  const value = entry[property];
  return Array.isArray(value)
    ? value.filter((one): one is Entry => typeof one === "object" && one !== null)
    : [];
}

/** Returns a partial date; null if there is none. One that is no day, month or year is counted. */
export function dateIn(entry: Entry, property: string, at: string, tally: Tally): string | null {
  const value = textIn(entry, property);
  if (value === null) return null;
  const [, date] = /^(\d{4}(?:-\d{2}(?:-\d{2})?)?)(?:[T ].*)?$/.exec(value) ?? [];
  // 2031-00-00 and the like stand for what is unknown.
  const known = date?.replace(/-00$/, "").replace(/-00$/, "");
  if (known !== undefined && isDate(known)) return known;
  tally.note(`${property} is no date`, at);
  return null;
}

function isDate(text: string): boolean {
  if (text.startsWith("0000")) return false;
  const [year, month = "01", day = "01"] = text.split("-");
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(`${year}-${month}-${day}`);
}

/** Returns the local time of a date with one; null where it has a time zone, since a record has local times only. */
export function timeIn(entry: Entry, property: string): string | null {
  const value = textIn(entry, property) ?? "";
  return /^\d{4}-\d{2}-\d{2}[T ]((?:[01]\d|2[0-3]):[0-5]\d)(?::\d{2})?$/.exec(value)?.[1] ?? null;
}

/** Returns the identifiers of an item, each once. */
export function identifiersIn(entry: Entry): { scheme: string; value: string }[] {
  const found = new Map<string, { scheme: string; value: string }>();
  for (const one of objectsIn(entry, "identifiers")) {
    const scheme = slugOf(textIn(one, "scheme", LONGEST_NAME) ?? "");
    const value = textIn(one, "identifier", LONGEST_NAME);
    if (scheme !== "" && value !== null) found.set(`${scheme} ${value}`, { scheme, value });
  }
  return [...found.values()];
}

interface OtherName {
  text: string;
  language?: string;
  kind?: "FORMER";
}

/** Returns the other names of an item, each once; one that has ended is a former one. */
export function otherNamesIn(entry: Entry, name: string): (string | OtherName)[] {
  const found = new Map<string, string | OtherName>();
  for (const one of objectsIn(entry, "other_names")) {
    const text = nameIn(one);
    if (text === null || text === name) continue;
    const language = languageOf(textIn(one, "lang") ?? textIn(one, "language"));
    const isFormer = textIn(one, "end_date") !== null;
    const known = found.get(text);
    if (known !== undefined && (typeof known !== "string" || (!language && !isFormer))) continue;
    const note = {
      text,
      ...(language && { language }),
      ...(isFormer && { kind: "FORMER" as const }),
    };
    found.set(text, language || isFormer ? note : text);
  }
  return [...found.values()];
}

function languageOf(tag: string | null): string | undefined {
  try {
    return tag === null ? undefined : Intl.getCanonicalLocales(tag.replaceAll("_", "-"))[0];
  } catch {
    return undefined;
  }
}

/** Returns a citation of an object of the file, and whom it names as its sources. */
export function citationsOf(entry: Entry, at: string): { locator: string; reportedBy?: string }[] {
  const sources = objectsIn(entry, "sources")
    .map((source) => textIn(source, "url") ?? textIn(source, "note"))
    .filter((one) => one !== null);
  const reportedBy = sources.slice(0, 20).join(", ").slice(0, 2_000);
  return [{ locator: at, ...(reportedBy !== "" && { reportedBy }) }];
}

/** Gives slugs and keys, each once: of two equal names the second gets a number. */
export class Slugs {
  private readonly given = new Set<string>();

  /** @param prefix what all begin with: items of two datasets are not one because they have one name. */
  constructor(private readonly prefix: string) {}

  /** Returns a new slug for a name; `fallback` where it has no letter or digit that a slug can have. */
  give(name: string, fallback: string): string {
    const own = (slugOf(name) || slugOf(fallback) || "unnamed").slice(0, LONGEST_SLUG);
    const base = this.prefix + own.replace(/-$/, "");
    let slug = base;
    for (let number = 2; this.given.has(slug); number++) slug = `${base}-${number}`;
    this.given.add(slug);
    return slug;
  }
}
