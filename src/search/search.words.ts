import { generic, SQL, type SqlText } from "../db/sql-text.js";

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

/** Matches nothing if the query only excludes words, since it would match nearly everything; querytree shows that. */
export function hasWords(words: SqlText): SqlText {
  return SQL`words @@ ${words} AND querytree(${words}) NOT IN ('', 'T')`;
}
