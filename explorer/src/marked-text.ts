/** A passage of a text: offsets are UTF-16 code units, the end is one past its last. */
export interface Span {
  start: number;
  end: number;
}

/** A piece of a text that the same passages cover throughout. */
export interface Segment<Passage> {
  start: number;
  text: string;
  /** Those that cover it, in the order in which they were given. */
  covering: readonly Passage[];
  /** Those of them whose first piece this is, and whose last. */
  first: readonly Passage[];
  last: readonly Passage[];
}

/** About how many code units a part of a text has. */
const PART = 10_000;

/** How far behind the round offset a part may begin, to begin with a line or at least with a word. */
const SLACK = 1_000;

/** In how many parts a text of this length is shown. */
export function partCount(length: number): number {
  return Math.max(1, Math.ceil((length - SLACK) / PART));
}

/** What is to be read of the text for a part, the first of which is number 0: at most 11,000 code units. */
export function windowOf(part: number): Span {
  return { start: part * PART, end: (part + 1) * PART + SLACK };
}

/** The part that an offset is in, unless it is in the one before, which ends a little behind the round offset. */
export function partNear(offset: number): number {
  return Math.floor(offset / PART);
}

/** Cuts a part out of its window, which begins at the offset `from`. The parts in a row make the text. */
export function partIn(window: string, from: number, part: number, length: number): Span {
  const isLast = part === partCount(length) - 1;
  return {
    start: part === 0 ? 0 : cutIn(window, from, part * PART),
    end: isLast ? from + window.length : cutIn(window, from, (part + 1) * PART),
  };
}

/** Where a part begins that begins about an offset: behind the next line end, else space; within no character. */
function cutIn(window: string, from: number, about: number): number {
  const at = isWithinCharacter(window, about - from) ? about + 1 : Math.max(about, from);
  const near = window.slice(at - from, about + SLACK - from);
  const lineEnd = near.indexOf("\n");
  // Without either, -1 makes it the offset itself.
  return at + 1 + (lineEnd >= 0 ? lineEnd : near.search(/\s/));
}

function isWithinCharacter(text: string, at: number): boolean {
  return at > 0 && /^[\uD800-\uDBFF][\uDC00-\uDFFF]$/.test(text.slice(at - 1, at + 1));
}

/** Where the paragraphs of a text end that begins at the offset `from`: at blank lines if it has any, else at each line end. */
export function paragraphEnds(text: string, from: number): number[] {
  const ends = /\n\s*\n/.test(text) ? /\n\s*\n/g : /\n/g;
  return [...text.matchAll(ends)].map(({ index, 0: end }) => from + index + end.length);
}

/**
 * Splits a text that begins at the offset `from` wherever a passage begins or ends, and at `cuts` besides. The segments in a row make
 * the text; passages that reach beyond it have their first or last piece at its ends.
 */
export function segmentsOf<Passage extends Span>(
  text: string,
  from: number,
  passages: readonly Passage[],
  cuts: readonly number[] = [],
): Segment<Passage>[] {
  if (text === "") return [];
  const to = from + text.length;
  const here = passages.filter(({ start, end }) => start < end && start < to && end > from);
  const offsets = [...cuts, ...here.flatMap(({ start, end }) => [start, end])];
  const inside = offsets.filter((offset) => offset > from && offset < to);
  const starts = [...new Set([from, ...inside])].sort((a, b) => a - b);
  return starts.map((start, i) => {
    const end = starts[i + 1] ?? to;
    const covering = here.filter((one) => one.start <= start && one.end >= end);
    return {
      start,
      text: text.slice(start - from, end - from),
      covering,
      first: covering.filter((one) => one.start === start || start === from),
      last: covering.filter((one) => one.end === end || end === to),
    };
  });
}
