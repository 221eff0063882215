import type { Passage } from "../records/anchor/record.quote.js";

/** The maximum length of a line of a wrapped text. */
const LONGEST_WRAPPED_LINE = 100;

/**
 * Returns the paragraphs of a text, without the white space around them. They are separated by empty lines if the text is wrapped, and by
 * every line break if it isn't.
 */
export function paragraphsOf(text: string): Passage[] {
  const isWrapped = !/[^\r\n]{101}/u.test(text) && hasContinuedLine(text);
  // CR and LF together are a single line break.
  const parting = isWrapped
    ? /(?:\r?\n|\r(?!\n))[^\S\r\n]*(?:\r?\n|\r(?!\n))\s*/gu
    : /[\r\n\u2028\u2029]+/gu;
  const paragraphs: Passage[] = [];
  let from = 0;
  for (const { index, 0: gap } of [...text.matchAll(parting), { index: text.length, 0: "" }]) {
    const { start, end } = trimmed(text, { start: from, end: index });
    if (start < end) paragraphs.push({ start, end });
    from = index + gap.length;
  }
  return paragraphs;
}

/** Returns whether a line goes on in the next one: it is long, and doesn't end a sentence. */
function hasContinuedLine(text: string): boolean {
  return new RegExp(
    `[^\\r\\n]{${LONGEST_WRAPPED_LINE / 2},}[^\\s.!?:"'”’»]\\r?\\n[^\\S\\r\\n]*[^\\s]`,
    "u",
  ).test(text);
}

/** Returns a passage without the white space at its ends. */
export function trimmed(text: string, { start, end }: Passage): Passage {
  const isSpace = (at: number) => /[\s\uFEFF]/u.test(text.charAt(at));
  while (start < end && isSpace(start)) start++;
  while (end > start && isSpace(end - 1)) end--;
  return { start, end };
}

const segmenter = new Intl.Segmenter("en", { granularity: "sentence" });

/** What ends with a full stop without ending a sentence. */
const ABBREVIATED =
  /(?:^|[\s([“"'‘])(?:Mrs?|Ms|Dr|Prof|Gen|Lt|Col|Maj|Capt|Cmdr|Adm|Sgt|Brig|Sen|Sens|Rep|Reps|Gov|Amb|Rev|Hon|St|Jr|Sr|No|vs|Pres|Messrs|Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec|al|\p{Lu}(?:\.\p{Lu})*)\.\s*$/u;

/** The segmenter is slow on a string much longer than any paragraph. */
const WINDOW = 10_000;

function* segmentsOf(text: string, start: number, end: number) {
  for (let from = start; from < end;) {
    const stop = from + WINDOW < end ? text.lastIndexOf(". ", from + WINDOW) + 1 : end;
    const to = stop > from ? stop : Math.min(end, from + WINDOW);
    for (const { segment, index } of segmenter.segment(text.slice(from, to)))
      yield { segment, at: from + index };
    from = to;
  }
}

/** Splits a paragraph into sentences. Quotations in it are masked, so that they don't end one. */
export function sentencesOf(masked: string, { start, end }: Passage): Passage[] {
  const sentences: Passage[] = [];
  let open: number | null = null;
  for (const { segment, at } of segmentsOf(masked, start, end)) {
    const from: number = open ?? at;
    const to = at + segment.length;
    open = from;
    if (to < end && ABBREVIATED.test(masked.slice(from, to))) continue;
    const sentence = trimmed(masked, { start: from, end: to });
    if (sentence.start < sentence.end) sentences.push(sentence);
    open = null;
  }
  return sentences;
}
