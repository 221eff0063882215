import type { Passage } from "../records/anchor/record.quote.js";
import { FAR, MASK, type Frame, type Paragraph } from "./frame.js";
import type { Quoted } from "./quotation-marks.js";

/** Returns the sentence of a paragraph that a passage begins in. */
export function sentenceAt({ sentences, start, end }: Paragraph, passage: Passage): Passage {
  let [low, high] = [0, sentences.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sentences[middle]!.start <= passage.start) low = middle + 1;
    else high = middle;
  }
  return sentences[Math.max(0, low - 1)] ?? { start, end };
}

/** Returns whether quoted words are not speech: the title of a work, a name, or scare quotes. */
export function isNoSpeech(
  { text, masked }: Frame,
  { outer, inner }: Quoted,
  sentence: Passage,
): boolean {
  const words = text.slice(inner.start, inner.end);
  const before = masked.slice(Math.max(sentence.start, outer.start - FAR), outer.start);
  const after = masked.slice(outer.end, outer.end + 40);
  if (!/\p{L}/u.test(words)) return true;
  const count = words.split(/\s+/).length;
  if (before.endsWith("(") && after.startsWith(")")) return true;
  const lastWords = before.slice(-60).trimEnd().split(/\s+/).slice(-5);
  if (count <= 3 && lastWords.some((word) => NAMING.test(word))) return true;
  if (
    /(?:\b(?:he|she|they|it|what\s\S+)|\s\p{Lu}\p{L}+)\s(?:(?:has|had|have|also|later)\s)?called$/u.test(
      before.slice(-60).trimEnd(),
    )
  )
    return false;
  if (
    /(?:so-called|called|named|known as|titled|entitled|dubbed|nicknamed|labell?ed|branded|headlined|codenamed|slogan|the (?:word|term|phrase|song|film|book|movie|novel|album|nickname)s?|under the (?:name|title)|renamed|chant(?:s|ed|ing)?(?: of)?|means|meaning|translates? (?:as|to))$/iu.test(
      before.trimEnd(),
    )
  )
    return true;
  const isSaid = /[,:]\s*$/u.test(before) || before.trim() === "";
  if (
    (/[.!?…,]$/u.test(words) && (isSaid || count < 3)) ||
    /^,?(?:he|she)\s/u.test(after.replace(/\s/u, ""))
  )
    return false;
  return count <= 10 && isTitleCase(words);
}

/** The end of a word after which a name is given to something. */
const NAMING = /(?:named|designated?|labell?ed|labell?ing|branded|dubbed|nicknamed)$/iu;
const SMALL = /^(?:a|an|the|of|and|or|in|on|for|to|at|by|with|from|as|is|de|la|le|vs\.?|&|-)$/iu;

function isTitleCase(words: string): boolean {
  const all = words.split(/\s+/).filter((word) => /\p{L}/u.test(word));
  const big = all.filter((word) => !SMALL.test(word));
  return (
    big.length > 0 &&
    big.every((word) => /^[^\p{L}]*[\p{Lu}\p{N}]/u.test(word)) &&
    !/^I(?:['’]|$)/u.test(all[0]!)
  );
}

/** Returns whether words stand as a sentence of speech: with a capital, and of a sentence's length or punctuation. */
export function isSentence(text: string, { inner }: Quoted): boolean {
  const words = text.slice(inner.start, inner.end);
  if (!/^[^\p{L}\p{N}]*[\p{Lu}\p{N}\p{Lo}]/u.test(words)) return false;
  const count = words.split(/\s+/).length;
  return count >= 6 || (count >= 2 && /(?:[.!?…。,-]|—)["'”’»]*$/u.test(words));
}

/** Returns whether nothing but quotations and punctuation stands in a passage. */
export function isOnlyQuoted(masked: string, { start, end }: Passage): boolean {
  return !/[\p{L}\p{N}]/u.test(masked.slice(start, end).replaceAll(MASK, ""));
}
