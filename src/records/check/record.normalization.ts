/** Returns whether a text has these words only in another Unicode normalization: `é` as one character, or as `e` and its accent. */
export function isComposedOtherwise(words: string, text: string): boolean {
  return text.normalize("NFC").includes(words.normalize("NFC"));
}

/** Says how words and a text differ in normalization, and what to do. */
export function composedOtherwise(words: string, text: string): string {
  return `the same in another Unicode normalization: ${formOf(words)} here, ${formOf(text)} in the text; copy it from the text`;
}

function formOf(text: string): string {
  return ["NFC", "NFD"].find((form) => text === text.normalize(form)) ?? "a mixed one";
}
