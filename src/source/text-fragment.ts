/** The words of a passage, and those around it. */
export interface QuotedPassage {
  /** Its first words, or all of it. */
  head: string;
  /** Its last words; null if `head` is all of it. */
  tail: string | null;
  prefix: string;
  suffix: string;
}

/** Up to this length, in UTF-16 code units, the fragment has the whole passage; otherwise its first and last words. */
export const LONGEST_WHOLE = 300;

/** The number of its first and of its last words. */
const ENDS = 6;

/** A passage shorter than this may occur several times: words around it show which one is meant. */
const SHORTEST_ALONE = 40;
const AROUND = 3;

/**
 * Returns an address with a text fragment (WICG Scroll to Text Fragment), by which a browser scrolls to the passage. A passage with a
 * blank line is given by its first and last words, since browsers match no text across paragraphs.
 */
export function urlOfPassage(url: string, { head, tail, prefix, suffix }: QuotedPassage): string {
  const isWhole = tail === null && !/\n\s*\n/.test(head);
  const words = isWhole ? [inOneLine(head)] : [firstWords(head), lastWords(tail ?? head)];
  if (words.some((some) => some === "")) return url;
  const isShort = isWhole && words[0]!.length < SHORTEST_ALONE;
  const [before, after] = isShort ? [lastWords(prefix, AROUND), firstWords(suffix, AROUND)] : [];
  const terms = [
    ...(before ? [`${encoded(before)}-`] : []),
    ...words.map(encoded),
    ...(after ? [`-${encoded(after)}`] : []),
  ];
  return `${url}${startOfDirective(url)}text=${terms.join(",")}`;
}

/** The address may already have a fragment, even a text fragment. */
function startOfDirective(url: string): string {
  if (url.includes(":~:")) return "&";
  return url.includes("#") ? ":~:" : "#:~:";
}

/** Hyphens, commas and ampersands are syntax of the directive. */
function encoded(words: string): string {
  return encodeURIComponent(words).replaceAll("-", "%2D");
}

function firstWords(words: string, count = ENDS): string {
  const [line = ""] = words.trimStart().split(/\n\s*\n/);
  return inOneLine(line).split(" ").slice(0, count).join(" ");
}

function lastWords(words: string, count = ENDS): string {
  const line = words
    .trimEnd()
    .split(/\n\s*\n/)
    .at(-1)!;
  return inOneLine(line).split(" ").slice(-count).join(" ");
}

function inOneLine(words: string): string {
  return words.replace(/\s+/g, " ").trim();
}
