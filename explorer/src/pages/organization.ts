import { graphql, type ResultOf } from "../graphql.js";
import { html, joined } from "../html.js";
import { countOf, facts, type Site, tabOf, tabs } from "../layout.js";
import { countryLink, organizationLink, pathOf, webLink } from "../links.js";
import { MEETINGS } from "../meetings.js";
import { MEETING_FACETS, meetingFilter } from "../narrowing.js";
import { STATEMENT_FACETS, statementFilter, withFacets } from "../narrowing.js";
import { Missing, Moved, type Page } from "../outcome.js";
import { meetingsPanel, statementsPanel } from "../panels.js";
import { STATEMENTS } from "../statements.js";
import type { Visit } from "../visit.js";
import { capital, words } from "../words.js";

const HEAD = graphql(`
  fragment OrganizationHead on Organization {
    slug
    name
    kind
    country {
      code
      name
    }
    parent {
      slug
      name
    }
    identifiers {
      scheme
      value
      url
    }
    names {
      text
    }
  }
`);

const SAID = graphql(
  `
    query OrganizationSaid(
      $slug: String!
      $filter: StatementFilter
      $after: String
      $facets: Boolean!
    ) {
      organization(slug: $slug) {
        ...OrganizationHead
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
    query OrganizationMet(
      $slug: String!
      $filter: MeetingFilter
      $after: String
      $facets: Boolean!
    ) {
      organization(slug: $slug) {
        ...OrganizationHead
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
  ["said", "Said on its behalf"],
  ["met", "Meetings"],
] as const;

type Head = ResultOf<typeof HEAD>;

/** An organization: what was said on its behalf, or the meetings that it takes part in or convenes. */
export async function organization(visit: Visit, site: Site): Promise<Page> {
  const tab = tabOf(visit, TABS);
  const { head, content, summary } = await { said, met }[tab](visit, site);
  const spellings = [...new Set(head.names?.map(({ text }) => text))].filter(
    (text) => text !== head.name,
  );
  return {
    title: `${head.name}: ${summary}`,
    description: `${head.name} on the diplomatic record: ${summary}, each with the passage that proves it.`,
    canonical: pathOf("organization", head.slug) + (tab === "said" ? "" : `?tab=${tab}`),
    main: html`<p class="kind">Organization</p>
<h1>${head.name}</h1>
${facts([
  ["Kind", head.kind && capital(words(head.kind))],
  ["Of", head.country && countryLink(head.country)],
  ["Part of", head.parent && organizationLink(head.parent)],
  ["Also called", spellings.join(" · ")],
  [
    "Elsewhere",
    joined(
      head.identifiers.map(({ scheme, value, url }) => webLink(url, `${scheme} ${value}`)),
      ", ",
    ),
  ],
])}
${tabs(visit, `About ${head.name}`, tab, TABS)}
${content}`,
  };
}

function found<Found extends Head>(
  { organization }: { organization: Found | null },
  visit: Visit,
): Found {
  if (!organization) throw new Missing("organization", visit.key);
  if (organization.slug !== visit.key) throw new Moved(pathOf("organization", organization.slug));
  return organization;
}

async function said(visit: Visit, site: Site) {
  const variables = {
    slug: visit.key,
    filter: statementFilter(visit),
    after: visit.parameter("after"),
    facets: withFacets(visit),
  };
  const head = found(await visit.ask(SAID, variables), visit);
  const content = statementsPanel(visit, site, { document: SAID, variables }, head.statements);
  return { head, content, summary: `${countOf(head.statements, "statement")} on its behalf` };
}

async function met(visit: Visit, site: Site) {
  const variables = {
    slug: visit.key,
    filter: meetingFilter(visit),
    after: visit.parameter("after"),
    facets: withFacets(visit),
  };
  const head = found(await visit.ask(MET, variables), visit);
  const content = meetingsPanel(visit, site, { document: MET, variables }, head.meetings);
  return { head, content, summary: countOf(head.meetings, "meeting") };
}
