import { MARK_END, MARK_START } from "./found-words.sql.js";

/** A passage as it is read. Lengths are in code points. */
export interface Passage {
  /** Whether it starts at the start of the text, and ends at its end. */
  isBegun: boolean;
  isEnded: boolean;
  text: string;
  /** The length of each chunk of it and, if the chunk has a match, the chunk as it was compared, with marks. */
  chunks: readonly (readonly [length: number, marked: string | null])[];
}

/** Part of a text, in UTF-16 code units. */
interface Span {
  start: number;
  end: number;
}

/** Words that were found, and where they stand in `text`. */
export interface Snippet {
  text: string;
  matches: Span[];
}

/** The maximum length of a snippet, in UTF-16 code units. */
const LONGEST = 240;

/** How much is kept before the first match, if the passage has to be cut there. */
const BEFORE_MATCH = 60;

const [CUT_BEFORE, CUT_AFTER] = ["… ", " …"];

const WORDS = /[\p{L}\p{N}][\p{L}\p{M}\p{N}]*/gu;

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

/** Cuts a passage at words so that it shows its first match, and as many after it as fit. */
export function snippetOf({ isBegun, isEnded, text, chunks }: Passage): Snippet {
  const matches = matchesIn(text, chunks);
  const first = matches[0] ?? { start: 0, end: 0 };
  if (isBegun && isEnded && text.length <= LONGEST) return { text, matches };

  const wanted = first.start <= BEFORE_MATCH ? 0 : first.start - BEFORE_MATCH;
  const start = wanted === 0 ? 0 : wordAfter(text, wanted, first.start);
  const before = isBegun && start === 0 ? "" : CUT_BEFORE;
  const room = LONGEST - before.length;
  const isWhole = isEnded && text.length - start <= room;
  const end = isWhole ? text.length : wordEnd(text, start + room - CUT_AFTER.length, first.end);
  const leading = /^\s*/.exec(text.slice(start, end))![0].length;
  const shown = text.slice(start + leading, end).trimEnd();
  const shift = before.length - start - leading;
  return {
    text: before + shown + (isWhole ? "" : CUT_AFTER),
    matches: matches
      .map((match) => ({
        start: match.start + shift,
        end: Math.min(match.end + shift, before.length + shown.length),
      }))
      .filter((match) => match.start >= before.length && match.start < match.end),
  };
}

/** Where a word starts after this offset; the offset of a character if none does up to `latest`. */
function wordAfter(text: string, from: number, latest: number): number {
  const space = text.slice(from, latest).search(/\s/);
  return space < 0 ? characterAt(text, from) : from + space + 1;
}

/** Where a word ends up to this offset; the offset of a character if none does from `earliest` on. */
function wordEnd(text: string, to: number, earliest: number): number {
  for (let end = Math.min(to, text.length); end >= earliest && end > 0; end--) {
    if (end === text.length || /\s/.test(text[end]!)) return end;
  }
  return characterAt(text, to);
}

/** The offset of the character that this offset is in: a letter and its accents are not separated. */
function characterAt(text: string, offset: number): number {
  return graphemes.segment(text).containing(offset)?.index ?? Math.min(offset, text.length);
}

function matchesIn(text: string, chunks: Passage["chunks"]): Span[] {
  const characters = [...text];
  const matches: Span[] = [];
  let [at, offset] = [0, 0];
  for (const [length, marked] of chunks) {
    const chunk = characters.slice(at, at + length).join("");
    if (marked !== null) {
      for (const { start, end } of matchesInChunk(chunk, marked)) {
        matches.push({ start: offset + start, end: offset + end });
      }
    }
    at += length;
    offset += chunk.length;
  }
  return matches;
}

/**
 * Finds the marked words in a chunk. Folding changes characters and their number, but hardly ever the number of words, so the third
 * word of the folded chunk is the third word of the chunk. If the number of words does change, as for `№5`, the whole chunk matches.
 */
function matchesInChunk(chunk: string, marked: string): Span[] {
  const { text: folded, spans } = unmarked(marked);
  const [words, foldedWords] = [wordsIn(chunk), wordsIn(folded)];
  if (words.length === 0) return [];
  if (words.length !== foldedWords.length) {
    return [{ start: words[0]!.start, end: words.at(-1)!.end }];
  }
  return spans.flatMap((span) => {
    const found = words.filter(
      (_, i) => foldedWords[i]!.start < span.end && foldedWords[i]!.end > span.start,
    );
    return found.length > 0 ? [{ start: found[0]!.start, end: found.at(-1)!.end }] : [];
  });
}

function wordsIn(text: string): Span[] {
  return [...text.matchAll(WORDS)].map(({ 0: word, index }) => ({
    start: index,
    end: index + word.length,
  }));
}

/** A text without its marks, and where they were. */
function unmarked(marked: string): { text: string; spans: Span[] } {
  const [before = "", ...rest] = marked.split(MARK_START);
  let text = before;
  const spans: Span[] = [];
  for (const part of rest) {
    const [word = "", after = ""] = part.split(MARK_END);
    spans.push({ start: text.length, end: text.length + word.length });
    text += word + after;
  }
  return { text, spans };
}
