import { type Likeness, likenessOf, spellingOf } from "./name-spelling.js";
import { areFormsOfOneName } from "./nicknames.js";
import type { GivenName } from "./person-name.js";

/** How the first given names of two people compare. */
export type FirstName =
  | Likeness
  /** `Bill`, `William`. */
  | "form"
  | "initial"
  /** One goes by a middle name: `Dean`, `David Dean`. */
  | "middle"
  /** The initial before a shared name differs: `L. Bruce`, `R. Bruce`. */
  | "otherInitial"
  /** One of them has none on record, or both. */
  | "missing";

/** How the given names of two people compare. */
export interface GivenMatch {
  first: FirstName;
  /** The first names that match, of either. */
  firsts: readonly [string, string] | null;
  /** The other given names that match in full, and those of which one is an initial. */
  inFull: string[];
  initials: string[];
  /** Whether one of them has more given names than the other. */
  isShorter: boolean;
  /** Whether given names stand between those that match: `George W.`, `George H. W.` */
  isBetween: boolean;
  /** Whether both have another given name, or an initial: `Robert B.`, `Robert C.` */
  differ: "name" | "initial" | null;
}

/** Compares given names; null if the first ones are not those of one person. */
export function compareGiven(one: GivenName[], other: GivenName[]): GivenMatch | null {
  if (one.length === 0 || other.length === 0) return match("missing", null, rest([], []));
  const joined = joinedNames(one, other);
  if (joined) return match("same", joined, rest([], []));
  const [first, second] = [one[0]!, other[0]!];
  // The father's name of one is the own name of the other: `Tamim bin Hamad`, `Hamad`.
  const found = first.isFathers === second.isFathers ? compareNames(first, second) : null;
  if (found) return match(found, [first.text, second.text], rest(one.slice(1), other.slice(1)));
  return byMiddleName(one, other) ?? byMiddleName(other, one) ?? afterInitial(one, other);
}

/** Returns the given names as one word each if they differ in blanks alone: `Jae-in`, `Jaein`. */
function joinedNames(one: GivenName[], other: GivenName[]): readonly [string, string] | null {
  if (one.length === other.length) return null;
  if ([...one, ...other].some(({ text }) => text.length === 1)) return null;
  const [first, second] = [one, other].map((names) => names.map(({ text }) => text).join(""));
  return spellingOf(first!) === spellingOf(second!) ? [first!, second!] : null;
}

/** Compares two given names: the whole names, forms of one, or an initial. */
function compareNames(one: GivenName, other: GivenName): Likeness | "form" | "initial" | null {
  const [first, second] = [one.text, other.text];
  if (first.length === 1 || second.length === 1)
    return first[0] !== second[0] ? null : first === second ? "same" : "initial";
  if (areFormsOfOneName(first, second) && first !== second) return "form";
  return likenessOf(first, second);
}

function byMiddleName(one: GivenName[], other: GivenName[]): GivenMatch | null {
  const [first] = one;
  if (first!.text.length === 1) return null;
  for (const [i, name] of other.entries()) {
    const isOwn = !other.slice(0, i + 1).some(({ isFathers }) => isFathers);
    if (i === 0 || !isOwn || name.text.length === 1) continue;
    const found = compareNames(first!, name);
    // What one goes by comes last: `Minh Chinh` and `Binh Minh` are two people.
    if (one.length - 1 > other.length - 1 - i) continue;
    if (found === "same" || found === "spelled" || found === "form")
      return match("middle", [first!.text, name.text], rest(one.slice(1), other.slice(i + 1)));
  }
  return null;
}

function afterInitial(one: GivenName[], other: GivenName[]): GivenMatch | null {
  const [second, others] = [one[1], other[1]];
  if (!second || !others || (one[0]!.text.length > 1 && other[0]!.text.length > 1)) return null;
  const isFull = second.text.length > 1 && others.text.length > 1;
  if (!isFull || compareNames(second, others) !== "same") return null;
  return match("otherInitial", [second.text, others.text], rest(one.slice(2), other.slice(2)));
}

type Rest = Omit<GivenMatch, "first" | "firsts">;

/** Compares the given names after the first: those of the one that has fewer, in order, among those of the other. */
function rest(one: GivenName[], other: GivenName[]): Rest {
  const [fewer, more] = one.length <= other.length ? [one, other] : [other, one];
  const [inFull, initials]: [string[], string[]] = [[], []];
  let [at, between] = [0, 0];
  let differ: Rest["differ"] = null;
  for (const name of fewer) {
    const next = more.findIndex((_, i) => i >= at && compareNames(name, more[i]!) !== null);
    if (next < 0) {
      const isInitial = name.text.length === 1 || more.every(({ text }) => text.length === 1);
      differ = isInitial && differ !== "name" ? "initial" : "name";
    } else {
      const isInitial = name.text.length === 1 || more[next]!.text.length === 1;
      (isInitial ? initials : inFull).push(isInitial ? name.text[0]! : name.text);
      between += next - at;
      at = next + 1;
    }
  }
  return {
    inFull,
    initials,
    isShorter: fewer.length < more.length,
    isBetween: between > 0,
    differ,
  };
}

function match(first: FirstName, firsts: GivenMatch["firsts"], others: Rest): GivenMatch {
  return { first, firsts, ...others };
}
