import { graphql, type ResultOf } from "../graphql.js";
import { HISTORY, history, RECORDED, recorded } from "../history.js";
import { html } from "../html.js";
import { inOtherDatasets } from "../identifiers.js";
import { kindLink } from "../indexes.js";
import { facts, type Site } from "../layout.js";
import { countryLink, organizationLink, pathOf } from "../links.js";
import type { Downloadable } from "../lists.js";
import { MEETINGS } from "../meetings.js";
import { MEETING_FACETS, STATEMENT_FACETS } from "../facets.js";
import { Missing, Moved, type Page } from "../outcome.js";
import { pageOf } from "../paging.js";
import { meetings, meetingVariables, statements, statementVariables } from "../panels.js";
import { STATEMENTS } from "../statements.js";
import { countsOf, openOn, queryOf, tabOf, tabs } from "../tabs.js";
import type { Visit } from "../visit.js";
import { capital, words } from "../words.js";

const HEAD = graphql(
  `
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
      said: statements(first: 0) {
        totalCount
      }
      met: meetings(first: 0) {
        totalCount
      }
      ...Recorded
    }
  `,
  [RECORDED],
);

const SAID = statements({
  document: graphql(
    `
      query OrganizationSaid(
        $slug: String!
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
        organization(slug: $slug) {
          ...OrganizationHead
          statements(filter: $filter, first: $first, after: $after) {
            ...StatementList
            ...StatementFacets
          }
        }
      }
    `,
    [HEAD, STATEMENTS, STATEMENT_FACETS],
  ),
  variables: (visit) => ({ slug: visit.key, ...statementVariables(visit) }),
  find: (data, visit) => found(data, visit).statements,
});

const MET = meetings({
  document: graphql(
    `
      query OrganizationMet(
        $slug: String!
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
        organization(slug: $slug) {
          ...OrganizationHead
          meetings(filter: $filter, first: $first, after: $after) {
            ...MeetingList
            ...MeetingFacets
          }
        }
      }
    `,
    [HEAD, MEETINGS, MEETING_FACETS],
  ),
  variables: (visit) => ({ slug: visit.key, ...meetingVariables(visit) }),
  find: (data, visit) => found(data, visit).meetings,
});

const CHANGES = history({
  document: graphql(
    `
      query OrganizationHistory($slug: String!, $first: Int = 20, $after: String) {
        organization(slug: $slug) {
          ...OrganizationHead
          ...ItemHistory
        }
      }
    `,
    [HEAD, HISTORY],
  ),
  variables: (visit) => ({ slug: visit.key, ...pageOf(visit) }),
  find: (data, visit) => found(data, visit).history,
});

const TABS = [
  ["said", "Said on its behalf"],
  ["met", "Meetings"],
  ["history", "History"],
] as const;

const LISTS = { said: SAID, met: MET, history: CHANGES };

/** The list of the tab. */
export function organizationLists(visit: Visit): readonly Downloadable[] {
  return [LISTS[tabOf(visit, TABS)]];
}

type Head = ResultOf<typeof HEAD>;

/** An organization: what was said on its behalf, or the meetings that it takes part in or convenes. */
export async function organization(visit: Visit, site: Site): Promise<Page> {
  const tab = tabOf(visit, TABS);
  const { data, count, content } = await LISTS[tab].show(visit, site);
  const head = found<Head>(data, visit);
  const counts = countsOf({ said: head.said, met: head.met });
  openOn(visit, TABS, counts);
  const summary = { said: `${count} on its behalf`, met: count, history: "its history" }[tab];
  const spellings = [...new Set(head.names?.map(({ text }) => text))].filter(
    (text) => text !== head.name,
  );
  return {
    title: `${head.name}: ${summary}`,
    description: `${head.name} on the diplomatic record: ${summary}, each with the passage that proves it.`,
    canonical: pathOf("organization", head.slug) + queryOf(tab, TABS, counts),
    main: html`${kindLink("organizations", "Organization")}
<h1>${head.name}</h1>
${facts([
  ["Kind", head.kind && capital(words(head.kind))],
  ["Of", head.country && countryLink(head.country)],
  ["Part of", head.parent && organizationLink(head.parent)],
  ["Also called", spellings.join(" · ")],
  ["In other datasets", inOtherDatasets(head.identifiers)],
])}
${recorded(head)}
${tabs(visit, `About ${head.name}`, tab, TABS, counts)}
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
