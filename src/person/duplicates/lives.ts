import { activeYears, excludingOffices } from "./offices.js";
import type { Identifier, Life } from "./duplicates.store.js";
import { wordsOf } from "./name-spelling.js";
import type { PersonName } from "./person-name.js";

/** Years of one career, from its first office or meeting to its last. */
const LONGEST_CAREER = 60;
/** Ages at which one holds office, kings aside. */
const [YOUNGEST, OLDEST] = [17, 97];
const FEMALE_OFFICE = /^(?:queen|princess|empress|first lady|sultana)\b/;
const MALE_OFFICE = /^(?:king|prince|emperor|emir|amir|sultan|crown prince)\b/;

/** Returns why two people can't be one; null if nothing on record says so. */
export function whyDifferent(
  one: Life,
  other: Life,
  names: readonly PersonName[],
  others: readonly PersonName[],
): string | null {
  const scheme = differentIdentifier(one, other);
  if (scheme) return `different identifiers (${scheme})`;
  for (const [what, first, second] of [
    ["born", yearsOf(one.birthFrom, one.birthTo), yearsOf(other.birthFrom, other.birthTo)],
    ["died", yearsOf(one.deathFrom, one.deathTo), yearsOf(other.deathFrom, other.deathTo)],
  ] as const) {
    // A year's difference is often one source's mistake.
    if (first && second && (first[0] > second[1] + 1 || second[0] > first[1] + 1))
      return `${what} in ${first[0]} and ${second[0]}`;
  }
  if (isOutside(one, other) || isOutside(other, one)) return "in office outside the other's life";
  const span = spanOfBoth(one, other);
  if (span && span[1] - span[0] > LONGEST_CAREER) return `in office ${span[0]} and ${span[1]}`;
  const genders = [genderOf(one, names), genderOf(other, others)];
  if (genders[0] && genders[1] && genders[0] !== genders[1]) return "a woman and a man";
  const generations = [names, others].map(
    (all) => new Set(all.map(({ generation }) => generation).filter(Boolean)),
  );
  if (
    generations.every(({ size }) => size > 0) &&
    ![...generations[0]!].some((each) => generations[1]!.has(each))
  )
    return "of two generations";
  const offices = excludingOffices(one, other);
  return (
    offices && `in office for ${offices[0].countryName} and ${offices[1].countryName} at one time`
  );
}

/** Returns the scheme in which two people have different identifiers and none in common; null if there is none. */
function differentIdentifier(one: Life, other: Life): string | null {
  if (sharedIdentifier(one, other)) return null;
  const schemes = new Set(one.identifiers.map(({ scheme }) => scheme));
  return other.identifiers.find(({ scheme }) => schemes.has(scheme))?.scheme ?? null;
}

/** Returns an identifier that two people share; null if there is none. */
export function sharedIdentifier(
  one: { identifiers: Identifier[] },
  other: { identifiers: Identifier[] },
): Identifier | null {
  const isShared = (id: Identifier) =>
    other.identifiers.some(({ scheme, value }) => scheme === id.scheme && value === id.value);
  return one.identifiers.find(isShared) ?? null;
}

/** Returns the first and the last year in which a date can be; null if it is unknown. */
export function yearsOf(from: string | null, to: string | null): [number, number] | null {
  return from === null || to === null ? null : [Number(from.slice(0, 4)), Number(to.slice(0, 4))];
}

/** Returns whether the other was in office too young, too old or after the person's death. */
function isOutside(person: Life, other: Life): boolean {
  const active = activeYears(other);
  if (!active) return false;
  const born = yearsOf(person.birthFrom, person.birthTo);
  const died = yearsOf(person.deathFrom, person.deathTo);
  if (died && active[1] > died[1] + 1) return true;
  return born !== null && (active[0] < born[0] + YOUNGEST || active[1] > born[1] + OLDEST);
}

/** Returns the first and the last year in which either is on record; null if one of them is without dates. */
function spanOfBoth(one: Life, other: Life): [number, number] | null {
  const [first, second] = [activeYears(one), activeYears(other)];
  if (!first || !second) return null;
  return [Math.min(first[0], second[0]), Math.max(first[1], second[1])];
}

function genderOf(life: Life, names: readonly PersonName[]): "female" | "male" | null {
  const title = names.find(({ gender }) => gender !== null)?.gender;
  if (title) return title;
  const offices = life.offices.map((office) => wordsOf(office.title).join(" "));
  if (offices.some((office) => FEMALE_OFFICE.test(office))) return "female";
  return offices.some((office) => MALE_OFFICE.test(office)) ? "male" : null;
}
