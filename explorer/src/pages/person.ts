import { differences, PERSON_CLAIMS } from "../claims.js";
import { graphql } from "../graphql.js";
import { html, joined } from "../html.js";
import { countOf, listOf, panel, type Site, tabOf, tabs } from "../layout.js";
import { countryLink, link, pathOf, pathOfPair } from "../links.js";
import { MEETING_FACETS, meetingFilter, narrowing } from "../narrowing.js";
import { STATEMENT_FACETS, statementFilter, withFacets } from "../narrowing.js";
import { MEETINGS, meetingList } from "../meetings.js";
import { Missing, Moved, type Page } from "../outcome.js";
import { STATEMENTS, statementList } from "../statements.js";
import type { Visit } from "../visit.js";
import { counted, time } from "../words.js";
import { HEAD, type Head, heading } from "./person.heading.js";
import { SOURCES, sourcesOf } from "./person.sources.js";

const SAID = graphql(
  `
    query PersonSaid($slug: String!, $filter: StatementFilter, $after: String, $facets: Boolean!) {
      person(slug: $slug) {
        ...PersonHead
        statements(filter: $filter, first: 20, after: $after) {
          ...StatementList
          ...StatementFacets @include(if: $facets)
        }
      }
    }
  `,
  [HEAD, STATEMENTS, STATEMENT_FACETS],
);

const MET = graphql(
  `
    query PersonMet(
      $slug: String!
      $filter: MeetingFilter
      $people: String
      $after: String
      $facets: Boolean!
    ) {
      person(slug: $slug) {
        ...PersonHead
        counterparts(filter: $filter, first: 20, after: $people) {
          totalCount
          unknownSideCount @skip(if: $facets)
          edges {
            meetingCount
            lastMet
            countries {
              code
              name
            }
            node {
              slug
              name
            }
          }
          pageInfo {
            hasNextPage
            endCursor
          }
        }
        meetings(filter: $filter, first: 20, after: $after) {
          ...MeetingList
          ...MeetingFacets @include(if: $facets)
        }
      }
    }
  `,
  [HEAD, MEETINGS, MEETING_FACETS],
);

const FROM = graphql(
  `
    query PersonSources($slug: String!) {
      person(slug: $slug) {
        ...PersonHead
        ...PersonSources
      }
    }
  `,
  [HEAD, SOURCES],
);

const CLAIMS = graphql(
  `
    query PersonClaims($slug: String!) {
      person(slug: $slug) {
        slug
        name
        ...PersonDifferences
      }
    }
  `,
  [PERSON_CLAIMS],
);

const TABS = [
  ["said", "Said"],
  ["met", "Met"],
  ["sources", "Sources"],
  ["claims", "Where sources differ"],
] as const;

/** A person: names, offices, and what they said, whom they met, or the sources of all of this. */
export async function person(visit: Visit, site: Site): Promise<Page> {
  const tab = tabOf(visit, TABS);
  const show = { said, met, sources, claims }[tab];
  const { head, panels, summary } = await show(visit, site);
  return {
    title: `${head.name}: ${summary}`,
    description: `${head.name} on the diplomatic record: ${summary}, each with the passage that proves it.`,
    canonical: pathOf("person", head.slug) + (tab === "said" ? "" : `?tab=${tab}`),
    main: html`${heading(head)}
${tabs(visit, `About ${head.name}`, tab, TABS)}
${panels}`,
  };
}

/** The person of a result, under the slug that was asked for. */
function found<Found extends Head>({ person }: { person: Found | null }, visit: Visit): Found {
  if (!person) throw new Missing("person", visit.key);
  if (person.slug !== visit.key) throw new Moved(pathOf("person", person.slug));
  return person;
}

async function said(visit: Visit, site: Site) {
  const variables = {
    slug: visit.key,
    filter: statementFilter(visit),
    after: visit.parameter("after"),
    facets: withFacets(visit),
  };
  const head = found(await visit.ask(SAID, variables), visit);
  const { statements } = head;
  const panels = panel(site, {
    id: "said",
    title: countOf(statements, "statement"),
    question: { document: SAID, variables },
    content: html`${narrowing(visit, statements)}
${listOf(visit, statements, {
  rows: statementList(statements?.nodes),
  none: "No statements on record.",
})}`,
  });
  return { head, panels, summary: `what they said (${countOf(statements, "statement")})` };
}

async function met(visit: Visit, site: Site) {
  const variables = {
    slug: visit.key,
    filter: meetingFilter(visit),
    people: visit.parameter("people"),
    after: visit.parameter("after"),
    facets: withFacets(visit),
  };
  const head = found(await visit.ask(MET, variables), visit);
  const { counterparts, meetings } = head;
  const question = { document: MET, variables };
  const unknown = counterparts?.unknownSideCount ?? 0;
  const rows = html`<ol class="people">
${counterparts?.edges.map(
  ({ node, meetingCount, lastMet, countries }) =>
    html`<li><h3>${link("person", node.slug, node.name)}</h3>
<p class="soft">${joined(countries.map(countryLink), ", ")}${countries.length > 0 && " · "}<a href="${pathOfPair(head.slug, node.slug)}">${counted(meetingCount, "meeting")}</a>${lastMet !== null && html`, last ${time(lastMet)}`}</p></li>`,
)}
</ol>`;
  const others =
    unknown > 0 &&
    html`<p class="soft">${counted(unknown, "more person", "more people")} took part in the same meetings, on a side that is not on record.</p>`;
  const panels = html`${panel(site, {
    id: "met",
    title: `Met ${countOf(counterparts, "person", "people")} of another side`,
    question,
    content: html`${listOf(visit, counterparts, { rows, none: "Nobody on record.", cursor: "people" })}${others}`,
  })}
${panel(site, {
  id: "meetings",
  title: countOf(meetings, "meeting"),
  question,
  content: html`${narrowing(visit, meetings)}
${listOf(visit, meetings, {
  rows: meetingList(meetings?.nodes),
  none: "No meetings on record.",
})}`,
})}`;
  return { head, panels, summary: `whom they met (${countOf(meetings, "meeting")})` };
}

async function sources(visit: Visit, site: Site) {
  const variables = { slug: visit.key };
  const head = found(await visit.ask(FROM, variables), visit);
  const panels = sourcesOf(head, site, { document: FROM, variables });
  return { head, panels, summary: "names, offices and their sources" };
}

async function claims(visit: Visit, site: Site) {
  const variables = { slug: visit.key };
  const head = found(await visit.ask(CLAIMS, variables), visit);
  const panels = differences(head, site, { document: CLAIMS, variables });
  return { head, panels, summary: "where sources differ" };
}
