/** The words of a passage, and those around it. */
export interface QuotedPassage {
  /** Its first words, or all of it. */
  head: string;
  /** Its last words; null if `head` is all of it. */
  tail: string | null;
  prefix: string;
  suffix: string;
}

/** A passage is given whole up to this length, in UTF-16 code units; of a longer one, its first and last words. */
export const LONGEST_WHOLE = 300;

/** How many of its first and last words. */
const ENDS = 6;

/** A passage shorter than this may stand in several places: words around it tell which one is meant. */
const SHORTEST_ALONE = 40;
const AROUND = 3;

/**
 * Returns an address with a text fragment (WICG Scroll to Text Fragment), which lets a browser show the passage. Line breaks end what
 * is matched as one: a page may have another paragraph there.
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

/** An address may have a fragment already, even such a one. */
function startOfDirective(url: string): string {
  if (url.includes(":~:")) return "&";
  return url.includes("#") ? ":~:" : "#:~:";
}

/** A hyphen, comma or ampersand would be one of the directive's. */
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
