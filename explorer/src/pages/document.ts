import { type Citation, nameOf, positionOf, SOURCE, sourceOf } from "../citations.js";
import { graphql, type ResultOf } from "../graphql.js";
import { HISTORY, history, RECORDED, recorded } from "../history.js";
import { html, joined, type Content } from "../html.js";
import { kindLink } from "../indexes.js";
import { facts, type Site } from "../layout.js";
import { organizationLink, pathOf, webLink } from "../links.js";
import type { Downloadable } from "../lists.js";
import { MEETINGS } from "../meetings.js";
import { MEETING_FACETS, STATEMENT_FACETS } from "../facets.js";
import { Missing, Moved, type Page } from "../outcome.js";
import { pageOf } from "../paging.js";
import { meetings, meetingVariables, statements, statementVariables } from "../panels.js";
import { type Statement, STATEMENTS, statementList } from "../statements.js";
import { countsOf, openOn, queryOf, tabOf, tabs } from "../tabs.js";
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
      said: statements(first: 0) {
        totalCount
      }
      met: meetings(first: 0) {
        totalCount
      }
      ...Recorded
    }
  `,
  [SOURCE, RECORDED],
);

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
      passages: ({ citations }: Statement) => positionsIn(document?.key, citations),
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

const TABS = [
  ["said", "Statements"],
  ["met", "Meetings"],
  ["history", "History"],
] as const;

const LISTS = { said: SAID, met: MET, history: CHANGES };

/** The list of the tab. */
export function documentLists(visit: Visit): readonly Downloadable[] {
  return [LISTS[tabOf(visit, TABS)]];
}

type Head = ResultOf<typeof HEAD>;

/** A source document: how to cite it, and the statements that it proves in the order of its text, or the meetings. */
export async function document(visit: Visit, site: Site): Promise<Page> {
  const tab = tabOf(visit, TABS);
  const { data, count, content } = await LISTS[tab].show(visit, site);
  const head = found<Head>(data, visit);
  const counts = countsOf({ said: head.said, met: head.met });
  openOn(visit, TABS, counts);
  const name = capital(nameOf(head));
  const linkedData = site.linkedData ? `${pathOf("document", head.key)}.jsonld` : undefined;
  return {
    title: tab === "history" ? `${name}: its history` : `${name}: ${count}`,
    description:
      tab === "history"
        ? `When ${nameOf(head)} came on record, and how its entry has changed.`
        : `${count} that ${nameOf(head)} proves, with the position of each passage.`,
    linkedData,
    canonical: pathOf("document", head.key) + queryOf(tab, TABS, counts),
    main: html`${kindLink("documents", capital(words(head.kind)))}
<h1 lang="${head.title === null ? "en" : head.language}">${name}</h1>
${aboutIt(head, linkedData)}
${recorded(head)}
${tabs(visit, `In ${nameOf(head)}`, tab, TABS, counts)}
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

function aboutIt(head: Head, linkedData: string | undefined): Content {
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
    [
      "As linked data",
      linkedData &&
        html`<a href="${linkedData}" type="application/ld+json" rel="nofollow">JSON-LD</a>`,
    ],
  ]);
}

/** Where the passages are in this document. */
function positionsIn(key: string | undefined, citations: readonly Citation[] = []): Content {
  return joined(citations.filter(({ document }) => document.key === key).map(positionOf), ", ");
}
