import { joinSql, raw, SQL, type SqlText } from "../db/sql-text.js";
import { isOnRecord } from "../query/on-record.js";
import type { Where } from "../query/where.js";
import { RecordKind } from "./search.enums.js";
import {
  DESCRIBED,
  firstWords,
  hasWords,
  isSpeltAlike,
  similarityTo,
  wholeName,
} from "./search.words.js";

/** The maximum number of results. */
export const MAX_RESULTS = 1_000;

/** Kinds with names, and kinds with a title: record_name has a trigram index for each. */
const NAMED = [
  RecordKind.PERSON,
  RecordKind.COUNTRY,
  RecordKind.PLACE,
  RecordKind.ORGANIZATION,
  RecordKind.TOPIC,
];
const TITLED = [RecordKind.MEETING, RecordKind.AGREEMENT, RecordKind.SOURCE_DOCUMENT];

/** A longer query is not searched for as a misspelt name. */
const LONGEST_NAME = 100;

/** Matches a query with a quoted phrase or an excluded word, which is never searched for as a misspelt name. */
const IS_EXACT = /"|(?:^|\s)-\S/;

/**
 * Returns the query of a search, best results first: up to `limit` rows with `kind`, `item_id` and the keys of their order.
 * Each part of it returns up to `limit` rows too, its best or its newest.
 */
export function searchSql(
  where: Where,
  query: string,
  kinds: readonly RecordKind[],
  limit: number,
): SqlText {
  return SQL`${partsOf(where, query, kinds, limit)}
    SELECT kind, item_id COLLATE "C" AS item_id, -max(score) AS rank,
      array_position(enum_range(NULL::record_kind), kind) AS kind_position
    FROM either GROUP BY kind, item_id ORDER BY rank, kind, item_id ${first(limit)}`;
}

/**
 * Returns the query for the number of results of each kind: `kind`, `count`, and `more` if there may be more, since a part of the
 * search with this kind has reached its limit. There is a part for named kinds, one for kinds with titles, and one for statements. Each
 * part is limited separately, so that many matches of one kind don't hide another.
 */
export function kindCountsSql(where: Where, query: string, limit: number): SqlText {
  const counts = [NAMED, TITLED, [RecordKind.STATEMENT]].map(
    (kinds) => SQL`(${partsOf(where, query, kinds, limit, false)}
    SELECT kind, count(DISTINCT item_id)::int AS count,
      (SELECT count(*) FROM by_words) >= ${raw(`${limit}`)} OR (SELECT count(*) FROM by_spelling) >= ${raw(`${limit}`)} AS more
    FROM either GROUP BY kind)`,
  );
  return joinSql(counts, " UNION ALL ");
}

/**
 * Returns the CTEs of a search, the last of which is `either`: what was found by words or by spelling, an item perhaps several times.
 * Counts need no scores: `isRanked` is false.
 */
function partsOf(
  where: Where,
  query: string,
  kinds: readonly RecordKind[],
  limit: number,
  isRanked = true,
): SqlText {
  const named = NAMED.filter((kind) => kinds.includes(kind));
  const titled = TITLED.filter((kind) => kinds.includes(kind));
  const words = firstWords(query);
  const byWords: SqlText[] = [];
  const bySpelling: SqlText[] = [];
  if (named.length + titled.length > 0) {
    const name = wholeName(query);
    byWords.push(withWords([...named, ...titled], name, where.boundWords(words), limit, isRanked));
    if (query.length <= LONGEST_NAME && !IS_EXACT.test(query.normalize("NFKC"))) {
      if (named.length > 0) {
        bySpelling.push(namesSpeltAlike(named, isSpeltAlike(query, name), name, limit));
      }
      if (titled.length > 0) bySpelling.push(titlesSpeltAlike(titled, name, limit));
    }
  }
  if (kinds.includes(RecordKind.MEETING)) {
    byWords.push(meetingsOfDescribed(where.boundWords(words), limit));
  }
  if (kinds.includes(RecordKind.STATEMENT)) {
    byWords.push(statementsWithWords(where.words(words), limit));
  }
  return SQL`
    WITH by_words (kind, item_id, score) AS MATERIALIZED (${union(byWords)}),
      by_spelling (kind, item_id, score) AS (${union(bySpelling)}),
      either AS (SELECT * FROM by_words UNION ALL SELECT * FROM by_spelling)`;
}

function union(parts: SqlText[]): SqlText {
  const nothing = SQL`SELECT NULL::record_kind, NULL::text, NULL::int WHERE false`;
  return joinSql([nothing, ...parts.map((part) => SQL`(${part})`)], " UNION ALL ");
}

