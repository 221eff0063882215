import type { Sql } from "../db/sql.js";
import { joinSql, SQL, type SqlText } from "../db/sql-text.js";
import {
  type Connection,
  type Page,
  pageRequest,
  type PageRequest,
  type PageSelection,
  type ListQuery,
  countRows,
  readLists,
  readPages,
} from "../query/page.js";
import type { ListContext } from "../query/list.js";
import type { ForwardPageArgs } from "../query/connection.js";
import type { Ordering } from "../query/ordering.js";
import type { FilterTerms } from "../query/filter-terms.js";
import { Where } from "../query/where.js";
import { FoundWords } from "./found-words.sql.js";
import { RecordKind } from "./search.enums.js";
import { kindCountsSql, MAX_RESULTS, searchSql } from "./search.sql.js";
import { type Passage, type Snippet, snippetOf } from "./snippet.js";

/** The arguments of `searchRecord`. */
export interface RecordSearchArgs extends ForwardPageArgs {
  query: string;
  kinds?: RecordKind[] | null;
}

/** The terms of a search. */
interface Search {
  query: string;
  kinds: readonly RecordKind[];
  terms: FilterTerms;
}

/** A result: the item, its score in millionths, and what else is selected of its edge. */
interface Found {
  kind: RecordKind;
  itemId: string;
  score: number;
  passage?: Passage | null;
  matchedName?: string | null;
}

/** The fields of an edge, besides `node` and `cursor`. */
interface FoundEdge {
  score: number;
  snippet: Snippet | null;
  matchedName: string | null;
}

/** Best first; equal scores by kind, then by id. */
const ORDERING: Ordering = {
  name: "SCORE_DESC",
  keys: [
    { sql: "found.rank", type: "int" },
    { sql: "found.kind_position", type: "int" },
    { sql: "found.item_id", type: "text" },
  ],
};

/** Reads a page of results with the selected fields of their edges. PostgreSQL computes these for the rows of the page alone. */
async function foundPage(
  sql: Sql,
  search: Search,
  request: PageRequest,
  selected: PageSelection["edge"],
): Promise<Page<Found>> {
  const query = searchRecord(search, MAX_RESULTS);
  const words = new FoundWords(query.where, search.query, search.kinds);
  const more: SqlText[] = [];
  if (selected.snippet) more.push(SQL`${words.passage()} AS passage`);
  if (selected.matchedName) more.push(SQL`${words.matchedName()} AS "matchedName"`);
  const columns = joinSql([query.columns, ...more], ", ");
  const [page] = await readPages<Found>(sql, { ...query, columns }, request);
  return page!;
}

/** Counts the results; null for more than the maximum. */
async function foundCount(sql: Sql, search: Search): Promise<number | null> {
  const [count] = await countRows(sql, searchRecord(search, MAX_RESULTS + 1));
  return count! > MAX_RESULTS ? null : count!;
}

/** The number of results of a kind, up to a maximum. */
interface KindCount {
  kind: RecordKind;
  count: number;
  /** Whether there is, or may be, more. */
  more: boolean;
}

/** Counts the results of each kind, up to one more than the maximum: most first, without kinds that have none. */
async function kindCounts(sql: Sql, { query, terms }: Search): Promise<KindCount[]> {
  const read = kindCountsSql(new Where(terms), query, MAX_RESULTS + 1);
  const [counts] = await readLists<KindCount>(sql, "searchRecordKinds", [read], undefined);
  return counts!.sort((a, b) => b.count - a.count || KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind));
}

const KINDS = Object.values(RecordKind);

/** Returns the number of results of all kinds; null for more than the maximum, undefined if it is unknown from the counts. */
function totalOf(counts: readonly KindCount[]): number | null | undefined {
  const sum = counts.reduce((total, { count }) => total + count, 0);
  if (sum > MAX_RESULTS) return null;
  return counts.some(({ more }) => more) ? undefined : sum;
}

function searchRecord({ query, kinds, terms }: Search, limit: number): ListQuery {
  const where = new Where(terms);
  return {
    name: "searchRecord",
    columns: SQL`found.kind, found.item_id AS "itemId", -found.rank AS score`,
    from: SQL`(${searchSql(where, query, kinds, limit)}) AS found`,
    where,
  };
}

const NOTHING = {
  pages: async () => [{ rows: [], hasNextPage: false, hasPreviousPage: false, cursorAt: String }],
  counts: async () => [0],
};

/** The results of a search, and their number by kind. */
interface SearchConnection<Row> extends Connection<Row, FoundEdge> {
  kindCounts(): Promise<KindCount[]>;
}

/** The parts of a search's page that a query selects. */
export interface SearchSelection extends PageSelection {
  /** Whether it selects `kindCounts`. */
  kindCounts: boolean;
}

/** Searches the whole record. `read` loads a result by its kind and id; for a country, by its code. */
export function searchFor<Row>(
  context: ListContext,
  args: RecordSearchArgs,
  { edge, kindCounts: hasKindCounts }: SearchSelection,
  read: (kind: RecordKind, id: string) => Promise<Row>,
): SearchConnection<Row> {
  const { query } = args;
  const kinds = [...new Set(args.kinds ?? KINDS)];
  const request = pageRequest(args, "Query.searchRecord", ORDERING);
  const search = async () => ({
    query,
    kinds,
    terms: await context.terms.termsOf(null, [query]),
  });
  const hasWords = /[\p{L}\p{N}]/u.test(query);
  const byKind = context.batch(`kinds found by ${JSON.stringify(query)}`, async () => [
    hasWords ? await kindCounts(context.sql, await search()) : [],
  ]);
  const reader = {
    columns: Object.keys(edge).join(),
    pages: async () => [await foundPage(context.sql, await search(), request, edge)],
    counts: async () => {
      // The counts of all kinds, if they are selected too, often give the total without another query.
      const total =
        hasKindCounts && kinds.length === KINDS.length ? totalOf(await byKind.load("")) : undefined;
      return [total === undefined ? await foundCount(context.sql, await search()) : total];
    },
  };
  const found = context.connection(
    "",
    request,
    { query, kinds },
    hasWords && kinds.length > 0 ? reader : NOTHING,
    ({ kind, itemId, score, passage, matchedName = null }: Found) => ({
      node: read(kind, itemId),
      score: score / 1e6,
      snippet: passage ? snippetOf(passage) : null,
      matchedName,
    }),
  );
  return {
    ...found,
    async kindCounts() {
      const counts = await byKind.load("");
      return counts.map(({ kind, count, more }) => ({
        kind,
        count: Math.min(count, MAX_RESULTS),
        more: more || count > MAX_RESULTS,
      }));
    },
  };
}
