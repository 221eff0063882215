import { generic, raw, SQL, type SqlText } from "../db/sql-text.js";

/** The words of a query that are searched for. With many words joined by `or`, the planner would scan all statements. */
const FIRST_WORDS = /^(?:[^\p{L}\p{M}\p{N}]*[\p{L}\p{M}\p{N}]+){0,20}/u;

/** The part of a query that is searched for: its first words. */
export function firstWords(query: string): string {
  return FIRST_WORDS.exec(query)![0];
}

/** The query as a name, to compare with those on record. They are always found by index: a generic plan will do, and the subselect runs once. */
export function wholeName(query: string): SqlText {
  return SQL`(SELECT folded(${generic(query.trim().replace(/\s+/g, " "), "text")}))`;
}

/** Whether words are among those given. Matches nothing if the query only excludes words, since it would match nearly everything; querytree shows that. */
export function hasWords(words: SqlText, given = raw("words")): SqlText {
  return SQL`${given} @@ ${words} AND querytree(${words}) NOT IN ('', 'T')`;
}

/** The words of a participant's description, as the index participation_words has them. */
export const DESCRIBED = raw("words_of('en', description)");

const ONE_WORD = /^\s*[\p{L}\p{M}\p{N}]+\s*$/u;

/**
 * Whether a name is not a code or an abbreviation (another name, in a few letters of an alphabet) that is much shorter than a query. A
 * longer word has nearly all of its letters by chance: Sadat those of SAD, which is how the United States are abbreviated elsewhere.
 */
const isLongEnough = (name: SqlText) =>
  SQL`(position = 1 OR char_length(folded) >= char_length(${name}) - 1 OR folded !~ '^[a-zα-ωа-я]{1,4}$')`;

/**
 * Whether a name or a part of it is spelt nearly as a query, which is `name` too. A single word may have two letters wrong: of several
 * words, one that is right would be enough.
 */
export function isSpeltAlike(query: string, name: SqlText): SqlText {
  const words = ONE_WORD.test(query) ? SQL` OR folded %>> ${name}` : SQL``;
  return SQL`((folded % ${name} OR folded %> ${name}${words}) AND ${isLongEnough(name)})`;
}

/**
 * How similar a name is, from 0 to 1. Its words that are most similar count more than the whole of it: the surname in a long
 * name comes before another, short name that shares fewer letters. The whole counts among names that have the same word.
 */
export function similarityTo(name: SqlText): SqlText {
  return SQL`((2 * word_similarity(${name}, folded) + 2 * strict_word_similarity(${name}, folded)
    + similarity(folded, ${name})) / 5)`;
}
