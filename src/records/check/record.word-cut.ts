/** Letters, digits and the marks on them, of scripts that write spaces between words. */
const LETTER = String.raw`(?:(?![\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\p{Script=Tibetan}])[\p{L}\p{M}\p{N}])`;
const BEFORE = new RegExp(`${LETTER}+$`, "u");
const AFTER = new RegExp(`^${LETTER}+`, "u");

/** Longer than any word, so that no more of the text is searched. */
const REACH = 200;

/** The lengths of the two parts of a word, in characters. */
export interface WordCut {
  before: number;
  after: number;
}

/**
 * Returns how an offset splits a word; null if it does not. An apostrophe or hyphen ends a word, so that a name may be cited without its
 * genitive.
 */
export function wordCutAt(text: string, offset: number): WordCut | null {
  const before = BEFORE.exec(text.slice(Math.max(0, offset - REACH), offset))?.[0];
  const after = AFTER.exec(text.slice(offset, offset + REACH))?.[0];
  if (before === undefined || after === undefined) return null;
  return { before: [...before].length, after: [...after].length };
}
