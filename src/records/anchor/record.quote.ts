/** A passage of a text, in UTF-16 code units, as `text.slice(start, end)` takes it. */
export interface Passage {
  start: number;
  end: number;
}

/** Characters that differ between typed and typeset text, and their plain form. */
const SAME: [RegExp, string][] = [
  [/[\u2018\u2019\u201A\u201B\u2032`\u00B4]/u, "'"],
  [/[\u201C\u201D\u201E\u201F\u00AB\u00BB\u2033]/u, '"'],
  [/[\u2010-\u2015\u2212\uFE58\uFE63\uFF0D]/u, "-"],
  [/\u2026/u, "..."],
  // Invisible: soft hyphens, zero-width characters, byte order marks.
  [/[\u00AD\u200B-\u200D\u2060\uFEFF]/u, ""],
];

/** A normalized text to search for quotes, with the original position of each character. */
export class QuotableText {
  private readonly plain: string;
  private readonly places: Passage[] = [];
  private composed: QuotableText | undefined;

  constructor(private readonly words: string) {
    const plain: string[] = [];
    for (const { 0: found, index } of words.matchAll(/\s+|[^]/gu)) {
      const place = { start: index, end: index + found.length };
      const written = plainOf(found);
      plain.push(written);
      for (let i = 0; i < written.length; i++) this.places.push(place);
    }
    this.plain = plain.join("");
  }

  /** Finds all occurrences of a quote; ignores differences in quotation marks, dashes and white space. */
  passagesOf(quote: string): Passage[] {
    const wanted = plainQuote(quote);
    const passages: Passage[] = [];
    if (wanted === "") return passages;
    for (let at = this.plain.indexOf(wanted); at >= 0; at = this.plain.indexOf(wanted, at + 1)) {
      passages.push(this.passageAt(at, wanted.length));
    }
    return passages;
  }

  /** Returns whether a quote occurs only in another Unicode normalization. */
  hasComposedOtherwise(quote: string): boolean {
    this.composed ??= new QuotableText(this.words.normalize("NFC"));
    return this.composed.passagesOf(quote.normalize("NFC")).length > 0;
  }

  /** Finds the passage that has the most words of a quote in a row; null if no passage has three of them. */
  nearestTo(quote: string): { passage: Passage; shared: number; of: number } | null {
    const words = plainQuote(quote).split(" ").slice(0, MOST_WORDS);
    let [from, shared] = [0, 0];
    const has = (start: number, count: number) =>
      start + count <= words.length &&
      this.plain.includes(words.slice(start, start + count).join(" "));
    for (let start = 0; start < words.length; start++)
      while (has(start, shared + 1)) [from, shared] = [start, shared + 1];
    if (shared < FEWEST_SHARED) return null;
    const run = words.slice(from, from + shared).join(" ");
    const passage = this.passageAt(this.plain.indexOf(run), run.length);
    return { passage, shared, of: words.length };
  }

  /** Returns the offsets of a passage, and its line: `55–60 (line 1)`. */
  placeOf({ start, end }: Passage): string {
    const line = this.words.slice(0, start).split("\n").length;
    return `${start}–${end} (line ${line})`;
  }

  private passageAt(at: number, length: number): Passage {
    return { start: this.places[at]!.start, end: this.places[at + length - 1]!.end };
  }

  /** Returns a passage with some context, on one line: `… met «Ada Floe» in …`. */
  surroundingsOf({ start, end }: Passage, reach = 30): string {
    const before = this.words.slice(Math.max(0, start - reach), start);
    const after = this.words.slice(end, end + reach);
    const passage = this.words.slice(start, end);
    const shown = passage.length > 60 ? `${passage.slice(0, 30)} … ${passage.slice(-30)}` : passage;
    return `…${before}«${shown}»${after}…`.replace(/\s+/g, " ");
  }
}

/** Returns whether a quote has the words of a passage, as `passagesOf` compares them. */
export function isSameQuote(passage: string, quote: string): boolean {
  return passage === quote || plainQuote(passage) === plainQuote(quote);
}

/** The maximum number of words of a quote that are compared. */
const MOST_WORDS = 300;
const FEWEST_SHARED = 3;

function plainQuote(quote: string): string {
  return [...quote.trim().matchAll(/\s+|[^]/gu)].map(([found]) => plainOf(found)).join("");
}

function plainOf(found: string): string {
  if (/^\s+$/u.test(found) && found !== "\uFEFF") return " ";
  for (const [pattern, plain] of SAME) if (pattern.test(found)) return plain;
  return found;
}
