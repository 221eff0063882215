import { slugOf } from "../records.js";
import { isForenameAndSurname, surnameLength } from "./names.js";

/** A name in parts that can be compared: without accents, case, honorifics, particles and order. */
export interface PersonName {
  /** As it is shown: forename first where a comma put it last, without honorifics. */
  text: string;
  /** Every part, initials aside, folded. */
  parts: string[];
  /** The parts in alphabetical order, and in their own without spaces, to compare many names fast. */
  sorted: string;
  joined: string;
  /** The folded parts that are the surname, or what a monarch is called. */
  surname: string[];
  /** First letters that stand for a forename. */
  initials: string[];
  /** What sets a monarch or a generation apart: `ii`, `jr`; null if there is nothing. */
  ordinal: string | null;
  /** Enough to distinguish people: a forename, or its first letter, and a surname; or a monarch with a number. */
  isFull: boolean;
  isMonarch: boolean;
}

const HONORIFICS =
  /^(?:Mr|Mrs|Ms|Miss|Mme|Mlle|Dr|Prof|Professor|Sir|Dame|Lord|Lady|Rev|Hon|Honourable|Honorable|H\.?E|H\.?M|H\.?R\.?H|His|Her|Excellency|Majesty|Highness|Royal|Right|The|Gen|Col|Maj|Capt|Lt|Lieutenant|General|Colonel|Major|Captain|Brigadier|Commander|Comandante|Admiral|Marshal|Field|Sheikh|Sheik|Shaikh|Sayyid|Haji|Hajji|Begum|Dato[’']?|Datuk|Tun|Comrade|Cardinal|Father|Senator|Prince|Princess|Crown)\.?$/i;
const MONARCH = /^(?:King|Queen|Emperor|Empress|Sultan|Amir|Emir|Shah|Pope)$/i;
const PARTICLE =
  /^(?:al|el|ul|an|as|ar|bin|ibn|bint|ben|de|la|del|da|do|dos|das|di|du|le|van|von|der|den|ter|y|e)$/;
const NUMERAL = /^[IVX]+$/;
const GENERATION = /^(?:Jr|Sr)\.?$/i;

/** Returns whether a word before a name is a form of address: `Mr.`, `H.E.`, `Prince`. */
export function isHonorific(word: string): boolean {
  return HONORIFICS.test(word);
}

/** Takes a name apart, as `Forename Surname` or `Surname, Forename`. Capitals mark a surname: `KIM Il`. */
export function personName(given: string, isMonarch = false): PersonName {
  const inOrder = given.replace(/^([^,]+), (?!(?:Jr|Sr)\b)([^,]+)/, "$2 $1").replace(/,/g, "");
  const words = inOrder.split(/\s+/).filter(Boolean);
  const isRoyal = isMonarch || (words.length > 1 && MONARCH.test(words[0]!));
  while (words.length > 1 && (isHonorific(words[0]!) || MONARCH.test(words[0]!))) words.shift();
  const ordinal = words.find((word, i) => i > 0 && isOrdinal(word)) ?? null;
  const plain = words.filter((word) => word !== ordinal);
  const surname = isRoyal ? plain : surnameIn(plain, given);
  const parts = partsOf(plain);
  const isNumbered = isRoyal && ordinal !== null;
  const hasForename = parts.length > partsOf(surname).length;
  const initials = plain.map(folded).filter((part) => part.length === 1);
  const isNamed =
    (isRoyal || hasForename || initials.length > 0) &&
    isForenameAndSurname(recased(plain), isRoyal);
  return {
    text: recased(words).join(" "),
    parts,
    sorted: [...parts].sort().join(" "),
    joined: parts.join(""),
    surname: partsOf(surname),
    initials,
    ordinal: ordinal && folded(ordinal),
    isFull: isNumbered || isNamed || (!isRoyal && given.includes(", ") && hasForename),
    isMonarch: isRoyal,
  };
}

function isOrdinal(word: string): boolean {
  return NUMERAL.test(word) || GENERATION.test(word);
}

/** Returns the words that are the surname: those before a comma, in capitals, or as the order of the name has it. */
function surnameIn(words: string[], given: string): string[] {
  const count = /^([^,]+), (?!(?:Jr|Sr)\b)[^,]/.exec(given)?.[1]!.split(/\s+/).length;
  if (count !== undefined && count < words.length) return words.slice(-count);
  const capitals = words.filter(isInCapitals);
  if (capitals.length > 0 && capitals.length < words.length) return capitals;
  return surnameLength(words) < 0
    ? words.slice(0, 1)
    : words.slice(words.length - surnameLength(words));
}

function isInCapitals(word: string): boolean {
  return /^\p{Lu}[\p{Lu}'’-]{2,}$/u.test(word);
}

/** Writes words in capitals as names are written. */
function recased(words: string[]): string[] {
  return words.map((word) =>
    isInCapitals(word) && !NUMERAL.test(word)
      ? word.toLowerCase().replace(/(?<![\p{L}\p{M}])\p{L}/gu, (first) => first.toUpperCase())
      : word,
  );
}

function folded(word: string): string {
  return slugOf(word);
}

/** Folds words into parts; particles are left out, unless nothing else is there. */
function partsOf(words: string[]): string[] {
  const all = words.flatMap((word) => folded(word).split("-")).filter((part) => part.length > 1);
  const own = all.filter((part) => !PARTICLE.test(part));
  return own.length > 0 ? own : all;
}

/** How alike two names are; null if they are not. */
export type Likeness = "EQUAL" | "SHORTER" | "NEARLY";

/** Compares two full names: EQUAL in any order, SHORTER where one leaves out parts, NEARLY where the spelling differs. */
export function likenessOf(one: PersonName, other: PersonName): Likeness | null {
  if (one.isMonarch !== other.isMonarch && (one.isMonarch ? one : other).ordinal !== null)
    return null;
  if (one.ordinal !== other.ordinal && one.ordinal !== null && other.ordinal !== null) return null;
  const likeness = likenessOfParts(one, other);
  // `Jr.` or a number that one of them leaves out, or initials instead of forenames.
  const isShort = one.ordinal !== other.ordinal || (one.parts.length === 1 && !one.isMonarch);
  return likeness === "EQUAL" && isShort ? "SHORTER" : likeness;
}

function likenessOfParts(one: PersonName, other: PersonName): Likeness | null {
  const [short, long] = one.parts.length <= other.parts.length ? [one, other] : [other, one];
  if (short.sorted === long.sorted) return contradicts(one, other) ? null : "EQUAL";
  if (short.joined === long.joined) return "EQUAL";
  const isPart = short.parts.every((part) => long.parts.includes(part));
  if (isPart && short.parts.length > 1) return short.parts[0] === long.parts[0] ? "SHORTER" : null;
  if (isPart && short.initials.includes(long.parts[0]![0]!)) return "SHORTER";
  return short.parts.length === long.parts.length && isNearly(short.parts, long.parts)
    ? "NEARLY"
    : null;
}

/** `John A. Berg` and `John B. Berg`. */
function contradicts({ initials: one }: PersonName, { initials: other }: PersonName): boolean {
  return one.length > 0 && other.length > 0 && !one.some((letter) => other.includes(letter));
}

/** Returns whether two lists of parts differ by at most two letters, and no part by half of it. */
function isNearly(one: string[], other: string[]): boolean {
  if (Math.abs(one.join("").length - other.join("").length) > 2) return false;
  const distances = one.map((part, i) => editDistance(part, other[i]!));
  const total = distances.reduce((a, b) => a + b, 0);
  return total <= 2 && distances.every((distance, i) => distance * 2 < one[i]!.length);
}

/** Returns how many letters must be put in, left out or changed; 3 for more than two. */
export function editDistance(one: string, other: string): number {
  if (Math.abs(one.length - other.length) > 2) return 3;
  let row = Array.from({ length: other.length + 1 }, (_, i) => i);
  for (let i = 1; i <= one.length; i++) {
    const next = [i];
    for (let j = 1; j <= other.length; j++)
      next.push(
        Math.min(
          row[j]! + 1,
          next[j - 1]! + 1,
          row[j - 1]! + (one[i - 1] === other[j - 1] ? 0 : 1),
        ),
      );
    row = next;
  }
  return Math.min(3, row.at(-1)!);
}
