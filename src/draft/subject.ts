import type { Passage } from "../records/anchor/record.quote.js";
import type { PersonMention } from "./people.js";
import { isTitle, ORGANIZATIONS, SPEAKING_NOUNS } from "./titles.js";

/** Who says something, as a sentence names them. */
export type Subject =
  | (Passage & { kind: "person"; mention: PersonMention })
  | (Passage & { kind: "pronoun"; word: string })
  | (Passage & { kind: "description" });

/** Returns the subject that a name is. */
export function person(mention: PersonMention): Subject {
  return { kind: "person", mention, start: mention.start, end: mention.end };
}

/** Returns the subject that a pronoun is, which ends at an offset. */
export function pronoun(word: string, end: number): Subject {
  return { kind: "pronoun", word: word.toLowerCase(), start: end - word.length, end };
}

/** A preposition at the end, with an article or none. */
export const PREPOSITION =
  /(?:^|\s)(?:of|for|in|at|to|from|with|by|on|under|against|into|about|between|among|over|near|through|toward|towards|without|like|than|via|alongside|including)\s+(?:the\s+|a\s+|an\s+)?$/iu;
/** What a description begins with. */
export const DETERMINER =
  /(?<![\p{L}\p{N}'’-])(?:the|a|an|his|her|its|their|our|one|another|some|several|many|other|two|three|four|both)\s/giu;
/** A conjunction at the end, after which a clause begins. */
export const CLAUSE =
  /(?:^|[\s,;:(—–-])(?:that|but|and|as|when|while|because|if|though|although|after|before|since|where|what|so|or)\s+$/iu;
/** A conjunction at the end, before a verb that shares the subject of another. */
export const SECOND_VERB =
  /[\s,](?:and|but|or|then|and then|to|or to|and also|but also)\s+(?:also\s+|then\s+|later\s+|\p{L}+ly\s+)?$/u;
/** Days and months, which no subject is. */
export const TIME =
  /(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|October|November|December/;

/** Returns whether words name somebody who can speak: by a title, or a body or document that speaks. */
export function isSpeaking(words: string): boolean {
  return words.split(/[^\p{L}'’-]+/u).some((word) => {
    const plain = word.toLowerCase().replace(/['’]s$/u, "");
    return (
      isTitle(plain) ||
      SPEAKING_NOUNS.has(plain) ||
      ORGANIZATIONS.has(plain) ||
      ORGANIZATIONS.has(plain.replace(/s$/, ""))
    );
  });
}

/** Returns whether words begin as a subject after a verb does: `said the minister`, `said officials`. */
export function isNounPhrase(words: string): boolean {
  if (
    /^(?:the|an?|his|her|its|their|one|another|some|several|many|both|two|three|our|my)\s/iu.test(
      words,
    )
  )
    return true;
  if (/^(?:\p{Lu}|(?:al|el)-\p{Lu})/u.test(words)) return true;
  const [first = "", ...rest] = words.split(/\s+/);
  const isNoun = (word: string) => isTitle(word) || SPEAKING_NOUNS.has(word.toLowerCase());
  return (
    isNoun(first) ||
    (/^\p{Ll}+$/u.test(first) &&
      !/^(?:that|in|on|at|to|for|of|as|by|it|its|there|if|how|what|why|when|not)$/u.test(first) &&
      rest.slice(0, 3).some(isNoun))
  );
}
