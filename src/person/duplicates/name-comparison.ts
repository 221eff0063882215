import { compareGiven, type FirstName, type GivenMatch } from "./given-names.js";
import type { NameCounts } from "./name-counts.js";
import { chineseSoundOf, type Likeness, likenessOf } from "./name-spelling.js";
import type { PersonName } from "./person-name.js";

/** How two family names compare. */
export type FamilyName =
  | Likeness
  /** `García Márquez`, `García`. */
  | "part"
  /** A Chinese name in Wade–Giles and in Pinyin. */
  | "romanized"
  /** Not alike at all: something else says that they are of one person. */
  | "other";

/** How the names of two people compare. */
export interface NameMatch {
  family: FamilyName;
  given: GivenMatch;
  /** How much it means that the names are alike, in bits: more for rare names than for common ones. */
  bits: number;
}

/** How much less a likeness is worth than the same name, in bits. */
const FAMILY_COSTS: Record<FamilyName, number> = {
  same: 0,
  spelled: 2,
  letter: 3,
  part: 2,
  romanized: 1,
  other: 0,
};
const FIRST_COSTS: Record<FirstName, number> = {
  same: 0,
  spelled: 0.5,
  form: 1,
  initial: 0,
  letter: 3,
  middle: 2.5,
  otherInitial: 4,
  missing: 1,
};
const SHORTER_COST = 0.5;
const BETWEEN_COST = 5;
const DIFFERENT_COST = { name: 12, initial: 7 };
/** An initial that stands for a first name, and a name after it that the other lacks: `J. Baxter`, `Jeremy`. */
const UNSUPPORTED_INITIAL_COST = 3;
/** `Jr.` or the like of one alone. */
const GENERATION_COST = 2.5;
/** The maximum that one full given name adds: those of a family or country are correlated. */
const MOST_OF_A_NAME = 6;

/** Compares the names of two people: the two readings that are most alike. Null if none are those of one person. */
export function compareNames(
  one: readonly PersonName[],
  other: readonly PersonName[],
  counts: NameCounts,
): NameMatch | null {
  let best: NameMatch | null = null;
  for (const first of one) {
    for (const second of other) {
      const found = compareReadings(first, second, counts);
      if (found && (!best || found.bits > best.bits)) best = found;
    }
  }
  return best;
}

/** What it means that two people have names that are not alike. */
export function unlikeNames(counts: NameCounts): NameMatch {
  const given: GivenMatch = { ...NO_GIVEN, first: "missing" };
  return { family: "other", given, bits: -Math.log2(counts.population) };
}

const NO_GIVEN = {
  firsts: null,
  inFull: [],
  initials: [],
  isShorter: false,
  isBetween: false,
  differ: null,
};

function compareReadings(one: PersonName, other: PersonName, counts: NameCounts): NameMatch | null {
  const family =
    one.wholeFamily === other.wholeFamily ? "same" : compareFamilies(one.family, other.family);
  const given = family && compareGiven(one.given, other.given);
  if (given && isReversed(one, other) && !isWhole(given)) return null;
  if (given) return { family, given, bits: bitsOf(one, other, family, given, counts) };
  const sound = chineseSoundOf(one.words);
  if (sound === null || !one.given[0] || !other.given[0] || sound !== chineseSoundOf(other.words))
    return null;
  const firsts = [one.given[0].text, other.given[0].text] as const;
  const romanized: GivenMatch = { ...NO_GIVEN, first: "spelled", firsts };
  return {
    family: "romanized",
    given: romanized,
    bits: bitsOf(one, other, "romanized", romanized, counts),
  };
}

/** Whether the family name is taken to come first in one of them, and last in the other. */
function isReversed(one: PersonName, other: PersonName): boolean {
  return one.order !== other.order && one.order !== "known" && other.order !== "known";
}

/** Whether all given names of one are among those of the other, and none is left. */
function isWhole({ first, isShorter, differ }: GivenMatch): boolean {
  return !isShorter && differ === null && first !== "middle" && first !== "missing";
}

function compareFamilies(one: string[], other: string[]): FamilyName | null {
  const joined = likenessOf(one.join(""), other.join(""));
  if (joined) return joined;
  if (one.length === other.length) return null;
  const [shorter, longer] = one.length < other.length ? [one, other] : [other, one];
  const isPart = shorter.every((word) => word.length > 2 && longer.includes(word));
  return isPart ? "part" : null;
}

function bitsOf(
  one: PersonName,
  other: PersonName,
  family: FamilyName,
  given: GivenMatch,
  counts: NameCounts,
): number {
  const { first, firsts, inFull, initials, isShorter, isBetween, differ } = given;
  const least = (values: readonly string[], most = Infinity) =>
    Math.min(most, ...values.map((value) => counts.givenName(value)));
  const shortest = firsts?.some((name) => name.length === 1)
    ? firsts.filter((name) => name.length === 1)
    : firsts;
  let bits = Math.min(counts.family(one), counts.family(other)) - FAMILY_COSTS[family];
  bits += (shortest ? least(shortest) : 0) - FIRST_COSTS[first];
  for (const name of inFull) bits += least([name], MOST_OF_A_NAME);
  for (const initial of initials) bits += least([initial], MOST_OF_A_NAME);
  if (first === "initial" && isShorter && inFull.length + initials.length === 0)
    bits -= UNSUPPORTED_INITIAL_COST;
  if (one.generation !== other.generation) bits -= GENERATION_COST;
  if (differ) bits -= DIFFERENT_COST[differ];
  else if (isBetween) bits -= BETWEEN_COST;
  else if (isShorter) bits -= SHORTER_COST;
  // The more people there are, the more pairs have these names by chance.
  return bits - Math.log2(counts.population);
}
