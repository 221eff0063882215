const PARTICLE = "de|del|della|der|den|di|da|dos|du|la|le|van|von|bin|bint|ibn|ben|abu|al|el";
const WORD =
  "(?:(?:al|el|ul|ad|as|ash|an|ar)-)?\\p{Lu}[\\p{L}\\p{M}]*(?:['’\\-]\\p{L}[\\p{L}\\p{M}]*)*";
const DOTTED =
  "(?:\\p{Lu}|Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Maj|Capt|Cmdr|Adm|Sgt|Sen|Rep|Gov|Amb|Rev|Hon|St)\\.";
const PART = `(?:${DOTTED}(?:${DOTTED})*|${WORD})`;
/** Between two words of a name; a line break of two characters is read as two spaces. */
const SPACE = "(?: {2}|\\s)";
/** Matches words that may be a name, with the initials, titles and particles among them. */
export const NAME = new RegExp(
  `(?<![\\p{L}\\p{N}'’-])${PART}(?:${SPACE}(?:(?:${PARTICLE})${SPACE}){0,2}${PART}){0,9}`,
  "gu",
);
