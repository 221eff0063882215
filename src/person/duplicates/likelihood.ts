import type { Identifier, Life } from "./duplicates.store.js";
import { isSameState } from "../../country/country.former.js";
import { sharedIdentifier, yearsOf } from "./lives.js";
import type { NameMatch } from "./name-comparison.js";
import { activeYears, type SharedOffice, sharedOffice } from "./offices.js";

/** The evidence for and against two people being one. */
export interface Evidence {
  identifier: Identifier | null;
  office: SharedOffice | null;
  /** A country that both act for, or that one acts for and where the other met somebody. */
  country: { name: string; isActedFor: boolean } | null;
  /** Whether both act for countries, and for none in common. */
  areOfOtherCountries: boolean;
  bornIn: number | null;
  diedIn: number | null;
  /** Years without either in office between the two; 0 if they are of one time, null if the record does not say. */
  gap: number | null;
  /** How much all of it means, in bits: 1 for twice as likely one person as not. */
  bits: number;
}

/** What each fact means, in bits. */
const BITS = {
  identifier: 20,
  officeAtOneTime: 6,
  officeUndated: 4,
  officeAtOtherTimes: 1,
  /** The maximum of a country: the fewer people it has on record, the more it means. */
  country: 4,
  placeOfMeeting: 2,
  otherCountries: -5,
  born: 5,
  died: 4,
  aYearApart: -5,
  oneTime: 1.5,
};
/** What a gap of at least this many years between two careers means. */
const GAPS: [years: number, bits: number][] = [
  [40, -8],
  [25, -4],
  [15, -2],
  [8, 0],
];

/** Weighs what is on record of two people besides their names. */
export function weigh(one: Life, other: Life, shareOf: (country: string) => number): Evidence {
  const identifier = sharedIdentifier(one, other);
  const office = sharedOffice(one, other);
  const country = sharedCountry(one, other);
  const areOfOtherCountries = country === null && actForOthers(one, other);
  const born = sameYear(
    yearsOf(one.birthFrom, one.birthTo),
    yearsOf(other.birthFrom, other.birthTo),
  );
  const died = sameYear(
    yearsOf(one.deathFrom, one.deathTo),
    yearsOf(other.deathFrom, other.deathTo),
  );
  const gap = gapBetween(one, other);
  let bits = identifier ? BITS.identifier : 0;
  if (office?.isAtOneTime) bits += BITS.officeAtOneTime;
  else if (office)
    bits += office.isAtOneTime === null ? BITS.officeUndated : BITS.officeAtOtherTimes;
  if (country) {
    const most = country.isActedFor ? BITS.country : BITS.placeOfMeeting;
    bits += Math.min(most, -Math.log2(shareOf(country.code)));
  }
  if (areOfOtherCountries) bits += BITS.otherCountries;
  if (born !== null) bits += born.isSame ? BITS.born : BITS.aYearApart;
  if (died !== null) bits += died.isSame ? BITS.died : BITS.aYearApart;
  if (gap !== null) bits += GAPS.find(([years]) => gap >= years)?.[1] ?? BITS.oneTime;
  return {
    identifier,
    office,
    country,
    areOfOtherCountries,
    bornIn: born?.isSame ? born.year : null,
    diedIn: died?.isSame ? died.year : null,
    gap,
    bits,
  };
}

/** Returns the score of two people, from 0 to 1, of what their names and all else mean. */
export function scoreOf(names: NameMatch, evidence: Evidence): number {
  return 1 / (1 + 2 ** -(names.bits + evidence.bits));
}

function sameYear(
  one: [number, number] | null,
  other: [number, number] | null,
): { year: number; isSame: boolean } | null {
  if (!one || !other) return null;
  return { year: one[0], isSame: one[0] <= other[1] && other[0] <= one[1] };
}

interface NamedCountry {
  code: string;
  name: string;
  isActedFor: boolean;
}

function sharedCountry(one: Life, other: Life): NamedCountry | null {
  const [acting, others] = [actingFor(one), actingFor(other)];
  for (const [code, name] of acting) if (others.has(code)) return { code, name, isActedFor: true };
  for (const [actors, hosts] of [
    [acting, hostsOf(other)],
    [others, hostsOf(one)],
    [hostsOf(one), hostsOf(other)],
  ] as const)
    for (const [code, name] of actors)
      if (hosts.has(code)) return { code, name, isActedFor: false };
  return null;
}

function actForOthers(one: Life, other: Life): boolean {
  const [acting, others] = [[...actingFor(one).keys()], [...actingFor(other).keys()]];
  if (acting.length === 0 || others.length === 0) return false;
  return acting.every((code) => others.every((second) => !isSameState(code, second)));
}

/** The countries that a person acts for, and their names. */
function actingFor({ offices, sides }: Life): Map<string, string> {
  const countries = [...offices, ...sides].filter(({ country }) => country !== null);
  return new Map(countries.map(({ country, countryName }) => [country!, countryName ?? country!]));
}

/** The countries of meetings where the person's side is unknown: often their own. */
function hostsOf({ sides }: Life): Map<string, string> {
  const hosts = sides.filter(({ country, place }) => country === null && place !== null);
  return new Map(hosts.map(({ place, placeName }) => [place!, placeName ?? place!]));
}

function gapBetween(one: Life, other: Life): number | null {
  const [first, second] = [activeYears(one), activeYears(other)];
  if (!first || !second) return null;
  return Math.max(0, Math.max(first[0], second[0]) - Math.min(first[1], second[1]));
}
