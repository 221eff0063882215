import { generic, raw, SQL, type SqlText } from "../db/sql-text.js";

/** Matches the words of a query that are searched for. With more words joined by `or`, the planner would scan all statements. */
const FIRST_WORDS = /^(?:[^\p{L}\p{M}\p{N}]*[\p{L}\p{M}\p{N}]+){0,20}/u;

/** Returns the part of a query that is searched for: its first words. */
export function firstWords(query: string): string {
  return FIRST_WORDS.exec(query)![0];
}

/** The query as a name, to compare with those on record. These are always found by index, so a generic plan is good; the subselect runs once. */
export function wholeName(query: string): SqlText {
  return SQL`(SELECT folded(${generic(query.trim().replace(/\s+/g, " "), "text")}))`;
}

/** The condition that a text has the words. A query that only excludes words, as querytree shows, matches nothing instead of nearly everything. */
export function hasWords(words: SqlText, given = raw("words")): SqlText {
  return SQL`${given} @@ ${words} AND querytree(${words}) NOT IN ('', 'T')`;
}

/** The words of a participant's description, as the index participation_words has them. */
export const DESCRIBED = raw("words_of('en', description)");

const ONE_WORD = /^\s*[\p{L}\p{M}\p{N}]+\s*$/u;

/**
 * Whether a name is not a code or an abbreviation (another name, in a few letters of an alphabet) that is much shorter than a query. A
 * longer word contains nearly all of its letters by chance: `Sadat` contains `SAD`, an abbreviation of the United States in other
 * languages.
 */
const isLongEnough = (name: SqlText) =>
  SQL`(position = 1 OR char_length(folded) >= char_length(${name}) - 1 OR folded !~ '^[a-zα-ωа-я]{1,4}$')`;

/**
 * Whether a name or a part of it is spelt similarly to a query, which is also given as `name`. Only a single word may have two letters
 * wrong: among several words, one that is right would be enough.
 */
export function isSpeltAlike(query: string, name: SqlText): SqlText {
  const words = ONE_WORD.test(query) ? SQL` OR folded %>> ${name}` : SQL``;
  return SQL`((folded % ${name} OR folded %> ${name}${words}) AND ${isLongEnough(name)})`;
}

/**
 * How similar a name is, from 0 to 1. Its most similar words count more than the whole name: a long name with the surname comes
 * before a short name that shares fewer letters. The whole name decides among names that have the same word.
 */
export function similarityTo(name: SqlText): SqlText {
  return SQL`((2 * word_similarity(${name}, folded) + 2 * strict_word_similarity(${name}, folded)
    + similarity(folded, ${name})) / 5)`;
}
