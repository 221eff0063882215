import type { Passage } from "../records/anchor/record.quote.js";
import { trimmed } from "./paragraphs.js";

/** Words between quotation marks. */
export interface Quoted {
  /** With the marks. */
  outer: Passage;
  /** Without the marks. */
  inner: Passage;
  /** Whether it has no closing mark, because the next paragraph goes on with it. */
  isContinued: boolean;
}

/** The quoted words of a paragraph, and the offsets of opening marks without a closing one. */
export interface QuotedWords {
  quoted: Quoted[];
  unclosed: number[];
}

/** The marks that close what a mark opens. Straight and typographic ones are mixed up in practice. */
const CLOSING: Record<string, string> = {
  "“": '”"',
  "„": '“”"',
  "‟": '”"',
  "”": '”"',
  '"': '"”',
  "«": "»",
  "»": "«",
  "「": "」",
  "『": "』",
  "‘": "’'",
  "‚": "‘’'",
  "'": "'’",
};
const SINGLE = "‘‚'’";
const IS_LETTER = /[\p{L}\p{M}\p{N}]/u;

/**
 * Finds quoted words in a paragraph. Marks inside quoted words belong to these. `goesOn` says whether the next paragraph begins with an
 * opening mark: then one that is not closed here is closed in a later paragraph.
 */
export function quotedWordsIn(text: string, { start, end }: Passage, goesOn: boolean): QuotedWords {
  const found: QuotedWords = { quoted: [], unclosed: [] };
  // Marks that nothing closes from here on, so that a text full of them isn't searched to its end for each.
  const hopeless = new Set<string>();
  for (let at = start; at < end; at++) {
    const mark = text.charAt(at);
    if (!(mark in CLOSING) || !opens(text, at, start, end)) continue;
    const close = hopeless.has(mark) ? NONE : closingOf(text, at, end, goesOn && at === start);
    if (close === NONE) hopeless.add(mark);
    if (typeof close === "number") {
      add({ start: at, end: close + 1 }, { start: at + 1, end: close }, false);
      at = close;
    } else if (goesOn && (at === start || !SINGLE.includes(mark))) {
      add({ start: at, end }, { start: at + 1, end }, true);
      return found;
    } else if (!SINGLE.includes(mark)) {
      if (isLeftOpen(text, at, end)) add({ start: at, end }, { start: at + 1, end }, false);
      else found.unclosed.push(at);
    }
  }
  return found;

  function add(outer: Passage, inner: Passage, isContinued: boolean): void {
    const words = trimmed(text, inner);
    if (words.start < words.end) found.quoted.push({ outer, inner: words, isContinued });
  }
}

/** Returns whether the closing mark was forgotten: the rest of the paragraph is a sentence, without another mark. */
function isLeftOpen(text: string, at: number, end: number): boolean {
  const rest = text.slice(at + 1, end);
  return /^\p{Lu}/u.test(rest) && /[.!?]$/u.test(rest) && !/["“”«»„]/u.test(rest);
}

/** Returns whether a paragraph begins with an opening mark. */
export function beginsQuoted(text: string, { start, end }: Passage): boolean {
  const mark = text.charAt(start);
  return mark in CLOSING && opens(text, start, start, end);
}

/** Returns whether a mark can open: words follow it at once, and none stand directly before it. */
function opens(text: string, at: number, start: number, end: number): boolean {
  const mark = text.charAt(at);
  const [before, after] = [at > start ? text.charAt(at - 1) : " ", text.charAt(at + 1)];
  if (at + 1 >= end) return false;
  if (mark === "「" || mark === "『") return true;
  if (/\s/u.test(after) && mark !== "«") return false;
  if (mark === "“" || mark === "„" || mark === "«" || mark === "‟") return true;
  if (mark === "»" || mark === "”") return /[\s([—–-]/u.test(before) && IS_LETTER.test(after);
  if (IS_LETTER.test(before) || /[.,;!?)\]]/u.test(before)) return false;
  // '90s and 'tis are no quotations.
  if (mark === "'") return !/^(?:\d0s|tis\b|twas\b|em\b|n\b)/iu.test(text.slice(at + 1, at + 6));
  return true;
}

/** Nothing up to the end of the paragraph closes what a mark opens. */
const NONE = "none";

/** Returns the offset of the closing mark; null if another quotation begins before it. */
function closingOf(
  text: string,
  open: number,
  end: number,
  goesOn: boolean,
): number | null | typeof NONE {
  const mark = text.charAt(open);
  const closing = CLOSING[mark]!;
  const isSingle = SINGLE.includes(mark);
  let possessive: number | null = null;
  for (let at = open + 1; at < end; at++) {
    const found = text.charAt(at);
    if (!closing.includes(found)) {
      // The same mark opens anew: this one was never closed.
      if (found === mark && mark === "“" && /\s/u.test(text.charAt(at - 1))) return null;
      continue;
    }
    if (!closes(text, at, end, isSingle)) {
      if (!isSingle && found === '"' && mark === '"' && opens(text, at, open, end)) return null;
      continue;
    }
    if (!isSingle || !mayBePossessive(text, at)) return at;
    possessive ??= at;
  }
  return goesOn ? NONE : (possessive ?? NONE);
}

function closes(text: string, at: number, end: number, isSingle: boolean): boolean {
  const mark = text.charAt(at);
  if (!isSingle && mark !== '"') return true;
  const [before, after] = [text.charAt(at - 1), at + 1 < end ? text.charAt(at + 1) : " "];
  return !/\s/u.test(before) && !IS_LETTER.test(after);
}

/** Returns whether a mark may be an apostrophe: `the ministers' talks`. */
function mayBePossessive(text: string, at: number): boolean {
  return /s$/iu.test(text.slice(at - 1, at)) && /^\s+\p{Ll}/u.test(text.slice(at + 1, at + 20));
}
