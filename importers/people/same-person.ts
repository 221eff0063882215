import { isSameState } from "../../src/country/country.former.js";
import { firstDay, type KnownPerson, lastDay } from "./known-people.js";
import { type Likeness, likenessOf, type PersonName } from "./person-name.js";

/** Someone as a row names them: what is compared with the people who are known. */
export interface Mention {
  name: PersonName;
  /** What the row calls the office; null if it has none. */
  title: string | null;
  /** `officeKey` of the title. */
  office: string | null;
  /** For whom they act there; null if that is not known. */
  country: string | null;
  /** Where they were met, if only people of that country are likely there. */
  place?: string | null;
  /** A day, month or year. */
  date: string | null;
}

/** How well a person who is known fits a mention, in what a reader would look at. */
export interface Comparison {
  person: KnownPerson;
  likeness: Likeness;
  /** SAME also where one acts for the country in which the other was met. */
  country: "SAME" | "UNKNOWN" | "ANOTHER";
  office: "SAME" | "UNKNOWN" | "ANOTHER";
  /** Years between the mention and the nearest date that the person is known at; null if there is none. */
  years: number | null;
  /** Before birth or after death. */
  isOutOfLife: boolean;
  /** A monarch with a number. */
  isNumbered: boolean;
}

/** Years between two mentions in one office, in one country, and between two with no office in common. */
const IN_OFFICE = 10;
const IN_A_LIFE = 25;

/** Compares a person with a mention that has a full name; null if no name is alike. */
export function compare(person: KnownPerson, mention: Mention): Comparison | null {
  const likenesses = person.names.map((name) => likenessOf(name, mention.name));
  const likeness = (["EQUAL", "SHORTER", "NEARLY"] as const).find((one) =>
    likenesses.includes(one),
  );
  if (!likeness) return null;
  const known = [...person.tenures, ...person.seen.values()];
  const countries = known.flatMap(({ country }) => country ?? []);
  const offices = known.flatMap(({ office }) => office ?? []);
  const year = mention.date === null ? null : Number(mention.date.slice(0, 4));
  return {
    person,
    likeness,
    country: wasMetIn(person, mention, countries)
      ? "SAME"
      : agreement(countries, mention.country, isSameState),
    office: agreement(offices, mention.office, (one, other) => one === other),
    years: yearsApart(known, mention.date),
    isNumbered: mention.name.isMonarch && mention.name.ordinal !== null,
    isOutOfLife:
      year !== null &&
      ((person.birthYear !== null && year < person.birthYear + 10) ||
        (person.deathYear !== null && year > person.deathYear)),
  };
}

/** Returns whether a person acts for the country in which the other was met, or was met in the one for which the other acts. */
function wasMetIn(
  { places }: KnownPerson,
  { country, place = null }: Mention,
  countries: string[],
): boolean {
  const where = country ?? place;
  if (where === null) return false;
  const known = country === null ? [...countries, ...places] : places;
  return [...known].some((one) => isSameState(one, where));
}

function agreement<T>(
  known: T[],
  mentioned: T | null,
  isSame: (one: T, other: T) => boolean,
): "SAME" | "UNKNOWN" | "ANOTHER" {
  if (mentioned === null || known.length === 0) return "UNKNOWN";
  return known.some((one) => isSame(one, mentioned)) ? "SAME" : "ANOTHER";
}

/** Returns whether a person is surely the one mentioned; if not, and they are comparable, it is for a reader to judge. */
export function isSurelySame(comparison: Comparison): boolean {
  const { likeness, country, office, years, isOutOfLife, isNumbered } = comparison;
  if (isOutOfLife || country === "ANOTHER") return false;
  const isNear = years === null || years <= IN_OFFICE;
  // A monarch's number is theirs alone.
  if (likeness === "EQUAL" && country === "SAME")
    return years === null || years <= IN_A_LIFE || (isNumbered && office === "SAME");
  if (likeness === "EQUAL") return office === "SAME" && isNear;
  return likeness === "SHORTER" && country === "SAME" && office === "SAME" && isNear;
}

/** Returns whether a reader should look at it: one name in two countries or times, or two spellings in one. */
export function isPerhapsSame({ likeness, country, office, years }: Comparison): boolean {
  if (likeness === "EQUAL") return true;
  const isNear = years === null || years <= IN_A_LIFE;
  return country === "SAME" && office !== "ANOTHER" && isNear;
}

