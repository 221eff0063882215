import type { Passage } from "../records/anchor/record.quote.js";
import { isCountryWord } from "./countries.js";
import type { NamedItem } from "./names-on-record.store.js";
import { paragraphsOf } from "./paragraphs.js";
import { tailAfter, wordsOf } from "./words.js";
import { FUNCTION_WORDS, isTitle, PORTFOLIOS } from "./titles.js";

/** A name on record in a text; several items where more than one has it. */
export interface NameInText extends Passage {
  items: NamedItem[];
}

/** Finds the items on record with these names; each has the index of its name. */
export type NameLookUp = (words: readonly string[]) => Promise<NamedItem[]>;

/** The maximum number of words of a name. */
const MOST_WORDS = 7;
/** The maximum number of names looked up at once. */
const NAMES_PER_READ = 2_000;

/** Scripts without spaces between words, where a name may begin and end at any word of the segmenter. */
const UNPARTED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const WORD = /[\p{L}\p{N}][\p{L}\p{M}\p{N}]*(?:['’.-][\p{L}\p{N}][\p{L}\p{M}\p{N}]*)*/gu;
const segmenter = new Intl.Segmenter("en", { granularity: "word" });

/**
 * Finds the names on record in a text, at word boundaries, longest first. A name begins with a capital, where the script has them, and
 * is no part of a longer run of capitals: `Ada Floe Institute` doesn't name Ada Floe.
 */
export async function namesInText(text: string, lookUp: NameLookUp): Promise<NameInText[]> {
  const byWords = new Map<string, Passage[]>();
  for (const paragraph of paragraphsOf(text))
    for (const passage of candidatesIn(text, paragraph)) {
      const words = text.slice(passage.start, passage.end).replace(/\s+/g, " ");
      const passages = byWords.get(words);
      if (passages) passages.push(passage);
      else byWords.set(words, [passage]);
    }
  const names = [...byWords.keys()];
  const found: NameInText[] = [];
  for (let from = 0; from < names.length; from += NAMES_PER_READ) {
    const some = names.slice(from, from + NAMES_PER_READ);
    const items = new Map<number, NamedItem[]>();
    for (const item of await lookUp(some))
      items.set(item.at, [...(items.get(item.at) ?? []), item]);
    for (const [at, namesakes] of items) {
      const words = some[at]!;
      const meant = namesakes.filter((item) => isSpelledSo(words, item));
      if (meant.length > 0)
        for (const passage of byWords.get(words)!) found.push({ ...passage, items: meant });
    }
  }
  return longestFirst(found).filter((name) => standsAlone(text, name));
}

function longestFirst(found: NameInText[]): NameInText[] {
  const kept: NameInText[] = [];
  for (const name of found.sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = kept.at(-1);
    if (!last || name.start >= last.end) kept.push(name);
  }
  return kept;
}

function* candidatesIn(text: string, { start, end }: Passage): Generator<Passage> {
  const words = wordsIn(text, start, end);
  for (const [i, first] of words.entries()) {
    if (/^\p{Ll}/u.test(text.slice(first.start, first.end))) continue;
    for (let j = i; j < Math.min(words.length, i + MOST_WORDS); j++) {
      if (
        j > i &&
        !/^(?:\.?[^\S\r\n]+|\r\n|\s?|,?\s+(?=Jr|Sr))$/u.test(
          text.slice(words[j - 1]!.end, words[j]!.start),
        )
      )
        break;
      yield { start: first.start, end: words[j]!.end };
    }
  }
}

function wordsIn(text: string, start: number, end: number): Passage[] {
  return [...text.slice(start, end).matchAll(WORD)].flatMap(({ index, 0: found }) => {
    const at = start + index;
    if (!UNPARTED.test(found)) {
      // `Drift's` names Drift.
      const word = found.replace(/['’]s$/u, "");
      return [{ start: at, end: at + word.length }];
    }
    return [...segmenter.segment(found)].map(({ segment, index: inside }) => ({
      start: at + inside,
      end: at + inside + segment.length,
    }));
  });
}

/** Returns whether words are a spelling of an item's name; short names in capitals only so: `WHO` isn't `Who`. */
function isSpelledSo(words: string, { name, otherNames }: NamedItem): boolean {
  const alike = [name, ...otherNames].filter((one) => plain(one) === plain(words));
  const isShort = (one: string) => /^\P{Ll}{1,6}$/u.test(one);
  return alike.length === 0 || alike.some((one) => !isShort(one) || one === words);
}

function plain(words: string): string {
  return words.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

/** Returns whether a name is no part of a longer one. */
function standsAlone(text: string, { start, end, items }: NameInText): boolean {
  const line = tailAfter(text.slice(Math.max(0, start - 40), start), "\r\n,;:()");
  const before = /\s$/u.test(line) ? wordsOf(line).at(-1) : undefined;
  const after = /^[^\S\r\n]+([\p{L}\p{M}'’-]+)/u.exec(text.slice(end, end + 40))?.[1];
  if (
    /^(?:-\p{L}|[@&/]\S)/u.test(text.slice(end, end + 2)) ||
    /[@#/&-]$/u.test(text.slice(Math.max(0, start - 1), start))
  )
    return false;
  const words = text.slice(start, end);
  const isOneWord = !/\s/.test(words);
  if (isOneWord && FUNCTION_WORDS.has(words.toLowerCase()) && !/^\p{Lu}{2,}$/u.test(words))
    return false;
  const isPerson = items.some(({ kind }) => kind === "PERSON");
  if (before && /^\p{Lu}/u.test(before) && !mayPrecede(before) && !before.endsWith("."))
    return false;
  if (!after || !/^\p{Lu}/u.test(after)) return true;
  return (
    FUNCTION_WORDS.has(after.toLowerCase()) || (!isPerson && isTitle(after)) || isCountryWord(after)
  );
}

function mayPrecede(word: string): boolean {
  const lower = word.toLowerCase();
  return (
    FUNCTION_WORDS.has(lower) ||
    isTitle(word) ||
    PORTFOLIOS.has(lower) ||
    isCountryWord(word) ||
    /['’]s?$/u.test(word) ||
    /^(?:shri|hon'ble|hon’ble)$/.test(lower)
  );
}

/** Returns the names that may mean people, with the slugs of these. */
export function namesOfPeople(names: readonly NameInText[]) {
  return names
    .map(({ start, end, items }) => ({
      start,
      end,
      slugs: items.filter(({ kind }) => kind === "PERSON").map(({ slug }) => slug),
    }))
    .filter(({ slugs }) => slugs.length > 0);
}
