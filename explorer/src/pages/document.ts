import { type Citation, nameOf, positionOf } from "../citations.js";
import { MEETING_FACETS, STATEMENT_FACETS } from "../facets.js";
import { graphql } from "../graphql.js";
import { HISTORY, history } from "../history.js";
import { html, joined, type Content } from "../html.js";
import type { Site } from "../layout.js";
import type { Downloadable } from "../lists.js";
import { MEETINGS } from "../meetings.js";
import type { Page } from "../outcome.js";
import { pageOf } from "../paging.js";
import { meetings, meetingVariables, statements, statementVariables } from "../panels.js";
import { addressInText, whyNotShown } from "../shown.js";
import { type Statement, STATEMENTS, statementList } from "../statements.js";
import { tabOf } from "../tabs.js";
import type { Visit } from "../visit.js";
import { found, HEAD, type Head, headed, TABS } from "./document.heading.js";
import { text } from "./document.text.js";

const SAID = statements({
  document: graphql(
    `
      query DocumentSaid(
        $key: String!
        $filter: StatementFilter
        $first: Int = 20
        $after: String
        $facets: Boolean!
        $inYear: Boolean = false
        $whole: Boolean = false
        $by: StatementFacet! = SPEAKER
        $skip: Int = 0
        $counted: Boolean = true
        $more: Boolean = false
      ) {
        sourceDocumentByKey(key: $key) {
          ...DocumentHead
          statements(filter: $filter, first: $first, after: $after) {
            ...StatementList
            ...StatementFacets
          }
        }
      }
    `,
    [HEAD, STATEMENTS, STATEMENT_FACETS],
  ),
  variables: (visit) => ({ key: visit.key, ...statementVariables(visit), more: true }),
  find: (data, visit) => found(data, visit).statements,
  rows: (rows, { sourceDocumentByKey: document }) =>
    statementList(rows, {
      passages: ({ citations }: Statement) => document && positionsIn(document, citations),
    }),
});

const MET = meetings({
  document: graphql(
    `
      query DocumentMet(
        $key: String!
        $filter: MeetingFilter
        $first: Int = 20
        $after: String
        $facets: Boolean!
        $inYear: Boolean = false
        $whole: Boolean = false
        $by: MeetingFacet! = PERSON
        $skip: Int = 0
        $counted: Boolean = true
        $more: Boolean = false
      ) {
        sourceDocumentByKey(key: $key) {
          ...DocumentHead
          meetings(filter: $filter, first: $first, after: $after) {
            ...MeetingList
            ...MeetingFacets
          }
        }
      }
    `,
    [HEAD, MEETINGS, MEETING_FACETS],
  ),
  variables: (visit) => ({ key: visit.key, ...meetingVariables(visit) }),
  find: (data, visit) => found(data, visit).meetings,
});

const CHANGES = history({
  document: graphql(
    `
      query DocumentHistory($key: String!, $first: Int = 20, $after: String) {
        sourceDocumentByKey(key: $key) {
          ...DocumentHead
          ...ItemHistory
        }
      }
    `,
    [HEAD, HISTORY],
  ),
  variables: (visit) => ({ key: visit.key, ...pageOf(visit) }),
  find: (data, visit) => found(data, visit).history,
});

const LISTS = { said: SAID, met: MET, history: CHANGES };

/** The list of the tab; the text is none. */
export function documentLists(visit: Visit): readonly Downloadable[] {
  const tab = tabOf(visit, TABS);
  return tab === "text" ? [] : [LISTS[tab]];
}

/** A source document: how to cite it, and the statements that it proves in the order of its text, the meetings, or the text. */
export async function document(visit: Visit, site: Site): Promise<Page> {
  const tab = tabOf(visit, TABS);
  if (tab === "text") return text(visit, site);
  const { data, count, content } = await LISTS[tab].show(visit, site);
  const head = found<Head>(data, visit);
  const isHistory = tab === "history";
  return headed(visit, site, head, tab, {
    title: isHistory ? "its history" : count,
    description: isHistory
      ? `When ${nameOf(head)} came on record, and how its entry has changed.`
      : `${count} that ${nameOf(head)} proves, with the position of each passage.`,
    content: html`${tab === "said" && whyNotShown([head])}
${content}`,
  });
}

/** Where the passages are in this document, each with a link into the text where that is shown. */
function positionsIn(head: Head, citations: readonly Citation[] = []): Content {
  const positions = citations
    .filter(({ document }) => document.key === head.key)
    .map((citation) => {
      const address = addressInText(citation, head);
      const position = positionOf(citation);
      return address === null ? position : html`<a href="${address}">${position}</a>`;
    });
  return joined(positions, ", ");
}
