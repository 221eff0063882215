import { differences, PERSON_CLAIMS } from "../claims.js";
import { graphql } from "../graphql.js";
import { html, joined } from "../html.js";
import { type Site, tabOf, tabs } from "../layout.js";
import { countryLink, pathOf, pathOfPair, personLink } from "../links.js";
import { type Downloadable, List } from "../lists.js";
import { MEETINGS } from "../meetings.js";
import { MEETING_FACETS, STATEMENT_FACETS } from "../facets.js";
import type { Page } from "../outcome.js";
import { pageOfPeople } from "../paging.js";
import {
  meetings,
  meetingVariables,
  statements,
  statementVariables,
  toMeetings,
} from "../panels.js";
import { STATEMENTS } from "../statements.js";
import { several } from "../tables.js";
import type { Visit } from "../visit.js";
import { counted, time } from "../words.js";
import { found, HEAD, heading } from "./person.heading.js";
import { CHANGES } from "./person.history.js";
import { PICTURES } from "./person.pictures.js";
import { sources } from "./person.sources.js";

const SAID = statements({
  instead: toMeetings,
  document: graphql(
    `
      query PersonSaid(
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
        person(slug: $slug) {
          ...PersonHead
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

const MET_DOCUMENT = graphql(
  `
    query PersonMet(
      $slug: String!
      $filter: MeetingFilter
      $people: String
      $firstPeople: Int = 20
      $first: Int = 20
      $after: String
      $facets: Boolean!
      $inYear: Boolean = false
      $whole: Boolean = false
      $by: MeetingFacet! = PERSON
      $skip: Int = 0
      $counted: Boolean = true
      $more: Boolean = false
      $withPeople: Boolean = true
      $withMeetings: Boolean = true
    ) {
      person(slug: $slug) {
        slug
        name
        ...PersonHead @skip(if: $facets)
        counterparts(filter: $filter, first: $firstPeople, after: $people) @include(if: $withPeople) {
          totalCount @include(if: $counted)
          unknownSideCount @skip(if: $facets) @include(if: $counted)
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
        meetings(filter: $filter, first: $first, after: $after) @include(if: $withMeetings) {
          ...MeetingList
          ...MeetingFacets
        }
      }
    }
  `,
  [HEAD, MEETINGS, MEETING_FACETS],
);

const metVariables = (visit: Visit) => ({
  slug: visit.key,
  ...pageOfPeople(visit),
  ...meetingVariables(visit),
});

const PEOPLE = new List({
  id: "people",
  document: MET_DOCUMENT,
  variables: metVariables,
  find: (data, visit) => found(data, visit).counterparts,
  noun: ["person", "people"],
  title: (count) => `Met ${count} from the other side`,
  none: "Nobody on record.",
  rows: (people, { person }) => html`<ol class="people">
${people.map(
  ({ node, meetingCount, lastMet, countries }) =>
    html`<li><h3>${personLink(node)}</h3>
<p class="soft">${joined(countries.map(countryLink), ", ")}${countries.length > 0 && " · "}<a href="${pathOfPair(person!.slug, node.slug)}">${counted(meetingCount, "meeting")}</a>${lastMet !== null && html`, last ${time(lastMet)}`}</p></li>`,
)}
</ol>`,
  note({ person }) {
    const unknown = person?.counterparts?.unknownSideCount ?? 0;
    return [
      unknown > 0 &&
        html`<p class="soft">${counted(unknown, "more person", "more people")} took part in the same meetings, on a side that is not on record.</p>`,
      html`<p class="soft">Those whom a document only describes, by an office or a surname, are not listed here but on the page of each meeting.</p>`,
    ];
  },
  cursor: "people",
  columns: [
    ["Key", ({ node }) => node.slug],
    ["Address", ({ node }, at) => at(pathOf("person", node.slug))],
    ["Name", ({ node }) => node.name],
    ["Countries", ({ countries }) => several(countries.map(({ name }) => name))],
    ["Meetings", ({ meetingCount }) => meetingCount],
    ["Last met", ({ lastMet }) => lastMet],
  ],
  alone: { withMeetings: false },
});

const MEETINGS_OF = meetings({
  document: MET_DOCUMENT,
  variables: metVariables,
  find: (data, visit) => found(data, visit).meetings,
  alone: { withPeople: false },
});

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
  ["pictures", "Pictures"],
  ["sources", "Sources"],
  ["claims", "Where sources differ"],
  ["history", "History"],
] as const;

const LISTS = {
  said: [SAID],
  met: [PEOPLE, MEETINGS_OF],
  pictures: [],
  sources: [],
  claims: [],
  history: [CHANGES],
};

/** The lists of the tab. */
export function personLists(visit: Visit): readonly Downloadable[] {
  return LISTS[tabOf(visit, TABS)];
}

/** A person: names, offices, and what they said, whom they met, or the sources of all of this. */
export async function person(visit: Visit, site: Site): Promise<Page> {
  const tab = tabOf(visit, TABS);
  const show = { said, met, pictures, sources, claims, history }[tab];
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

async function said(visit: Visit, site: Site) {
  const { data, count, content } = await SAID.show(visit, site);
  return { head: found(data, visit), panels: content, summary: `what they said (${count})` };
}

async function met(visit: Visit, site: Site) {
  const data = await PEOPLE.ask(visit);
  const head = found(data, visit);
  const panels = html`${PEOPLE.panel(data, visit, site)}
${MEETINGS_OF.panel(data, visit, site)}`;
  return { head, panels, summary: `whom they met (${MEETINGS_OF.count(data, visit)})` };
}

async function pictures(visit: Visit, site: Site) {
  const { data, count, content } = await PICTURES.show(visit, site);
  return { head: found(data, visit), panels: content, summary: count };
}

async function claims(visit: Visit, site: Site) {
  const variables = { slug: visit.key };
  const head = found(await visit.ask(CLAIMS, variables), visit);
  const panels = differences(head, site, { document: CLAIMS, variables });
  return { head, panels, summary: "where sources differ" };
}

async function history(visit: Visit, site: Site) {
  const { data, content } = await CHANGES.show(visit, site);
  return { head: found(data, visit), panels: content, summary: "their history" };
}