/** Returns from 0 to 1 how much speaks for it that they are one; an order for readers, no probability. */
export function scoreOf({ likeness, country, office, years, isOutOfLife }: Comparison): number {
  const name = { EQUAL: 50, SHORTER: 40, NEARLY: 30 }[likeness];
  const points = { SAME: 20, UNKNOWN: 5, ANOTHER: 0 };
  const time = isOutOfLife ? 0 : years === null ? 3 : years <= IN_OFFICE ? 10 : 0;
  return (name + points[country] + points[office] + time) / 100;
}

/** Explains to a reader why the two may be one, and what speaks against it. */
export function reasonsFor(
  found: Comparison,
  { name, country, place, title, date }: Mention,
): string[] {
  const names = found.person.names.filter((known) => likenessOf(known, name) === found.likeness);
  const likenesses = {
    EQUAL: "the same name",
    SHORTER: "one name leaves out a part",
    NEARLY: "the spelling differs",
  };
  const side = country ?? place ?? "no country";
  return [
    `"${name.text}" and "${names[0]!.text}": ${likenesses[found.likeness]}`,
    {
      SAME: `both act for ${side}, or were met there`,
      UNKNOWN: `for whom one of them acts is not known (${side})`,
      ANOTHER: `one acts for ${side}, the other for another country`,
    }[found.country],
    ...(title === null
      ? []
      : [
          {
            SAME: `both have an office like "${title}"`,
            UNKNOWN: `no office of the other is known, this one is "${title}"`,
            ANOTHER: `no office of the other is like "${title}"`,
          }[found.office],
        ]),
    found.isOutOfLife
      ? `${date} is outside the other's life`
      : found.years === null
        ? "the dates can't be compared"
        : `${Math.round(found.years)} years apart`,
  ];
}

/** Days that the person may be taken from a surname for, around a day that they are known at. */
const A_YEAR = 1;

/**
 * Returns whether a surname at that date is this person's: an office that covers it, a mention in the same office before and
 * another one after it, or one less than a year away.
 */
export function isKnownAt(person: KnownPerson, { country, office, date }: Mention): boolean {
  if (date === null || country === null) return false;
  const [from, to] = [firstDay(date), lastDay(date)];
  const isFor = (of: { country: string | null; office: string | null }) =>
    of.country !== null &&
    isSameState(of.country, country) &&
    (office === null || of.office === office);
  const isCovered = person.tenures.some(
    (tenure) =>
      isFor(tenure) &&
      tenure.from !== null &&
      tenure.from <= to &&
      (tenure.to === null ? yearsBetween(tenure.from, from) <= A_YEAR : tenure.to >= from),
  );
  const isSeen = [...person.seen.values()].some(
    (seen) => isFor(seen) && seen.from <= seen.to && distance(seen, from, to) <= A_YEAR,
  );
  return isCovered || isSeen;
}

/** Returns whether a person has a surname, or perhaps has it, that a mention gives alone. */
export function hasSurname(
  { names }: KnownPerson,
  { surname, isMonarch, initials, ordinal }: PersonName,
): boolean {
  return names.some(
    (name) =>
      name.isMonarch === isMonarch &&
      name.surname.join(" ") === surname.join(" ") &&
      (ordinal === null || name.ordinal === null || ordinal === name.ordinal) &&
      (initials.length === 0 || name.parts.some(([first]) => initials.includes(first!))),
  );
}

function yearsApart(
  known: readonly { from: string | null; to: string | null }[],
  date: string | null,
): number | null {
  if (date === null) return null;
  const distances = known.flatMap(({ from, to }) => {
    const [first, last] = [from ?? to, to ?? from];
    return first === null || last === null || first > last
      ? []
      : [distance({ from: first, to: last }, firstDay(date), lastDay(date))];
  });
  return distances.length > 0 ? Math.min(...distances) : null;
}

function distance(known: { from: string; to: string }, from: string, to: string): number {
  if (to < known.from) return yearsBetween(to, known.from);
  return from > known.to ? yearsBetween(known.to, from) : 0;
}

function yearsBetween(from: string, to: string): number {
  return inYears(to) - inYears(from);
}

function inYears(day: string): number {
  const [year, month, date] = day.split("-").map(Number);
  return year! + (month! - 1) / 12 + (date! - 1) / 365;
}
