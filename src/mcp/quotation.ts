/** How words match a text: to the letter, or except for white space and quotation marks. */
type Match = "EXACT" | "NORMALIZED";

/** Words that were found in a text, and where, in UTF-16 code units. */
export interface FoundWords {
  match: Match;
  start: number;
  end: number;
  /** Whether they are the whole text. */
  isWhole: boolean;
}

/** Shorter quotations are too common to attribute, unless they are a whole statement. */
export const MIN_WORDS = 3;

/** How a quotation differs from its closest passage. */
export type Difference = "OTHER_CASE" | "TOO_FEW_WORDS" | "WORDS_LEFT_OUT" | "OTHER_WORDS";

/**
 * Finds a quotation in a text: to the letter, else ignoring white space, the shape of quotation marks, a pair of these around the
 * quotation, and a full stop or comma at its end, which may be the quoting writer's. Letters, case, and all other marks must be the
 * same, and words must be whole. A quotation with words left out ("…") is not found, since they may reverse the meaning.
 */
export function findQuotation(
  text: string,
  words: string,
  minWords: number = MIN_WORDS,
): FoundWords | null {
  const exact = positionOf(text, words);
  if (exact !== null) return found("EXACT", text, exact, exact + words.length, minWords);
  const plainText = normalized(text);
  for (const quoted of variantsOf(normalized(words))) {
    const at = quoted === "" ? null : positionOf(plainText, quoted);
    if (at === null) continue;
    const offsets = offsetsOf(text);
    const end = offsets[at + quoted.length - 1]! + 1;
    return found("NORMALIZED", text, offsets[at]!, end, minWords);
  }
  return null;
}

function found(
  match: Match,
  text: string,
  start: number,
  end: number,
  minWords: number,
): FoundWords | null {
  const isWhole = !/[\p{L}\p{N}]/u.test(text.slice(0, start) + text.slice(end));
  if (!isWhole && wordsIn(text.slice(start, end)).length < minWords) return null;
  return { match, start, end, isWhole };
}

/** Returns how words that `findQuotation` does not find in a text differ from it. */
export function differenceFrom(text: string, words: string): Difference {
  if (findQuotation(text, words, 1)) return "TOO_FEW_WORDS";
  const [lowerText, lowerWords] = [text.toLowerCase(), words.toLowerCase()];
  if (findQuotation(lowerText, lowerWords, 1)) return "OTHER_CASE";
  return hasInTurn(lowerText, lowerWords.split(LEFT_OUT)) ? "WORDS_LEFT_OUT" : "OTHER_WORDS";
}

/** Matches the mark of words left out of a quotation. */
const LEFT_OUT = /[[(]?(?:…|\.\.\.)[\])]?/;

/** Whether a text has the parts of a quotation with words left out, in their order. */
function hasInTurn(text: string, parts: readonly string[]): boolean {
  const quoted = parts.map((part) => part.trim()).filter((part) => /[\p{L}\p{N}]/u.test(part));
  let from = 0;
  for (const part of quoted) {
    const at = findQuotation(text.slice(from), part, 1);
    if (!at) return false;
    from += at.end;
  }
  return parts.length > 1 && quoted.length > 0;
}

/** Returns where a text has these words, not as part of longer words; null if nowhere. */
function positionOf(text: string, words: string): number | null {
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1)) {
    const cutsFirst = joins(text.slice(Math.max(0, at - 2), at), words.slice(0, 2));
    const cutsLast = joins(words.slice(-2), text.slice(at + words.length, at + words.length + 2));
    if (!cutsFirst && !cutsLast) return at;
  }
  return null;
}

/** Whether the end of one text and the start of another are in the same word. */
function joins(before: string, after: string): boolean {
  return /[\p{L}\p{M}\p{N}]$/u.test(before) && /^[\p{L}\p{M}\p{N}]/u.test(after);
}

/** Returns a text with plain quotation marks and single spaces. */
function normalized(text: string): string {
  return text
    .trim()
    .replace(/\s+/g, " ")
    .replace(/[\u2018\u2019\u201A\u201B\u2032\u2039\u203A\u02BC]/g, "'")
    .replace(/[\u201C\u201D\u201E\u201F\u2033\u00AB\u00BB]/g, '"');
}

/** Returns the offset in the original of each code unit of a normalized text: only white space changes in length. */
function offsetsOf(original: string): number[] {
  const offsets: number[] = [];
  for (let i = original.search(/\S/); i < original.length; i++)
    if (!/\s/.test(original[i]!) || !/\s/.test(original[i - 1]!)) offsets.push(i);
  return offsets;
}

/** Yields a quotation as given, then without what the quoting writer may have added. */
function* variantsOf(quotation: string): Generator<string> {
  yield quotation;
  const unquoted = /^(["'])(.*)\1[.,]?$/s.exec(quotation)?.[2]?.trim();
  if (unquoted) yield unquoted;
  const bare = (unquoted ?? quotation).replace(/[.,]$/, "");
  yield bare;
}

/** Returns the words of a text, in any script, in lower case. */
export function wordsIn(text: string): string[] {
  return [...SEGMENTER.segment(text)].flatMap(({ segment, isWordLike }) =>
    isWordLike ? [segment.toLowerCase()] : [],
  );
}

const SEGMENTER = new Intl.Segmenter("und", { granularity: "word" });

/** The maximum number of words in a search, and their maximum length together. */
const MAX_TERMS = 8;
const MAX_LENGTH = 280;

/**
 * Returns the words of a quotation by which a full-text search finds every statement that has it: the longest ones, without those
 * that have a hyphen, a dot or an apostrophe, which full-text search may split differently.
 */
export function searchTermsOf(quotation: string): string[] {
  const free = quotation
    .split(/\s+/)
    .map(withoutMarks)
    .filter((chunk) => /^[\p{L}\p{M}]{3,}$/u.test(chunk));
  const terms: string[] = [];
  for (const term of [...new Set(free)].sort((a, b) => b.length - a.length).slice(0, MAX_TERMS)) {
    if ([...terms, term].join(" or ").length <= MAX_LENGTH) terms.push(term);
  }
  return terms;
}

/** Returns a word without the marks before and after it. */
function withoutMarks(chunk: string): string {
  const first = chunk.search(/[\p{L}\p{N}]/u);
  const last = /[\p{L}\p{M}\p{N}](?=[^\p{L}\p{M}\p{N}]*$)/u.exec(chunk);
  return first < 0 || !last ? "" : chunk.slice(first, last.index + last[0].length);
}

/** Returns the share of a quotation's words that a text has, from 0 to 1. */
export function sharedWords(text: string, quotation: string): number {
  const wanted = new Set(wordsIn(quotation));
  const given = new Set(wordsIn(text));
  return wanted.size === 0 ? 0 : [...wanted].filter((word) => given.has(word)).length / wanted.size;
}
