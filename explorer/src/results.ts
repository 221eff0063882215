import { nameOf } from "./citations.js";
import { graphql, type ResultOf } from "./graphql.js";
import { html, type Content, type Html } from "./html.js";
import { meetingLink, pathOf } from "./links.js";
import { MEETING, meetingList } from "./meetings.js";
import { STATEMENT, type Statement, statementList } from "./statements.js";
import type { Column } from "./tables.js";
import { capital, period, time, words } from "./words.js";

/** By which words and which name a search found something. */
export const FOUND_BY = graphql(`
  fragment FoundBy on RecordSearchEdge {
    matchedName
    snippet {
      text
      matches {
        start
        end
      }
    }
  }
`);

/** What the heading of a result needs. A title that may be null can't have the name of one that may not. */
export const HEADING = graphql(`
  fragment ResultHeading on RecordSearchResult {
    __typename
    ... on Person {
      slug
      name
    }
    ... on Country {
      code
      name
    }
    ... on Place {
      slug
      name
    }
    ... on Organization {
      slug
      name
    }
    ... on Meeting {
      slug
      title
    }
    ... on Statement {
      key
      text
    }
    ... on Agreement {
      agreementTitle: title
      agreementKind: kind
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
      documentKey: key
      documentTitle: title
      publisher
      dateline
    }
    ... on StatementTopic {
      slug
      label
    }
  }
`);

/** What a row of the page of results shows. */
export const RESULT = graphql(
  `
    fragment SearchResult on RecordSearchResult {
      ...ResultHeading
      ... on Meeting {
        ...MeetingParts
      }
      ... on Statement {
        ...StatementParts
      }
      ... on Agreement {
        date
      }
      ... on SourceDocument {
        datePublished
      }
    }
  `,
  [HEADING, MEETING, STATEMENT],
);

type FoundBy = ResultOf<typeof FOUND_BY>;
type Snippet = NonNullable<FoundBy["snippet"]>;
type Headed = FoundBy & { node: ResultOf<typeof HEADING> };
type Result = FoundBy & { node: ResultOf<typeof RESULT> };

/** What heads a result, wherever it is listed. */
interface Heading {
  kind: string;
  name: Content;
  /** The address of its page; of an agreement, which has none, that of its meeting or of a search for it. */
  address: string;
}

function headingOf({ node, snippet }: Headed): Heading {
  switch (node.__typename) {
    case "Person":
      return { kind: "Person", name: node.name, address: pathOf("person", node.slug) };
    case "Country":
      return { kind: "Country", name: node.name, address: pathOf("country", node.code) };
    case "Place":
      return { kind: "Place", name: node.name, address: pathOf("place", node.slug) };
    case "Organization":
      return { kind: "Organization", name: node.name, address: pathOf("organization", node.slug) };
    case "StatementTopic":
      return { kind: "Topic", name: node.label, address: pathOf("topic", node.slug) };
    case "Meeting":
      return { kind: "Meeting", name: node.title, address: pathOf("meeting", node.slug) };
    case "Statement": {
      const name = snippet ? marked(snippet) : node.text;
      return { kind: "Statement", name, address: pathOf("statement", node.key) };
    }
    case "SourceDocument": {
      const { documentKey: key, documentTitle: title, publisher, dateline } = node;
      const name = nameOf({ key, title, publisher, dateline });
      return { kind: "Document", name, address: pathOf("document", key) };
    }
    case "Agreement": {
      const at = node.signedAt ?? node.exchangedAt;
      const kind = capital(words(node.agreementKind));
      const name = node.agreementTitle;
      const found = new URLSearchParams({ q: name, kind: "AGREEMENT" });
      return {
        kind,
        name,
        address: at ? pathOf("meeting", at.slug) : `/search?${found.toString()}`,
      };
    }
  }
}

/** A text with its matches marked. */
function marked({ text, matches }: Snippet): Html {
  const ends = [0, ...matches.map(({ end }) => end)];
  const parts = matches.map(
    ({ start, end }, i) =>
      html`${text.slice(ends[i], start)}<mark>${text.slice(start, end)}</mark>`,
  );
  return html`${parts}${text.slice(ends.at(-1))}`;
}

/** Results as a table. */
export const RESULT_COLUMNS: readonly Column<Result>[] = [
  ["Kind", (result) => headingOf(result).kind],
  ["Name or text", (result) => textOf(headingOf({ ...result, snippet: null }).name)],
  ["Address", (result, at) => at(headingOf(result).address)],
  ["Also known as", ({ matchedName }) => matchedName],
  ["Words that were found", ({ snippet }) => snippet?.text],
];

function textOf(name: Content): string {
  return typeof name === "string" ? name : "";
}

/** Results of any kinds, each with what it is and by what it was found. */
export function resultList(results: readonly Result[]): Html {
  return html`<ol class="results">${results.map((result) => html`<li>${resultItem(result)}</li>`)}</ol>`;
}

function resultItem(result: Result): Content {
  const { node, matchedName } = result;
  const { kind, name, address } = headingOf(result);
  const row = (content: Content) => html`<p class="kind">${kind}</p>${content}`;
  switch (node.__typename) {
    case "Meeting":
      return row(meetingList([node]));
    case "Statement":
      return row(saidItem(node, result.snippet));
    case "Agreement": {
      const at = node.signedAt ?? node.exchangedAt;
      return row(html`<h3>${name}</h3>
<p class="soft">${period(node.date, node.date)}${at && html` ${meetingLink(at)}`}</p>`);
    }
    case "SourceDocument":
      return row(html`<h3><a href="${address}">${name}</a></h3>
${node.datePublished !== null && html`<p class="soft">${time(node.datePublished)}</p>`}`);
    default:
      return row(html`<h3><a href="${address}">${name}</a></h3>
${matchedName !== null && html`<p class="soft">Also known as ${matchedName}</p>`}`);
  }
}

/** A statement with the words that were found, of which those of its audience were not said. */
function saidItem(said: Statement, snippet: Snippet | null): Html {
  const words = snippet && marked(snippet);
  const isSaid = snippet !== null && said.text.includes(snippet.text.replace(/^… | …$/g, ""));
  return html`${statementList([said], { text: () => isSaid && words })}${
    !isSaid && words && html`<p class="soft">Said to: ${words}</p>`
  }`;
}

/** Results as options of a list under a search field, each a link. */
export function optionList(results: readonly Headed[]): Html {
  return html`${results.map((result, i) => {
    const { kind, name, address } = headingOf(result);
    const { matchedName } = result;
    return html`<a role="option" id="suggestion-${i}" aria-selected="false" tabindex="-1" href="${address}">${name}<span>${kind}${
      matchedName !== null && html`, also known as ${matchedName}`
    }</span></a>
`;
  })}`;
}
