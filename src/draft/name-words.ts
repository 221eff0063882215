import type { Passage } from "../records/anchor/record.quote.js";
import { countriesIn, countryOfAdjective } from "./countries.js";
import { ALSO_SURNAMES, FUNCTION_WORDS, isTitle, ORGANIZATIONS, PORTFOLIOS } from "./titles.js";

/** A word of a run of capitals. */
export interface Word extends Passage {
  text: string;
  isPossessive: boolean;
}

const PARTICLE = "de|del|della|der|den|di|da|dos|du|la|le|van|von|bin|bint|ibn|ben|abu|al|el";
const WORD =
  "(?:(?:al|el|ul|ad|as|ash|an|ar)-)?\\p{Lu}[\\p{L}\\p{M}]*(?:['’\\-]\\p{L}[\\p{L}\\p{M}]*)*";
const DOTTED =
  "(?:\\p{Lu}|Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Maj|Capt|Cmdr|Adm|Sgt|Sen|Rep|Gov|Amb|Rev|Hon|St)\\.";
const PART = `(?:${DOTTED}(?:${DOTTED})*|${WORD})`;
/** Between two words of a name; a line break of two characters is read as two spaces. */
const SPACE = "(?: {2}|\\s)";
/** Matches words that may be a name, with the initials, titles and particles among them. */
export const NAME = new RegExp(
  `(?<![\\p{L}\\p{N}'’-])${PART}(?:${SPACE}(?:(?:${PARTICLE})${SPACE}){0,2}${PART}){0,9}`,
  "gu",
);

const ABBREVIATION =
  /^(?:Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Maj|Capt|Cmdr|Adm|Sgt|Sen|Rep|Gov|Amb|Rev|Hon|St|\p{Lu})$/u;
/** The maximum number of earlier people kept per word of a name. */
const MOST_NAMESAKES = 20;

/** Returns the words of a run of capitals, without possessive endings. */
export function wordsIn(run: string, at: number): Word[] {
  return [...run.matchAll(/[\p{L}\p{M}'’-]+\.?/gu)].map(({ index, 0: found }) => {
    const bare = found.replace(/['’]s?\.?$/u, "");
    const text =
      bare.endsWith(".") && !ABBREVIATION.test(bare.slice(0, -1)) ? bare.slice(0, -1) : bare;
    const isPossessive = bare.length < found.length && /^['’]/u.test(found.slice(bare.length));
    return { text, start: at + index, end: at + index + text.length, isPossessive };
  });
}

/** Returns a word in lower case. */
export function lower({ text }: Word): string {
  return text.toLowerCase();
}

/** Returns whether a word may be part of a person's name. */
export function isNameWord(word: Word): boolean {
  const plain = lower(word).replace(/\.$/, "");
  if (ORGANIZATIONS.has(plain) || FUNCTION_WORDS.has(plain)) return false;
  if (isTitle(plain) && !ALSO_SURNAMES.has(plain)) return false;
  return !/^\p{Lu}{4,}$/u.test(word.text);
}

/** Returns whether words have a name beside initials: `U. S.` is none. */
export function hasName(words: readonly Word[]): boolean {
  return words.some(({ text }) => /\p{Ll}.*\p{L}/u.test(text));
}

/** Returns whether a word may follow in a title: `Minister of Fish and Tides`. */
export function isPortfolio(word: Word): boolean {
  return PORTFOLIOS.has(lower(word)) || /^and$/i.test(word.text);
}

/** Returns whether a word belongs to an office or a body, and not to a name after it. */
export function isOffice(word: Word): boolean {
  const plain = lower(word);
  return ORGANIZATIONS.has(plain) || PORTFOLIOS.has(plain);
}

/** Returns whether words end within the name of an office: `Secretary of State for Security and`. */
export function isAfterOffice(before: string): boolean {
  const words = before.split(/\s+/u).filter((word) => word !== "");
  return /^(?:of|for|and)$/.test(words.at(-1) ?? "") && words.slice(-8).some(isTitle);
}

/** Offices that speak for a country. */
const OFFICE =
  /\b(?:minister|president|premier|chancellor|king|queen|ambassador|envoy|secretary)\b|\bspokes/iu;

/** Returns whether words have an office that speaks for a country. */
export function isOfficeOfState(words: string): boolean {
  return OFFICE.test(words);
}

/** Returns the only country that the words of an office name; undefined if they name none or several, or no such office. */
export function countryOfOffice(words: string): string | undefined {
  if (!OFFICE.test(words)) return undefined;
  const adjectives = words.split(/[^\p{L}]+/u).flatMap((word) => countryOfAdjective(word) ?? []);
  const codes = new Set([...adjectives, ...countriesIn(words).map(({ code }) => code)]);
  return codes.size === 1 ? [...codes][0] : undefined;
}

/** Returns the words of a title; empty if there is no title. */
export function rolesIn(words: string): string[] {
  const all = words.toLowerCase().split(/[^\p{L}-]+/u);
  return all.some(isTitle) ? all.filter((word) => isTitle(word) || PORTFOLIOS.has(word)) : [];
}

/** Puts a person last among those with a word of the name. */
export function touch<Person>(map: Map<string, Person[]>, key: string, person: Person): void {
  const others = (map.get(key) ?? []).filter((one) => one !== person);
  map.set(key, [...others.slice(-MOST_NAMESAKES), person]);
}
