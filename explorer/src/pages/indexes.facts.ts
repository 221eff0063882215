import { nameOf, SOURCE, sourceOf } from "../citations.js";
import { MEETING_FACETS, STATEMENT_FACETS } from "../facets.js";
import { graphql } from "../graphql.js";
import { html } from "../html.js";
import { pathOf } from "../links.js";
import { List } from "../lists.js";
import { MEETINGS } from "../meetings.js";
import { meetings, meetingVariables, statements, statementVariables } from "../panels.js";
import { pageOf } from "../paging.js";
import { STATEMENTS } from "../statements.js";
import { capital, words } from "../words.js";

/** All meetings, the newest first. */
export const ALL_MEETINGS = meetings({
  document: graphql(
    `
      query AllMeetings(
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
        meetings(filter: $filter, first: $first, after: $after) {
          ...MeetingList
          ...MeetingFacets
        }
      }
    `,
    [MEETINGS, MEETING_FACETS],
  ),
  variables: meetingVariables,
  find: (data) => data.meetings,
});

/** All statements, the newest first. */
export const ALL_STATEMENTS = statements({
  document: graphql(
    `
      query AllStatements(
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
        statements(filter: $filter, first: $first, after: $after) {
          ...StatementList
          ...StatementFacets
        }
      }
    `,
    [STATEMENTS, STATEMENT_FACETS],
  ),
  variables: statementVariables,
  find: (data) => data.statements,
});

/** All source documents, the newest first. */
export const ALL_DOCUMENTS = new List({
  id: "documents",
  document: graphql(
    `
      query AllDocuments($first: Int = 20, $after: String, $counted: Boolean = true) {
        sourceDocuments(first: $first, after: $after) {
          totalCount @include(if: $counted)
          nodes {
            ...SourceParts
          }
          pageInfo {
            hasNextPage
            endCursor
          }
        }
      }
    `,
    [SOURCE],
  ),
  variables: pageOf,
  find: (data) => data.sourceDocuments,
  noun: ["source document", "source documents"],
  none: "No source documents on record.",
  rows: (documents) =>
    html`<ul class="rows">${documents.map(
      (one) => html`<li>${sourceOf(one)}<p class="soft">${capital(words(one.kind))}</p></li>`,
    )}</ul>`,
  columns: [
    ["Key", ({ key }) => key],
    ["Address", ({ key }, at) => at(pathOf("document", key))],
    ["Title", nameOf],
    ["Publisher", ({ publisher }) => publisher],
    ["Published", ({ datePublished }) => datePublished],
    ["Source", ({ url }) => url],
  ],
});
