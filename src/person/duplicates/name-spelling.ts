import anyAscii from "any-ascii";

/** Scripts that write a name without blanks, the family name first, in one or two syllables per character. */
const SYLLABIC = /[\p{Script=Han}\p{Script=Hangul}]+/gu;
/** The article, which Arabic writes in one word with the name. */
const ARABIC_ARTICLE = /(?<!\p{L})\u0627\u0644(?=\p{L}{3})/gu;
/** Abdul Aziz, Abdel Aziz, Abd al-Aziz: one name, which begins with `servant of the`. */
const SERVANT = /\babd[aeiou]?[lr]?[ -](?:[aeu][lr][ -])?(?=[a-z]{3})|\babd[aeiou]l(?=[a-z]{3})/g;

/** The maximum number of words remembered, about 10 MB. */
const MAX_REMEMBERED = 50_000;

/** Returns the words of a name in any script, in lower-case Latin letters without accents. An initial is one letter. */
export function wordsOf(name: string): string[] {
  const spaced = name
    .normalize("NFC")
    .replace(ARABIC_ARTICLE, "al ")
    .replace(SYLLABIC, ([first, ...rest]) => {
      const given = rest.map((one) => anyAscii(one)).join("");
      return ` ${anyAscii(first!)} ${given} `.toLowerCase();
    });
  const plain = anyAscii(spaced).toLowerCase().replace(/['`"]/g, "").replace(SERVANT, "abd");
  return plain.split(/[^a-z0-9]+/).filter(Boolean);
}

/** Spellings of one sound, and the letter that stands for them: `Sergei` and `Sergey`, `Krasinskii` and `Krasinsky`. */
const SPELLINGS: [RegExp, string][] = [
  [/(?:iy|yi|ij|yj|ii|yy|ie|ey|y|j)$/, "i"],
  [/sch|tsh|tch|cz/g, "sh"],
  [/ph/g, "f"],
  [/kh|ck|q/g, "k"],
  [/x/g, "ks"],
  [/th/g, "t"],
  [/dh/g, "d"],
  [/w/g, "v"],
  [/ff?$/, "v"],
  [/ou|oo/g, "u"],
  [/ee|y|j/g, "i"],
  [/^[iy](?=e)/, ""],
  [/i(?=[aeou])/g, ""],
  [/c(?=[aou]|$)/g, "k"],
  [/(.)\1+/g, "$1"],
];

/** Returns a word with the spellings of one sound written alike. */
export const spellingOf = rewriting(SPELLINGS);

/** Consonants that transliterations exchange, and the letter that stands for them. */
const SOUNDS: [RegExp, string][] = [
  [/sh|zh|ch|hs|ts|tz|dz|dj|ks|x|z|c(?=[eiy])/g, "s"],
  [/ng/g, "n"],
  [/[kgqc]h?/g, "k"],
  [/[dt]h?/g, "t"],
  [/[bp]h?/g, "p"],
  [/[fvw]/g, "f"],
  [/(?<=.)h/g, ""],
  [/[aeiouy]/g, ""],
  [/(?<=.)j/g, ""],
  [/(.)\1+/g, "$1"],
];

/** Returns the consonants of a word, for finding it in another spelling or transliteration; the word itself if it has none. */
export const consonantsOf = rewriting(SOUNDS);

/** Returns a function that applies these rules in order. It remembers words, which come again with every comparison. */
function rewriting(rules: [RegExp, string][]): (word: string) => string {
  const known = new Map<string, string>();
  return (word) => {
    let text = known.get(word);
    if (text === undefined) {
      text = rules.reduce((rest, [from, to]) => rest.replace(from, to), word) || word;
      if (known.size >= MAX_REMEMBERED) known.clear();
      known.set(word, text);
    }
    return text;
  };
}

/** Initials of Wade–Giles and of Pinyin by one letter, and their finals; either without apostrophes. */
const CHINESE: [RegExp, string][] = [
  [/hs/g, "x"],
  [/sh/g, "s"],
  [/zh|ch|ts|tz|[jqzc]/g, "c"],
  [/b/g, "p"],
  [/d/g, "t"],
  [/g(?=[aeiou])/g, "k"],
  [/x/g, "s"],
  [/ung/g, "ong"],
  [/ien/g, "ian"],
  [/uei/g, "ui"],
  [/(?<=[aeiou])h(?![aeiou])/g, ""],
  [/(?<=c|s)ih?(?=$|[cktps])/g, "i"],
];
const SYLLABLE = /^(?:(?:[bcdfghjklmnpqrstwxyz]|[zcs]h|hs|t[sz])?[aeiou]{1,3}(?:n|ng|h|r)?){1,3}$/;

/** Returns a Chinese name alike for Wade–Giles and Pinyin: `Chou En-lai`, `Zhou Enlai`. Null if it can't be a Chinese one. */
export function chineseSoundOf(words: readonly string[]): string | null {
  if (words.length < 2 || words.length > 3) return null;
  const name = words.join("");
  if (name.length > 15 || !words.every((word) => SYLLABLE.test(word))) return null;
  return CHINESE.reduce((text, [from, to]) => text.replace(from, to), name);
}

/** How two words are alike, the closest first. */
export type Likeness = "same" | "spelled" | "letter";

/** Compares two whole words; null if they differ in more than their spelling or, in long words, a letter. */
export function likenessOf(one: string, other: string): Likeness | null {
  if (one === other) return "same";
  const [first, second] = [spellingOf(one), spellingOf(other)];
  if (first === second) return "spelled";
  const shorter = Math.min(one.length, other.length);
  if (shorter < 3) return null;
  const isOneSound = consonantsOf(one) === consonantsOf(other);
  // Arabic and Hebrew write consonants alone.
  if (isOneSound && isOfConsonants(one, other)) return "spelled";
  if (Math.abs(one.length - other.length) > 2) return null;
  if (isOneSound && distanceOf(first, second) <= (shorter < 7 ? 1 : 2)) return "spelled";
  if (shorter < 5) return null;
  return isOneLetterApart(first, second) || isOneLetterApart(one, other) ? "letter" : null;
}

/** Returns whether one of two words is written without vowels, and has enough consonants to be distinguished from others. */
function isOfConsonants(one: string, other: string): boolean {
  const isAlone = [one, other].some((word) => !/[aeiou]/.test(word));
  return isAlone && consonantsOf(one).length >= 3;
}

/** Returns whether a letter more or less, another letter or two letters exchanged make one word the other. */
function isOneLetterApart(one: string, other: string): boolean {
  let [from, end] = [0, 0];
  const shorter = Math.min(one.length, other.length);
  while (from < shorter && one[from] === other[from]) from++;
  while (end < shorter - from && one.at(-1 - end) === other.at(-1 - end)) end++;
  const [rest, others] = [one, other].map((word) => word.slice(from, word.length - end));
  if (rest!.length <= 1 && others!.length <= 1) return true;
  return rest!.length === 2 && others === rest![1]! + rest![0]!;
}

/** Counts the letters to insert, leave out or replace (Levenshtein distance). */
function distanceOf(one: string, other: string): number {
  let above = Array.from({ length: other.length + 1 }, (_, i) => i);
  for (let i = 1; i <= one.length; i++) {
    const row = [i];
    for (let j = 1; j <= other.length; j++) {
      const replaced = above[j - 1]! + (one[i - 1] === other[j - 1] ? 0 : 1);
      row.push(Math.min(above[j]! + 1, row[j - 1]! + 1, replaced));
    }
    above = row;
  }
  return above[other.length]!;
}
