import { deflateRawSync, inflateRawSync } from "node:zlib";

/** The length of a part, in UTF-16 code units. Texts are stored in parts, so that a passage can be read alone. */
const PART_LENGTH = 16_384;

/** A part of a text. A character belongs to the part in which it begins. */
export interface TextPart {
  /** From 0. */
  part: number;
  /** Where it begins, in UTF-16 code units from the start of the text. */
  start: number;
  /** UTF-8, compressed. */
  content: Buffer;
}

/** Splits a text into compressed parts. */
export function partsOf(words: string): TextPart[] {
  const parts: TextPart[] = [];
  for (let part = 0; part * PART_LENGTH < words.length; part++) {
    const start = nextCharacter(words, part * PART_LENGTH);
    const end = nextCharacter(words, (part + 1) * PART_LENGTH);
    parts.push({ part, start, content: deflateRawSync(words.slice(start, end)) });
  }
  return parts;
}

/** Returns the words of a part. */
export function wordsOfPart(content: Buffer): string {
  return inflateRawSync(content).toString("utf8");
}

/** Returns the numbers of the parts in which the characters of a passage begin. */
export function partsOfPassage(start: number, end: number): number[] {
  const first = Math.floor(start / PART_LENGTH);
  const last = Math.floor((end - 1) / PART_LENGTH);
  return Array.from({ length: Math.max(last - first + 1, 0) }, (_, i) => first + i);
}

/** Returns the offset, or the next one if it is in the middle of a character. */
export function nextCharacter(words: string, offset: number): number {
  return isInside(words, offset) ? offset + 1 : offset;
}

function isInside(words: string, offset: number): boolean {
  return /^[\uD800-\uDBFF][\uDC00-\uDFFF]$/.test(words.slice(Math.max(0, offset - 1), offset + 1));
}
