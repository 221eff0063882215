import { type Citation, nameOf, positionOf, SOURCE, sourceOf } from "../citations.js";
import { graphql, type ResultOf } from "../graphql.js";
import { html, joined, type Content } from "../html.js";
import { facts, type Site, tabOf, tabs } from "../layout.js";
import { organizationLink, pathOf, webLink } from "../links.js";
import { MEETINGS } from "../meetings.js";
import { MEETING_FACETS, STATEMENT_FACETS } from "../narrowing.js";
import { Missing, Moved, type Page } from "../outcome.js";
import { meetings, meetingVariables, statements, statementVariables } from "../panels.js";
import { STATEMENT, statementList } from "../statements.js";
import type { Visit } from "../visit.js";
import { capital, time, words } from "../words.js";

const HEAD = graphql(
  `
    fragment DocumentHead on SourceDocument {
      ...SourceParts
      kind
      dateCertainty
      licence
      version
      sha256
      standing
      standingNote
      issuer {
        slug
        name
      }
      syndicatedFrom {
        ...SourceParts
      }
    }
  `,
  [SOURCE],
);

const SAID = statements({
  document: graphql(
    `
      query DocumentSaid($key: String!, $filter: StatementFilter, $after: String, $facets: Boolean!) {
        sourceDocumentByKey(key: $key) {
          ...DocumentHead
          statements(filter: $filter, first: 20, after: $after) {
            totalCount
            nodes {
              ...StatementParts
              citations {
                start
                end
                locator
                document {
                  key
                }
              }
            }
            pageInfo {
              hasNextPage
              endCursor
            }
            ...StatementFacets @include(if: $facets)
          }
        }
      }
    `,
    [HEAD, STATEMENT, STATEMENT_FACETS],
  ),
  variables: (visit) => ({ key: visit.key, ...statementVariables(visit) }),
  find: (data, visit) => found(data, visit).statements,
  rows: (rows, { sourceDocumentByKey: document }) =>
    statementList(rows, {
      passages: ({ citations }) => positionsIn(document?.key, citations),
    }),
});

const MET = meetings({
  document: graphql(
    `
      query DocumentMet($key: String!, $filter: MeetingFilter, $after: String, $facets: Boolean!) {
        sourceDocumentByKey(key: $key) {
          ...DocumentHead
          meetings(filter: $filter, first: 20, after: $after) {
            ...MeetingList
            ...MeetingFacets @include(if: $facets)
          }
        }
      }
    `,
    [HEAD, MEETINGS, MEETING_FACETS],
  ),
  variables: (visit) => ({ key: visit.key, ...meetingVariables(visit) }),
  find: (data, visit) => found(data, visit).meetings,
});

const TABS = [
  ["said", "Statements"],
  ["met", "Meetings"],
] as const;

const LISTS = { said: SAID, met: MET };

type Head = ResultOf<typeof HEAD>;

/** A source document: how to cite it, and the statements that it proves in the order of its text, or the meetings. */
export async function document(visit: Visit, site: Site): Promise<Page> {
  const tab = tabOf(visit, TABS);
  const { data, count, content } = await LISTS[tab].show(visit, site);
  const head = found<Head>(data, visit);
  const name = capital(nameOf(head));
  return {
    title: `${name}: ${count}`,
    description: `${count} that ${nameOf(head)} proves, with the position of each passage.`,
    canonical: pathOf("document", head.key) + (tab === "said" ? "" : `?tab=${tab}`),
    main: html`<p class="kind">${capital(words(head.kind))}</p>
<h1 lang="${head.title === null ? "en" : head.language}">${name}</h1>
${aboutIt(head)}
${tabs(visit, `In ${nameOf(head)}`, tab, TABS)}
${content}`,
  };
}

function found<Found extends Head>(
  { sourceDocumentByKey: found }: { sourceDocumentByKey: Found | null },
  visit: Visit,
): Found {
  if (!found) throw new Missing("document", visit.key);
  if (found.key !== visit.key) throw new Moved(pathOf("document", found.key));
  return found;
}

function aboutIt(head: Head): Content {
  const { datePublished, dateCertainty, url, standing, syndicatedFrom } = head;
  return facts([
    ["Standing", standing !== "CURRENT" && html`<strong>${words(standing)}</strong>`],
    ["Note", head.standingNote],
    ["Published by", head.publisher],
    ["Issued by", head.issuer && organizationLink(head.issuer)],
    [
      "Published",
      datePublished &&
        html`${time(datePublished)}${dateCertainty === "INFERRED" && html` <em>(inferred)</em>`}`,
    ],
    ["Dateline", head.title === null ? null : head.dateline],
    ["Copy of", syndicatedFrom && sourceOf(syndicatedFrom)],
    ["At", url && webLink(url, url)],
    ["Language", head.language],
    ["Licence", head.licence],
    ["Version", head.version],
    ["Key", html`<code>${head.key}</code>`],
    ["SHA-256 of the text", head.sha256 && html`<code>${head.sha256}</code>`],
  ]);
}

type Position = Pick<Citation, "start" | "end" | "locator"> & { document: { key: string } };

/** Where the passages are in this document. */
function positionsIn(key: string | undefined, citations: readonly Position[]): Content {
  return joined(citations.filter(({ document }) => document.key === key).map(positionOf), ", ");
}
