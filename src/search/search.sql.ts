import { isOnRecord } from "../query/on-record.js";
import type { Where } from "../query/where.js";
import { RecordKind } from "./search.enums.js";

/** How many are found at most. */
export const MOST_FOUND = 1_000;

/** What has names, and what has a title: record_name has an index of the spelling of each. */
const NAMED = [RecordKind.PERSON, RecordKind.COUNTRY, RecordKind.PLACE, RecordKind.ORGANIZATION];
const TITLED = [RecordKind.MEETING, RecordKind.AGREEMENT];

/** Words of a query that are looked for. Many words joined by `or` make the planner read every statement. */
const FIRST_WORDS = /^(?:[^\p{L}\p{M}\p{N}]*[\p{L}\p{M}\p{N}]+){0,20}/u;

/** A longer query is no misspelt name. */
const LONGEST_NAME = 100;

/** With these, a query asks for words to the letter, or for what lacks some. */
const IS_EXACT = /"|(?:^|\s)-\S/;

/**
 * What is found, best first: at most so many rows with `kind`, `item_id` and what they are ordered by.
 * Each part gives at most so many too, the best or the newest of its own.
 */
export function found(
  where: Where,
  query: string,
  kinds: readonly RecordKind[],
  most: number,
): string {
  const named = NAMED.filter((kind) => kinds.includes(kind));
  const titled = TITLED.filter((kind) => kinds.includes(kind));
  const firstWords = FIRST_WORDS.exec(query)![0];
  const byWords: string[] = [];
  const bySpelling: string[] = [];
  if (named.length + titled.length > 0) {
    // Names are found by their indexes, whatever they are: planned once, and their words made once.
    const name = `(SELECT folded(${where.bound(query.trim().replace(/\s+/g, " "), "text")}))`;
    byWords.push(withWords([...named, ...titled], name, where.boundWords(firstWords), most));
    if (query.length <= LONGEST_NAME && !IS_EXACT.test(query.normalize("NFKC"))) {
      if (named.length > 0) bySpelling.push(namedNearly(named, name, most));
      if (titled.length > 0) bySpelling.push(titledNearly(titled, name, most));
    }
  }
  if (kinds.includes(RecordKind.STATEMENT)) byWords.push(said(where.words(firstWords), most));
  return `
    WITH by_words (kind, item_id, score) AS MATERIALIZED (${union(byWords)}),
      by_spelling (kind, item_id, score) AS (${union(bySpelling)})
    SELECT kind, item_id COLLATE "C" AS item_id, -max(score) AS rank,
      array_position(enum_range(NULL::record_kind), kind) AS kind_position
    FROM (SELECT * FROM by_words UNION ALL SELECT * FROM by_spelling) AS either
    GROUP BY kind, item_id ORDER BY rank, kind, item_id LIMIT ${most}`;
}

function union(parts: string[]): string {
  const nothing = "SELECT NULL::record_kind, NULL::text, NULL::int WHERE false";
  return [nothing, ...parts.map((part) => `(${part})`)].join(" UNION ALL ");
}

/** What has the whole name or title, or its words. */
function withWords(kinds: RecordKind[], name: string, words: string, most: number): string {
  return best(
    kinds,
    `
    SELECT kind, item_id, 1000000 FROM record_name WHERE ${isOf(kinds)} AND folded = ${name}
    UNION ALL SELECT kind, item_id, ${wordScore(words)} FROM record_name
    WHERE ${isOf(kinds)} AND ${hasWords(words)}`,
    most,
  );
}

/** Statements: the newest, so that a word that is in a million costs no more than one that is in a thousand. */
function said(words: string, most: number): string {
  return `SELECT 'STATEMENT'::record_kind, id::text, ${wordScore(words)} FROM (
    SELECT id, words FROM statement WHERE ${hasWords(words)} AND newest IS NOT NULL
    ORDER BY newest, told, id
    LIMIT ${most}) AS said`;
}

/** What has a name that is spelt nearly so: as a whole, or a part of it. */
function namedNearly(kinds: RecordKind[], name: string, most: number): string {
  return best(
    kinds,
    `
    SELECT kind, item_id, ${spellingScore(name)} FROM record_name
    WHERE ${isOf(kinds)} AND (folded % ${name} OR folded %> ${name}) AND ${isWorthwhile(name, most)}`,
    most,
  );
}

/** Titles of which a part is spelt nearly so: any of them, by id, since half of all may say "meets". */
function titledNearly(kinds: RecordKind[], name: string, most: number): string {
  return `SELECT kind, item_id, ${spellingScore(name)} FROM (
    SELECT kind, item_id, folded FROM record_name
    WHERE ${isOf(kinds)} AND folded %> ${name} AND ${isWorthwhile(name, most)}
    ORDER BY kind, item_id LIMIT ${most}) AS nearly`;
}

/** The best of these names, each item once; of countries only those on record. */
function best(kinds: RecordKind[], names: string, most: number): string {
  const listed = kinds.includes(RecordKind.COUNTRY)
    ? `HAVING kind <> 'COUNTRY' OR ${isOnRecord("item_id")}`
    : "";
  return `SELECT kind, item_id, max(score) AS score FROM (${names}) AS each (kind, item_id, score)
    GROUP BY kind, item_id ${listed}
    ORDER BY score DESC, kind, item_id LIMIT ${most}`;
}

/** Written out, so that the planner sees whether it is what an index is of. */
function isOf(kinds: RecordKind[]): string {
  return `kind IN (${kinds.map((kind) => `'${kind}'`).join(", ")})`;
}

/** Not where the words only exclude, which would be nearly everything: querytree tells. */
function hasWords(words: string): string {
  return `words @@ ${words} AND querytree(${words}) NOT IN ('', 'T')`;
}

/**
 * What is spelt nearly so comes after all that has the words: not looked for where that is enough already,
 * nor where pg_trgm sees no letters in the query and would read its whole index.
 */
function isWorthwhile(name: string, most: number): string {
  return `show_trgm(${name}) <> '{}' AND (SELECT count(*) FROM by_words) < ${most}`;
}

/** From a half up, below 1: by rank, in which a word weighs more in a shorter text. */
function wordScore(words: string): string {
  return `least(999999, 500000 + (ts_rank(words, ${words}, 1 | 32) * 500000)::int)`;
}

/** Above 0, below a half: like the whole name as much as like a part of it. */
function spellingScore(name: string): string {
  return `greatest(1, least(499999,
    ((similarity(folded, ${name}) + word_similarity(${name}, folded)) * 250000)::int))`;
}
