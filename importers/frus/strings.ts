/** Takes characters off both ends of a text. */
export function strip(text: string, characters: string): string {
  let [start, end] = [0, text.length];
  while (start < end && characters.includes(text[start]!)) start++;
  while (end > start && characters.includes(text[end - 1]!)) end--;
  return text.slice(start, end);
}

/** Returns a text without what stands in brackets and parentheses, one inside of the other aside. */
export function withoutBrackets(text: string): string {
  return text.replace(/\[[^[\]]*\]|\([^()]*\)/g, " ");
}