function first(limit: number): SqlText {
  return raw(`LIMIT ${limit}`);
}

/** Finds items by their whole name or title, or by its words. */
function withWords(
  kinds: RecordKind[],
  name: SqlText,
  words: SqlText,
  limit: number,
  isRanked: boolean,
): SqlText {
  const score = isRanked ? wordScore(words, isOfKind(NAMED)) : raw("0");
  return best(
    kinds,
    SQL`
    SELECT kind, item_id, 1000000 FROM record_name WHERE ${isOfKind(kinds)} AND folded = ${name}
    UNION ALL SELECT kind, item_id, ${score} FROM record_name
    WHERE ${isOfKind(kinds)} AND ${hasWords(words)}`,
    limit,
  );
}

/** Finds the newest statements with the words, so that a word in a million statements costs no more than one in a thousand. */
function statementsWithWords(words: SqlText, limit: number): SqlText {
  return SQL`SELECT 'STATEMENT'::record_kind, id::text, ${wordScore(words, raw("false"))} FROM (
    SELECT id, words FROM statement WHERE ${hasWords(words)} AND newest IS NOT NULL
    ORDER BY newest, told, id
    ${first(limit)}) AS said`;
}

/** Finds meetings by the words of a participant's description, any of them if there are too many, with the lowest score of a title. */
function meetingsOfDescribed(words: SqlText, limit: number): SqlText {
  return SQL`SELECT DISTINCT 'MEETING'::record_kind, meeting_id::text, 500000 FROM (
    SELECT meeting_id FROM participation WHERE description IS NOT NULL AND ${hasWords(words, DESCRIBED)}
    ORDER BY meeting_id ${first(limit)}) AS met`;
}

/** Finds items with a name, or part of a name, that is spelt similarly. */
function namesSpeltAlike(
  kinds: RecordKind[],
  isAlike: SqlText,
  name: SqlText,
  limit: number,
): SqlText {
  return best(
    kinds,
    SQL`
    SELECT kind, item_id, ${spellingScore(name)} FROM record_name
    WHERE ${isOfKind(kinds)} AND ${isAlike} AND ${needsSpelling(name, limit)}`,
    limit,
  );
}

/** Finds items with a part of their title spelt similarly: the first by id, since half of all titles may have "meets". */
function titlesSpeltAlike(kinds: RecordKind[], name: SqlText, limit: number): SqlText {
  return SQL`SELECT kind, item_id, ${spellingScore(name)} FROM (
    SELECT kind, item_id, folded FROM record_name
    WHERE ${isOfKind(kinds)} AND folded %> ${name} AND ${needsSpelling(name, limit)}
    ORDER BY kind, item_id ${first(limit)}) AS nearly`;
}

/** Returns the best of these names, each item once; countries only if they are on record. */
function best(kinds: RecordKind[], names: SqlText, limit: number): SqlText {
  const listed = kinds.includes(RecordKind.COUNTRY)
    ? `HAVING kind <> 'COUNTRY' OR ${isOnRecord("item_id")}`
    : "";
  return SQL`SELECT kind, item_id, max(score) AS score FROM (${names}) AS each (kind, item_id, score)
    GROUP BY kind, item_id ${raw(listed)}
    ORDER BY score DESC, kind, item_id ${first(limit)}`;
}

/** The kinds are literals, so that the planner can match them with the predicate of a partial index. */
function isOfKind(kinds: RecordKind[]): SqlText {
  return raw(`kind IN (${kinds.map((kind) => `'${kind}'`).join(", ")})`);
}

/**
 * Similar spellings rank below matching words: they are skipped if there are enough of those, and if the query has no
 * trigrams, for which pg_trgm would scan its whole index.
 */
function needsSpelling(name: SqlText, limit: number): SqlText {
  return SQL`show_trgm(${name}) <> '{}' AND (SELECT count(*) FROM by_words) < ${raw(`${limit}`)}`;
}

/**
 * Returns the score of matching words by rank, in which a word counts more in a shorter text: from 0.75 to below 1 in a name, from
 * 0.5 to below 0.75 in a title or a statement.
 */
function wordScore(words: SqlText, isName: SqlText): SqlText {
  const least = SQL`(CASE WHEN ${isName} THEN 750000 ELSE 500000 END)`;
  return SQL`least(${least} + 249999, ${least} + (ts_rank(words, ${words}, 1 | 32) * 250000)::int)`;
}

/** Returns the score of a similar spelling: above 0, below 0.5. */
function spellingScore(name: SqlText): SqlText {
  return SQL`greatest(1, least(499999, (${similarityTo(name)} * 500000)::int))`;
}
