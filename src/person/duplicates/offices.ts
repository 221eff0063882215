import { isSameState } from "../../country/country.former.js";
import type { Life, Office, Years } from "./duplicates.store.js";
import { wordsOf } from "./name-spelling.js";

/** An office that both people hold, as far as their titles show. */
export interface SharedOffice {
  office: Office;
  /** Whether they hold it at one time; null if the record does not date it. */
  isAtOneTime: boolean | null;
}

/** Words of titles that distinguish no offices. */
const PLAIN = new Set(
  "the of and for from with to in at on ad extraordinary plenipotentiary his her majesty s affairs".split(
    " ",
  ),
);
/** Words that make another office of the same title. */
const RANKS = new Set(
  "deputy assistant under vice acting former first second third special chief assistant staff counselor adviser advisor".split(
    " ",
  ),
);
const HEAD_OF_MISSION = /^(?:ambassador|envoy|minister|charge|commissioner|representative)/;
/** The minimum share of words that two titles of one office have in common. */
const ALIKE = 0.6;
/** The minimum number of words of a title that is of the same office as a longer one which has all of them. */
const LONG_TITLE = 3;
/** By how many years the dates of one office may differ. */
const SLACK = 1;
const LONGEST_OFFICE = 30;

/** Returns the office that two people most surely share; null if there is none. */
export function sharedOffice(one: Life, other: Life): SharedOffice | null {
  let best: SharedOffice | null = null;
  for (const office of one.offices) {
    for (const second of other.offices) {
      if (!isOneOffice(office, second)) continue;
      const found = { office, isAtOneTime: areAtOneTime(office, second) };
      if (!best || rankOf(found) > rankOf(best)) best = found;
    }
  }
  return best;
}

function rankOf({ isAtOneTime }: SharedOffice): number {
  return isAtOneTime === null ? 1 : isAtOneTime ? 2 : 0;
}

function isOneOffice(one: Office, other: Office): boolean {
  const differs = (first: string | null, second: string | null) =>
    first !== null && second !== null && first !== second;
  if (differs(one.country, other.country) || differs(one.accreditedTo, other.accreditedTo))
    return false;
  const [words, others] = [titleWords(one), titleWords(other)];
  if (one.accreditedTo !== null && one.accreditedTo === other.accreditedTo)
    return [words, others].every(
      (title) =>
        title.some((word) => HEAD_OF_MISSION.test(word)) && !title.some((word) => RANKS.has(word)),
    );
  if ((one.accreditedTo === null) !== (other.accreditedTo === null) && words.length < 2)
    return false;
  const ranks = (title: string[]) =>
    title
      .filter((word) => RANKS.has(word))
      .sort()
      .join(" ");
  if (ranks(words) !== ranks(others)) return false;
  const shared = words.filter((word) => others.includes(word)).length;
  // A title may say more than another: `Senator from Arkansas and Chairman of the Committee on Fish`.
  if (shared >= LONG_TITLE && shared === Math.min(words.length, others.length)) return true;
  return shared > 0 && shared / new Set([...words, ...others]).size >= ALIKE;
}

/** The words of a title that distinguish it, without those of the countries given beside it. */
function titleWords({ title, countryName, accreditedName, country }: Office): string[] {
  const names = wordsOf([countryName, accreditedName, country === "US" ? "U.S." : ""].join(" "));
  const words = wordsOf(title).filter((word) => !PLAIN.has(word) && !names.includes(word));
  return [...new Set(words)];
}

/** Returns whether two stretches of years overlap; null if their bounds don't say. */
function areAtOneTime(one: Years, other: Years): boolean | null {
  const [first, second] = [spanOf(one), spanOf(other)];
  if (!first || !second) return null;
  if (first[0] <= second[1] + SLACK && second[0] <= first[1] + SLACK) return true;
  if (Math.max(first[0], second[0]) - Math.min(first[1], second[1]) > LONGEST_OFFICE) return false;
  // An office without a last day, or a first one, may reach as far as the other.
  const isOpen =
    first[1] < second[0]
      ? one.last === null || other.first === null
      : other.last === null || one.first === null;
  return isOpen ? null : false;
}

function spanOf({ first, last }: Years): [number, number] | null {
  const [from, to] = [first ?? last, last ?? first];
  return from === null || to === null ? null : [from, to];
}

/** Returns the first and last year in which the record has a person in office or at a meeting; null if it has none. */
export function activeYears({ offices, sides }: Life): [number, number] | null {
  const spans = [...offices, ...sides].map(spanOf).filter((span) => span !== null);
  if (spans.length === 0) return null;
  return [Math.min(...spans.map(([from]) => from)), Math.max(...spans.map(([, to]) => to))];
}

/** Returns an office of each, for different countries and both surely held in one year; null if there are none. */
export function excludingOffices(one: Life, other: Life): [Acting, Acting] | null {
  for (const first of actingOf(one)) {
    for (const second of actingOf(other)) {
      if (isSameState(first.country, second.country)) continue;
      if (first.first <= second.last && second.first <= first.last) return [first, second];
    }
  }
  return null;
}

/** For which country, and in which years, a person surely acted. */
export interface Acting {
  country: string;
  countryName: string;
  first: number;
  last: number;
}

function actingOf({ offices, sides }: Life): Acting[] {
  const acting: Acting[] = [];
  for (const { country, countryName, ...years } of [...offices, ...sides]) {
    const span = spanOf(years);
    if (span && country !== null)
      acting.push({ country, countryName: countryName ?? country, first: span[0], last: span[1] });
  }
  return acting;
}
