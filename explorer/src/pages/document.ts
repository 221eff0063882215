import { nameOf, positionOf, SOURCE, sourceOf } from "../citations.js";
import { graphql, type ResultOf } from "../graphql.js";
import { html, joined, type Content } from "../html.js";
import { countOf, facts, type Site, tabOf, tabs } from "../layout.js";
import { organizationLink, pathOf, webLink } from "../links.js";
import { MEETINGS } from "../meetings.js";
import { MEETING_FACETS, meetingFilter } from "../narrowing.js";
import { STATEMENT_FACETS, statementFilter, withFacets } from "../narrowing.js";
import { Missing, Moved, type Page } from "../outcome.js";
import { meetingsPanel, statementsPanel } from "../panels.js";
import { STATEMENT } from "../statements.js";
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

const SAID = graphql(
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
);

const MET = graphql(
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
);

const TABS = [
  ["said", "Statements"],
  ["met", "Meetings"],
] as const;

type Head = ResultOf<typeof HEAD>;

/** A source document: how to cite it, and the statements that it proves in the order of its text, or the meetings. */
export async function document(visit: Visit, site: Site): Promise<Page> {
  const tab = tabOf(visit, TABS);
  const { head, content, summary } = await { said, met }[tab](visit, site);
  const name = capital(nameOf(head));
  return {
    title: `${name}: ${summary}`,
    description: `${summary} that ${nameOf(head)} proves, with the position of each passage.`,
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

async function said(visit: Visit, site: Site) {
  const variables = {
    key: visit.key,
    filter: statementFilter(visit),
    after: visit.parameter("after"),
    facets: withFacets(visit),
  };
  const head = found(await visit.ask(SAID, variables), visit);
  const { statements, key } = head;
  const passages = (index: number): Content => {
    const citations = statements?.nodes[index]?.citations ?? [];
    return joined(citations.filter(({ document }) => document.key === key).map(positionOf), ", ");
  };
  const content = statementsPanel(visit, site, { document: SAID, variables }, statements, {
    passages,
  });
  return { head, content, summary: countOf(statements, "statement") };
}

async function met(visit: Visit, site: Site) {
  const variables = {
    key: visit.key,
    filter: meetingFilter(visit),
    after: visit.parameter("after"),
    facets: withFacets(visit),
  };
  const head = found(await visit.ask(MET, variables), visit);
  const content = meetingsPanel(visit, site, { document: MET, variables }, head.meetings);
  return { head, content, summary: countOf(head.meetings, "meeting") };
}
