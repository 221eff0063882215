import { graphql, type ResultOf } from "../graphql.js";
import { html, type Content } from "../html.js";
import type { Site } from "../layout.js";
import { type Downloadable, List } from "../lists.js";
import { Refused, type Page } from "../outcome.js";
import { pageOf } from "../paging.js";
import { FOUND_BY, HEADING, optionList, RESULT, RESULT_COLUMNS, resultList } from "../results.js";
import type { Visit } from "../visit.js";
import { pairsOf } from "./search.pairs.js";

const KINDS = [
  ["PERSON", "People"],
  ["COUNTRY", "Countries"],
  ["PLACE", "Places"],
  ["MEETING", "Meetings"],
  ["STATEMENT", "Statements"],
  ["ORGANIZATION", "Organizations"],
  ["AGREEMENT", "Agreements"],
  ["SOURCE_DOCUMENT", "Documents"],
  ["TOPIC", "Topics"],
] as const;

type Kind = (typeof KINDS)[number][0];

/** The longest query that searchRecord takes. */
const MAX_QUERY_LENGTH = 300;

/** The most results that searchRecord finds. */
const MAX_FOUND = 1_000;

const SEARCH = graphql(
  `
      query Search(
        $query: String!
        $kinds: [RecordKind!]
        $first: Int = 20
        $after: String
        $counted: Boolean = true
        $more: Boolean = false
      ) {
        searchRecord(query: $query, kinds: $kinds, first: $first, after: $after) {
          totalCount @include(if: $counted)
          kindCounts @skip(if: $more) {
            kind
            count
            more
          }
          edges {
            ...FoundBy
            node {
              ...SearchResult
            }
          }
          pageInfo {
            hasNextPage
            endCursor
          }
        }
      }
    `,
  [FOUND_BY, RESULT],
);

const RESULTS = new List({
  id: "results",
  document: SEARCH,
  variables(visit) {
    const kind = kindOf(visit);
    return { query: queryOf(visit), kinds: kind && [kind], ...pageOf(visit) };
  },
  find: ({ searchRecord }) => searchRecord,
  noun: ["result", "results"],
  // Results are counted up to 1,000.
  title: (count) => (/\d/.test(count) ? count : "More than 1,000 results"),
  none: "Nothing found. Names may be misspelt; other words must be on record as they are.",
  rows: (rows) => resultList(rows),
  columns: RESULT_COLUMNS,
});

/** The list of the page; none without a query. */
export function searchLists(visit: Visit): readonly Downloadable[] {
  return queryOf(visit) === "" ? [] : [RESULTS];
}

/** What a search finds, the best first, and links to the results of one kind. */
export async function search(visit: Visit, site: Site): Promise<Page> {
  const query = queryOf(visit);
  if (query === "") return emptySearch();
  const kind = kindOf(visit);
  const title = `Search for “${query}”`;
  const { data, content } = await RESULTS.show(visit, site);
  const isStart = kind === null && visit.parameter("after") === null;
  const pairs = isStart && (await pairsOf(visit, query, data.searchRecord?.edges ?? []));
  return {
    title,
    description: `What the diplomatic record has on “${query}”: people, places, meetings and statements.`,
    canonical: `/search?${new URLSearchParams({ q: query }).toString()}`,
    main: html`<h1>${title}</h1>
<nav class="tabs kinds" aria-label="Kinds of results"><ul>
${kindsOf(data.searchRecord?.kindCounts ?? null, kind).map(
  ([one, label, count]) =>
    html`<li><a href="${visit.here({ kind: one })}"${one === kind && html` aria-current="page"`}>${label}${
      count && html` <span class="count">${numberOf(count)}</span>`
    }</a></li>`,
)}
</ul></nav>
${pairs}${content}`,
  };
}

type Counts = NonNullable<NonNullable<ResultOf<typeof SEARCH>["searchRecord"]>["kindCounts"]>;
type Count = Pick<Counts[number], "count" | "more">;

/**
 * All kinds together and each that has results, with how many. Kinds without are left out, except the chosen one, and except
 * where not all results were counted.
 */
function kindsOf(counts: Counts | null, chosen: Kind | null) {
  const isCut = counts === null || counts.some(({ more }) => more);
  const sum = counts?.reduce((total, { count }) => total + count, 0) ?? 0;
  const all: Count | null =
    sum > 0 ? { count: Math.min(sum, MAX_FOUND), more: isCut || sum > MAX_FOUND } : null;
  const kinds = KINDS.map(
    ([kind, label]) => [kind, label, counts?.find((one) => one.kind === kind) ?? null] as const,
  ).filter(([kind, , count]) => count !== null || kind === chosen || isCut);
  return [[null, "Everything", all] as const, ...kinds];
}

/** `14`, or `1,000+` where there may be more. */
function numberOf({ count, more }: Count): string {
  return `${count.toLocaleString("en")}${more ? "+" : ""}`;
}

function queryOf(visit: Visit): string {
  return cut(visit.parameter("q") ?? "");
}

/** The kind of results that the address asks for; null for all. */
function kindOf(visit: Visit): Kind | null {
  const asked = visit.parameter("kind");
  const kind = KINDS.find(([one]) => one === asked)?.[0] ?? null;
  if (asked !== null && kind === null) throw new Refused("kind");
  return kind;
}

/** A query without what is too long, and without half a character at its end. */
export function cut(query: string): string {
  return query.slice(0, MAX_QUERY_LENGTH).replace(/[\ud800-\udbff]$/, "");
}

function emptySearch(): Page {
  return {
    title: "Search",
    description:
      "Search the diplomatic record: people, countries, places, meetings and statements.",
    canonical: "/search",
    main: html`<h1>Search the record</h1>
<p>Enter a name in any spelling or script, a place, the title of a meeting, or words that were said, in the field above.
Two names, such as those of a person and a place, lead to what is on record of both. Quotation marks keep words together; a minus excludes a word.</p>`,
  };
}

const OPTIONS = graphql(
  `
    query SearchAsYouType($query: String!, $kinds: [RecordKind!], $first: Int!) {
      searchRecord(query: $query, kinds: $kinds, first: $first) {
        edges {
          ...FoundBy
          node {
            ...ResultHeading
          }
        }
      }
    }
  `,
  [FOUND_BY, HEADING],
);

/** How many options are listed. */
const MAX_OPTIONS = 8;

/** What a beginning of a word finds fast; of the rest whole words alone do, and titles that are spelt alike. */
const NAMES = ["PERSON", "COUNTRY", "PLACE", "ORGANIZATION", "TOPIC"] as const;
const OTHERS = ["MEETING", "AGREEMENT", "SOURCE_DOCUMENT", "STATEMENT"] as const;

/** With fewer characters, very many titles would be spelt alike. */
const FEWEST_OF_TITLE = 4;

/**
 * The first results as options of a list, for the script that searches as somebody types (islands/search.ts): names, and if
 * these leave room, titles and statements.
 */
export async function searchOptions(visit: Visit): Promise<Content> {
  const query = queryOf(visit);
  if (query === "") return null;
  const find = async (query: string, kinds: readonly Kind[], first: number) => {
    const { searchRecord: found } = await visit.ask(OPTIONS, { query, kinds: [...kinds], first });
    return found?.edges ?? [];
  };
  const names = await find(query, NAMES, MAX_OPTIONS);
  if (names.length === MAX_OPTIONS) return optionList(names);
  // In quotation marks, words alone are looked for.
  const words = query.length < FEWEST_OF_TITLE ? `"${query.replaceAll('"', "")}"` : query;
  return optionList([...names, ...(await find(words, OTHERS, MAX_OPTIONS - names.length))]);
}
