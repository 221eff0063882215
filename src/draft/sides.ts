import type { Passage } from "../records/anchor/record.quote.js";
import { countriesIn, countryOfAdjective } from "./countries.js";
import { FAR, type Frame } from "./frame.js";

const MEANS_TWO =
  /^(?:the sides|(?:(?:the )?two|both|both of the) (?:foreign |prime |defen[cs]e )?(?:sides|countries|nations|governments|parties|delegations|ministers|leaders|presidents))$/iu;

/** The maximum number of sentences before that are searched, besides the title. */
const MOST_BEFORE = 30;

/** Returns whether words are said of two sides together: `the two sides`, `both ministers`. */
export function areTwoSides(words: string): boolean {
  return MEANS_TWO.test(words.trim().replace(/\s+/g, " "));
}

/** Finds which two countries a text means by its two sides. */
export class Sides {
  private readonly codes = new Map<string, readonly string[]>();
  private readonly sentences: readonly Passage[];

  constructor(private readonly frame: Frame) {
    this.sentences = frame.paragraphs.flatMap(({ sentences }) => sentences);
  }

  /**
   * Returns the codes of the two countries last named together before an offset, or else in the title; null if a sentence with more than
   * two is nearer, since then it is not clear which are meant.
   */
  before(at: number): readonly [string, string] | null {
    const sentences = this.sentences.filter(({ start }) => start < at);
    for (const { start, end } of [
      ...sentences.slice(-MOST_BEFORE).reverse(),
      ...sentences.slice(0, 1),
    ]) {
      const codes = this.codesIn(start, Math.min(end, at));
      if (codes.length > 2) return null;
      if (codes.length === 2) return [codes[0]!, codes[1]!];
    }
    return null;
  }

  private codesIn(start: number, end: number): readonly string[] {
    const key = `${start}-${end}`;
    const known = this.codes.get(key);
    if (known) return known;
    const words = this.frame.masked.slice(start, Math.min(end, start + FAR));
    const named = countriesIn(words).map(({ start: at, code }) => ({ at, code }));
    const called = [...words.matchAll(/\p{Lu}\p{Ll}+/gu)].flatMap(({ index, 0: word }) => {
      const code = countryOfAdjective(word);
      return code === undefined ? [] : [{ at: index, code }];
    });
    const codes = [...named, ...called].sort((a, b) => a.at - b.at).map(({ code }) => code);
    const distinct = [...new Set(codes)];
    this.codes.set(key, distinct);
    return distinct;
  }
}
