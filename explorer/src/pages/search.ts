import { graphql, type ResultOf } from "../graphql.js";
import { html, type Content, type Html } from "../html.js";
import { countOf, listOf, panel, type Site } from "../layout.js";
import {
  countryLink,
  link,
  meetingLink,
  organizationLink,
  personLink,
  placeLink,
} from "../links.js";
import { nameOf } from "../citations.js";
import { MEETING, meetingList } from "../meetings.js";
import { Refused, type Page } from "../outcome.js";
import { STATEMENT, statementList } from "../statements.js";
import type { Visit } from "../visit.js";
import { capital, period, words } from "../words.js";

/** Something that a search finds. A title that may be null can't have the name of one that may not. */
const RESULT = graphql(
  `
    fragment SearchResult on RecordSearchResult {
      __typename
      ... on Person {
        slug
        name
      }
      ... on Country {
        code
        name
      }
      ... on Meeting {
        ...MeetingParts
      }
      ... on Statement {
        ...StatementParts
      }
      ... on Place {
        slug
        name
      }
      ... on Organization {
        slug
        name
      }
      ... on Agreement {
        agreementTitle: title
        agreementKind: kind
        date
        signedAt {
          slug
          title
        }
        exchangedAt {
          slug
          title
        }
      }
      ... on SourceDocument {
        key
        documentTitle: title
        publisher
        dateline
      }
      ... on StatementTopic {
        slug
        label
      }
    }
  `,
  [MEETING, STATEMENT],
);

const DOCUMENT = graphql(
  `
    query Search($query: String!, $kinds: [RecordKind!], $after: String) {
      searchRecord(query: $query, kinds: $kinds, first: 20, after: $after) {
        totalCount
        nodes {
          ...SearchResult
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  `,
  [RESULT],
);

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

/** The longest query that searchRecord takes. */
const MAX_QUERY_LENGTH = 300;

type Result = ResultOf<typeof RESULT>;

/** What a search finds, the best first, and links to the results of one kind. */
export async function search(visit: Visit, site: Site): Promise<Page> {
  const query = cut(visit.parameter("q") ?? "");
  if (query === "") return emptySearch();
  const asked = visit.parameter("kind");
  const kind = KINDS.find(([one]) => one === asked)?.[0] ?? null;
  if (asked !== null && kind === null) throw new Refused("kind");
  const variables = { query, kinds: kind && [kind], after: visit.parameter("after") };
  const { searchRecord: found } = await visit.ask(DOCUMENT, variables);
  const title = `Search for “${query}”`;
  return {
    title,
    description: `What the diplomatic record has on “${query}”: people, places, meetings and statements.`,
    canonical: `/search?${new URLSearchParams({ q: query }).toString()}`,
    main: html`<h1>${title}</h1>
<nav class="tabs" aria-label="Kinds of results"><ul>
${[[null, "Everything"] as const, ...KINDS].map(
  ([one, label]) =>
    html`<li><a href="${visit.here({ kind: one })}"${one === kind && html` aria-current="page"`}>${label}</a></li>`,
)}
</ul></nav>
${panel(site, {
  id: "results",
  title: found?.totalCount === null ? "More than 1,000 results" : countOf(found, "result"),
  question: { document: DOCUMENT, variables },
  content: listOf(visit, found, {
    rows: resultList(found?.nodes ?? []),
    none: "Nothing found. Names may be misspelt; other words must be on record as they are.",
  }),
})}`,
  };
}

/** A query without what is too long, and without half a character at its end. */
function cut(query: string): string {
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
Quotation marks keep words together; a minus excludes a word.</p>`,
  };
}

/** Results of any kinds, each with what it is. */
function resultList(results: readonly Result[]): Html {
  return html`<ol class="results">${results.map((result) => html`<li>${resultItem(result)}</li>`)}</ol>`;
}

function resultItem(result: Result): Content {
  switch (result.__typename) {
    case "Person":
      return named("Person", personLink(result));
    case "Country":
      return named("Country", countryLink(result));
    case "Place":
      return named("Place", placeLink(result));
    case "Organization":
      return named("Organization", organizationLink(result));
    case "StatementTopic":
      return named("Topic", link("topic", result.slug, result.label));
    case "SourceDocument":
      return named("Document", documentLink(result));
    case "Meeting":
      return html`<p class="kind">Meeting</p>${meetingList([result])}`;
    case "Statement":
      return html`<p class="kind">Statement</p>${statementList([result])}`;
    case "Agreement": {
      const at = result.signedAt ?? result.exchangedAt;
      return html`${named(capital(words(result.agreementKind)), result.agreementTitle)}
<p class="soft">${period(result.date, result.date)}${at && html` ${meetingLink(at)}`}</p>`;
    }
  }
}

function documentLink(found: Extract<Result, { __typename: "SourceDocument" }>): Html {
  const { key, documentTitle: title, publisher, dateline } = found;
  return link("document", key, nameOf({ key, title, publisher, dateline }));
}

function named(kind: string, name: Content): Html {
  return html`<p class="kind">${kind}</p><h3>${name}</h3>`;
}

const SUGGESTIONS = graphql(
  `
    query Suggestions($query: String!) {
      searchRecord(query: $query, first: 5) {
        nodes {
          ...SearchResult
        }
      }
    }
  `,
  [RESULT],
);

/** What a search for these words finds, for a page that isn't there; nothing if it can't be searched. */
export async function suggestions(visit: Visit, words: string): Promise<Content> {
  const query = cut(words.replace(/[^\p{L}\p{N}]+/gu, " ").trim());
  if (query === "") return null;
  const found = await visit.ask(SUGGESTIONS, { query }).catch(() => null);
  const nodes = found?.searchRecord?.nodes ?? [];
  if (nodes.length === 0) return null;
  return html`<section aria-labelledby="near"><div class="heading"><h2 id="near">Did you mean one of these?</h2></div>
${resultList(nodes)}</section>`;
}
