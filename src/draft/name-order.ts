/** Family names that come first in a name, of Chinese, Korean, Vietnamese, Khmer and Japanese people in diplomacy. */
const FAMILY_NAMES = new Set(
  "Xi Hu Jiang Li Wang Yang Wen Zhu Zhao Deng Hua Qian Tang Dai Liu Han Qin Wu Chen Lee Kim Park Ban Moon Yoon Yun Roh Cho Choi Chung Kang Hwang Han Lim Nguyen Tran Pham Vo Phan Bui Le Truong Vu To Song Yu Hun Hor Prak Dong Tea Chiang Yeh Kishida Hayashi Ishiba Iwaya Kamikawa Kihara Jang Huh Kin Paek Teng Mao Chou".split(
    " ",
  ),
);

/** A syllable of a Chinese or Korean name, with or without the apostrophe of an aspirated consonant. */
const SYLLABLE =
  /^[^aeiouüêy'’‘ʻ]{0,2}['’‘ʻ]?[^aeiouüêy'’‘ʻ]{0,2}[aeiouüêy]{1,3}[^aeiouüêy'’‘ʻ]{0,2}$/iu;
/** `Ch'u`: after an apostrophe, Wade-Giles goes on with a small letter, and `O'Dune` with a capital. */
const ASPIRATED = /^(?:Ch|K|P|T|Ts|Tz)['’‘ʻ]\p{Ll}/u;

/**
 * Returns whether a name begins with the family name, as far as its words show: by a family name that is known to come first, or by a given
 * name after it as Wade-Giles and Korean spellings have it, hyphenated with a small letter (`Kuan-hua`) or with an apostrophe.
 */
export function isFamilyFirst(words: readonly string[]): boolean {
  if (words.length < 2) return false;
  return FAMILY_NAMES.has(words[0]!) || (words.length === 2 && isGivenLast(words[1]!));
}

function isGivenLast(word: string): boolean {
  const parts = word.split("-");
  if (parts.length === 1) return ASPIRATED.test(word);
  return (
    parts.length === 2 &&
    /^\p{Lu}[^-]*-\p{Ll}/u.test(word) &&
    parts.every((one) => SYLLABLE.test(one))
  );
}

/** Returns a name without the rank of a marshal (which is often printed as a forename, `Marshall`) before or after a name that begins with the family name. */
export function withoutMarshal(name: string): string {
  const bare = name.replace(/^Marshall? |, Marshall?$/u, "");
  return bare !== name && isFamilyFirst(bare.split(/\s+/u)) ? bare : name;
}
