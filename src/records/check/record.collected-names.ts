import type { Collected, CollectedItem } from "./record.names.js";
import { asList, asObject, textOrNull } from "../record.unchecked.js";

/** Spellings that have a word in common, directly or through one another. */
interface Spellings {
  /** One of them, for messages. */
  name: string;
  /** The key of the document whose record gave it first; null if it has none. */
  document: string | null;
  /** Their words, each with a space before and after it. */
  words: string;
}

/** A name, and the key of a document whose record gives it; null if that is not known. */
export interface GivenName {
  name: string;
  document: string | null;
}

/** The maximum length of a spelling's words, in characters: a longer one has too many names to compare, and counts as alike. */
const MAX_WORDS_LENGTH = 2_000;

/** The maximum number of unlike spellings kept for an item. */
const MAX_SPELLINGS = 8;

/**
 * The names that records give by slug, to find a slug that was given to two things. Keeps one short text for each slug, and another for
 * each spelling that has no word in common with those before it.
 */
export class CollectedNames implements Collected {
  private readonly bySlug = new Map<string, Spellings[]>();

  add({ noun, given, key, documentKey }: CollectedItem): void {
    if (key !== null && typeof given.name === "string")
      this.addNames(`${noun} ${key}`, namesOfItem(given), documentKey);
  }

  /** Adds the names of one item as one record gives them: these belong together. */
  private addNames(key: string, names: readonly string[], document: string | null): void {
    const words = wordsOf(names);
    if (words.size === 0) return;
    const known = this.bySlug.get(key) ?? [];
    const alike = known.filter((one) => isAlike(one, words));
    const [merged] = alike;
    if (merged) {
      const others = known.filter((one) => !alike.slice(1).includes(one));
      const added = [...words, ...alike.slice(1).flatMap((one) => one.words.trim().split(" "))];
      for (const word of added) addWord(merged, word);
      if (others.length < known.length) this.bySlug.set(key, others);
    } else if (known.length < MAX_SPELLINGS) {
      const one = { name: names[0]!, document, words: " " };
      for (const word of words) addWord(one, word);
      this.bySlug.set(key, [...known, one]);
    }
  }

  /** Returns the first name given to an item, and by which document, if it has no word in common with these ones; null otherwise. */
  unlike(noun: string, first: string, names: readonly string[]): GivenName | null {
    const [earliest, ...others] = this.bySlug.get(`${noun} ${first}`) ?? [];
    if (!earliest || others.length === 0) return null;
    const words = wordsOf(names);
    return words.size === 0 || isAlike(earliest, words) ? null : earliest;
  }
}

/** Returns the parts of a name, without accents and case. */
export function nameParts(name: string): string[] {
  const plain = name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  return plain.split(/[^\p{L}\p{N}]+/u).filter(Boolean);
}

/** Returns whether no name of the one list has a word in common with the other. */
export function areUnlike(names: readonly string[], others: readonly string[]): boolean {
  const [words, theirs] = [wordsOf(names), wordsOf(others)];
  return words.size > 0 && theirs.size > 0 && ![...words].some((word) => theirs.has(word));
}

/** Returns all names of an item of a record that was not validated. */
export function namesOfItem(item: Record<string, unknown>): string[] {
  const names = [item.name, ...asList(item.otherNames)];
  return names.flatMap((name) => textOrNull(name) ?? textOrNull(asObject(name).text) ?? []);
}

/**
 * Returns the words that show whether two spellings may be of one name: those in Latin letters, since a name in another script shares none
 * with them; each name written as one word; and its initials.
 */
function wordsOf(names: readonly string[]): Set<string> {
  return new Set(
    names.flatMap((name) => {
      const parts = nameParts(name).filter((part) => /^\p{Script=Latin}/u.test(part));
      const initials = parts.length > 1 ? [parts.map((part) => part[0]).join("")] : [];
      return [...parts.filter(({ length }) => length > 1), parts.join(""), ...initials].filter(
        Boolean,
      );
    }),
  );
}

function isAlike({ words }: Spellings, others: ReadonlySet<string>): boolean {
  return words.length > MAX_WORDS_LENGTH || [...others].some((word) => words.includes(` ${word} `));
}

function addWord(spellings: Spellings, word: string): void {
  const isFull = spellings.words.length > MAX_WORDS_LENGTH;
  if (!isFull && !spellings.words.includes(` ${word} `)) spellings.words += `${word} `;
}
