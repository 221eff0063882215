const LETTER = /[\p{L}\p{M}\p{N}.'’&-]/u;

/** Returns the end of a text after the last of these characters. */
export function tailAfter(text: string, stops: string): string {
  let at = text.length;
  while (at > 0 && !stops.includes(text.charAt(at - 1))) at--;
  return text.slice(at);
}

/** Returns a text without these characters and white space at its end. */
export function trimmedEnd(text: string, characters: string): string {
  let at = text.length;
  while (at > 0 && (characters.includes(text.charAt(at - 1)) || /\s/u.test(text.charAt(at - 1))))
    at--;
  return text.slice(0, at);
}

/** Returns the words of a text, separated by white space. */
export function wordsOf(text: string): string[] {
  return text.split(/\s+/u).filter((word) => word !== "");
}

/** Returns where the last words of a text begin, as far back as `takes` accepts them; null if it rejects the last one. */
export function lastWords(
  text: string,
  takes: (word: string, next: string | undefined) => boolean,
): number | null {
  let [at, begin, next] = [text.length, null as number | null, undefined as string | undefined];
  for (;;) {
    const end = trimmedEnd(text.slice(0, at), "").length;
    at = end;
    while (at > 0 && LETTER.test(text.charAt(at - 1))) at--;
    const word = text.slice(at, end);
    if (!/[\p{L}\p{N}]/u.test(word) || !takes(word, next)) return begin;
    [begin, next] = [at, word];
  }
}
