import type { Passage } from "../records/anchor/record.quote.js";
import { paragraphsOf, sentencesOf } from "./paragraphs.js";
import { beginsQuoted, type Quoted, quotedWordsIn } from "./quotation-marks.js";
import { verbsOfSaying } from "./saying-words.js";

/** What quotations are replaced by in a masked text. */
export const MASK = "¤";

/** The maximum part of a sentence that is searched, in UTF-16 code units. */
export const FAR = 1_000;

/** A paragraph: its quotations, and the sentences around them. */
export interface Paragraph extends Passage {
  quoted: Quoted[];
  sentences: Passage[];
}

/** A text laid out for finding who says what. */
export interface Frame {
  text: string;
  /** The text with what is quoted in it blanked out, and each paragraph on one line, at the same offsets. */
  masked: string;
  paragraphs: Paragraph[];
  /** The offsets of opening quotation marks that nothing closes. */
  unclosed: number[];
}

/** Lays a text out. */
export function frameOf(text: string): Frame {
  const passages = paragraphsOf(text);
  const unclosed: number[] = [];
  const quoted = passages.map((passage, i) => {
    const next = passages[i + 1];
    const words = quotedWordsIn(text, passage, next !== undefined && beginsQuoted(text, next));
    unclosed.push(...words.unclosed);
    return words.quoted;
  });
  const masked = onOneLine(maskedText(text, quoted.flat()), passages);
  const paragraphs = passages.map((passage, i) => ({
    ...passage,
    quoted: quoted[i]!,
    sentences: sentencesOf(masked, passage),
  }));
  return { text, masked, paragraphs, unclosed };
}

/** Puts each paragraph of a wrapped text on one line: the segmenter ends a sentence at a line break. */
function onOneLine(masked: string, paragraphs: readonly Passage[]): string {
  const parts: string[] = [];
  let from = 0;
  for (const { start, end } of paragraphs) {
    parts.push(masked.slice(from, start), masked.slice(start, end).replace(/[\r\n]/g, " "));
    from = end;
  }
  return parts.join("") + masked.slice(from);
}

function maskedText(text: string, quoted: readonly Quoted[]): string {
  const parts: string[] = [];
  let from = 0;
  for (const { outer, inner } of quoted) {
    const last = lastMark(text, outer, inner);
    parts.push(text.slice(from, outer.start), MASK.repeat(outer.end - outer.start - 1), last);
    from = outer.end;
  }
  parts.push(text.slice(from));
  return parts.join("");
}

/** Returns what a quotation ends with for its sentence: a full stop unless the sentence goes on. */
function lastMark(text: string, outer: Passage, inner: Passage): string {
  const mark = text.charAt(inner.end - 1);
  if (mark === ",") return ",";
  if (!/[.!?…]/u.test(mark)) return MASK;
  const after = text.slice(outer.end, outer.end + 80);
  if (/^\s*[,;:—–-]|^\s+\p{Ll}/u.test(after)) return MASK;
  if (mark === ".") return ".";
  const next = /^\s+(?:\p{Lu}[\p{L}.'’-]*\s+){1,4}(?=\p{Ll})/u.exec(after)?.[0];
  if (next && verbsOfSaying(after, 0, after.length)[0]?.start === next.length) return ",";
  return ".";
}
