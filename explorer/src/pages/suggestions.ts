import { graphql } from "../graphql.js";
import { html, type Content } from "../html.js";
import { FOUND_BY, RESULT, resultList } from "../results.js";
import type { Visit } from "../visit.js";
import { cut } from "./search.js";

const DOCUMENT = graphql(
  `
    query Suggestions(
      $query: String!
      $kinds: [RecordKind!]
      $withQuery: Boolean!
      $codes: [CountryCode!]!
      $countries: Int!
    ) {
      countries(first: $countries, filter: { codes: $codes }) {
        nodes {
          __typename
          code
          name
        }
      }
      searchRecord(query: $query, kinds: $kinds, first: 5) @include(if: $withQuery) {
        edges {
          ...FoundBy
          node {
            ...SearchResult
          }
        }
      }
    }
  `,
  [FOUND_BY, RESULT],
);

/** What is suggested for a page of each kind that isn't there: whoever looked for a person is not helped by a statement. */
const KINDS = {
  person: ["PERSON"],
  country: ["COUNTRY"],
  place: ["PLACE"],
  organization: ["ORGANIZATION"],
  meeting: ["MEETING"],
  statement: ["STATEMENT"],
  document: ["SOURCE_DOCUMENT"],
  topic: ["TOPIC"],
  pair: ["PERSON", "COUNTRY"],
} as const;

const isKnown = (kind: string): kind is keyof typeof KINDS => Object.hasOwn(KINDS, kind);

/** Two or four letters, in a place where a country may stand. */
const CODE = /^[a-z]{2}([a-z]{2})?$/i;

/**
 * What may be meant by an address at which nothing is: countries by the codes in it, and what a search for its words finds of
 * the kind that was asked for; nothing if it can't be searched.
 */
export async function suggestions(visit: Visit, kind: string, words: string): Promise<Content> {
  if (kind === "date" || kind === "revision") return null;
  const kinds = isKnown(kind) ? [...KINDS[kind]] : null;
  const parts = words.split("/");
  const isCode = (part: string) => (kind === "country" || kind === "pair") && CODE.test(part);
  const codes = parts.filter(isCode).map((code) => code.toUpperCase());
  // Four letters may be a name, such as Peru.
  const rest = parts.filter((part) => !isCode(part) || part.length > 2).join(" ");
  const query = cut(rest.replace(/[^\p{L}\p{N}]+/gu, " ").trim());
  if (query === "" && codes.length === 0) return null;
  const variables = { query, kinds, withQuery: query !== "", codes, countries: codes.length };
  const found = await visit.ask(DOCUMENT, variables).catch(() => null);
  const countries = found?.countries?.nodes ?? [];
  const results = [
    ...countries.map((node) => ({ node, matchedName: null, snippet: null })),
    ...(found?.searchRecord?.edges ?? []),
  ];
  if (results.length === 0) return null;
  return html`<section aria-labelledby="near"><div class="heading"><h2 id="near">Did you mean one of these?</h2></div>
${resultList(results)}</section>`;
}
