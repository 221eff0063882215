import { withoutMarshal } from "../../src/draft/name-order.js";
import { slugOf } from "../records.js";
import { type PersonName, personName } from "../people/person-name.js";
import { editDistance } from "../people/person-name.js";
import { isAddress, isOfficeWord } from "./office-words.js";
import type { ListedPerson } from "./tei.js";

/** Returns a name as people are matched by it: initials apart, nicknames in quotation marks left out. */
export function nameOf(given: string): PersonName {
  const [surname, ...rest] = tidied(given).split(/,\s*/);
  // `Chiang Kai-shek, Generalissimo`; `Howe, Lieutenant Commander Jonathan`
  const others = rest.map(withoutRank).filter(Boolean);
  return personName([withoutRank(surname!), ...others].join(", "));
}

/** Leaves out ranks and offices before a name, and a name that is nothing else. */
function withoutRank(text: string): string {
  const words = text.split(" ");
  let at = 0;
  while (at < words.length && (isAddress(words[at]!, at) || isOfficeWord(words[at]!))) at++;
  return at === words.length &&
    words.length === 1 &&
    !/^(?:General|Generalissimo|Admiral|Colonel)$/.test(text)
    ? text
    : words.slice(at).join(" ");
}

function tidied(given: string): string {
  const bare = given
    .replace(/[(“"][^(“")”]*[)”"]/g, " ")
    .replace(/(?<=\b\p{Lu}\.)(?=\p{Lu})/gu, " ")
    .replace(/\s+/g, " ")
    .replaceAll(" ,", ",")
    .trim();
  return withoutMarshal(bare);
}

/** Returns the folded words of a name, initials as single letters, without ranks and forms of address. */
export function wordsOf(name: string): string[] {
  return tidied(name)
    .split(/[\s,]+/)
    .filter((word, i) => word !== "" && !(isAddress(word, i) && !/^\p{Lu}\.$/u.test(word)))
    .flatMap((word) => slugOf(word).split("-"))
    .filter((word) => word !== "" && !/^(?:jr|sr|ii|iii|iv)$/.test(word));
}

/** Returns whether two words of names are the same but for letters that were misread; short ones must be the same. */
export function isNearly(one: string, other: string): boolean {
  if (one === other) return true;
  const shorter = Math.min(one.length, other.length);
  const distance = shorter < 5 ? 3 : editDistance(one, other);
  return distance <= (shorter < 7 ? 1 : 2) && one[0] === other[0];
}

/** Returns whether someone in the list of persons can have a printed name: a surname or forename in common, or one name in the other. */
export function canBe(listed: ListedPerson, printed: string): boolean {
  const [theirs, own] = [wordsOf(listed.name), wordsOf(printed)];
  const has = (words: readonly string[], word: string) =>
    words.some((other) => isNearly(word, other));
  const isIn = (words: readonly string[], whole: readonly string[]) =>
    words.length > 0 && words.every((word) => word.length === 1 || has(whole, word));
  if (isIn(own, theirs) || isIn(theirs, own) || own.join("") === theirs.join("")) return true;
  const [one, other] = [partsOf(printed), partsOf(listed.name)];
  const surname = one.surname.at(-1);
  const isSurname = surname !== undefined && has(surnameOf(listed), surname);
  return isSurname || one.forenames.some((word) => word.length > 2 && has(other.forenames, word));
}

/** Returns the surname of someone in the list of persons, folded. */
export function surnameOf(listed: ListedPerson): string[] {
  const [before] = listed.name.split(",");
  return listed.name.includes(",") ? wordsOf(before!) : nameOf(listed.name).surname;
}

/** Forenames and surname, folded and in order, of a name as printed or listed. */
export interface NameParts {
  forenames: string[];
  surname: string[];
}

/** Takes a name apart, in the order that its comma indicates. */
export function partsOf(name: string): NameParts {
  const parsed = nameOf(name);
  const words = wordsOf(parsed.text);
  const surname = parsed.surname.filter((word) => words.includes(word));
  const first = surname[0] === undefined ? -1 : words.lastIndexOf(surname[0]);
  return {
    forenames:
      first < 0
        ? []
        : [...words.slice(0, first), ...(first === 0 ? words.slice(surname.length) : [])],
    surname,
  };
}

/** How well the forenames of two people of one surname agree. */
export type Agreement = "STRONG" | "EXACT" | "WEAK" | "INITIAL" | "NONE" | "AGAINST";

/**
 * Compares forenames: STRONG where two of them agree, EXACT where the only one of both does, WEAK where one of several does, INITIAL where
 * only first letters do.
 */
export function agreementOf(printed: readonly string[], known: readonly string[]): Agreement {
  if (printed.length === 0) return "NONE";
  if (known.length === 0) return "AGAINST";
  let [at, whole, letters] = [0, 0, 0];
  for (const one of printed) {
    const found = known.findIndex((other, i) => i >= at && isSameForename(one, other));
    // A forename that the other name leaves out: `John B.` and `John`.
    if (found < 0) {
      if (at >= known.length && at > 0) break;
      return "AGAINST";
    }
    // The first of several forenames may be left out, but not the first of those printed: `Foster` for `John Foster`.
    if (at === 0 && found > 0 && one.length === 1) return "AGAINST";
    at = found + 1;
    if (one.length > 1 && known[found]!.length > 1) whole++;
    else letters++;
  }
  if (whole > 0 && whole + letters > 1) return "STRONG";
  if (whole === 0) return "INITIAL";
  return printed.length === 1 && known.length === 1 ? "EXACT" : "WEAK";
}

function isSameForename(one: string, other: string): boolean {
  if (one.length === 1 || other.length === 1) return one[0] === other[0];
  return one === other;
}

/** Returns the words of a title that are no form of address: `Assistant Secretary`. */
export function officeWordsOf(title: string): string {
  const words = title.split(" ").filter(Boolean);
  const own = words.filter(
    (word, i) => !isAddress(word, i) || (isOfficeWord(word) && !/^(?:his|her)$/i.test(word)),
  );
  return own.join(" ").replace(/^(?:The|H\.? ?E\.?)$/i, "");
}
