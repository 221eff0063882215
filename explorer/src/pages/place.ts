import { graphql, type ResultOf } from "../graphql.js";
import { HISTORY, history, RECORDED, recorded } from "../history.js";
import { html } from "../html.js";
import { inOtherDatasets } from "../identifiers.js";
import { kindLink } from "../indexes.js";
import { facts, type Site } from "../layout.js";
import { countryLink, link, pathOf } from "../links.js";
import type { Downloadable } from "../lists.js";
import { MEETINGS } from "../meetings.js";
import { MEETING_FACETS, STATEMENT_FACETS } from "../facets.js";
import { Missing, Moved, type Page } from "../outcome.js";
import { pageOf } from "../paging.js";
import { meetings, meetingVariables, statements, statementVariables } from "../panels.js";
import { MEETINGS_BY_YEAR, STATEMENTS_BY_YEAR } from "../pictures/by-year.js";
import { Pictures } from "../pictures/pictures.js";
import { STATEMENTS } from "../statements.js";
import { countsOf, openOn, queryOf, tabOf, tabs } from "../tabs.js";
import type { Visit } from "../visit.js";

const HEAD = graphql(
  `
    fragment PlaceHead on Place {
      slug
      name
      country {
        code
        name
      }
      coordinates {
        latitude
        longitude
        document {
          key
          title
        }
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
      query PlaceSaid(
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
        place(slug: $slug) {
          ...PlaceHead
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
  about: ["place"],
});

const MET = meetings({
  document: graphql(
    `
      query PlaceMet(
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
        place(slug: $slug) {
          ...PlaceHead
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
  about: ["place"],
});

const CHANGES = history({
  document: graphql(
    `
      query PlaceHistory($slug: String!, $first: Int = 20, $after: String) {
        place(slug: $slug) {
          ...PlaceHead
          ...ItemHistory
        }
      }
    `,
    [HEAD, HISTORY],
  ),
  variables: (visit) => ({ slug: visit.key, ...pageOf(visit) }),
  find: (data, visit) => found(data, visit).history,
});

const PICTURES = new Pictures({
  document: graphql(
    `
      query PlacePictures($slug: String!) {
        place(slug: $slug) {
          ...PlaceHead
          statements(first: 0) {
            ...StatementsByYear
          }
          meetings(first: 0) {
            ...MeetingsByYear
          }
        }
      }
    `,
    [HEAD, STATEMENTS_BY_YEAR, MEETINGS_BY_YEAR],
  ),
  variables: (visit) => ({ slug: visit.key }),
  find: found,
  said: (slug) => ({ places: [slug] }),
  saidHow: "in",
  met: (slug) => ({ places: [slug] }),
  metHow: "in",
  offered: ["timeline", "years", "months"],
});

const TABS = [
  ["said", "Said there"],
  ["met", "Meetings there"],
  ["pictures", "Pictures"],
  ["history", "History"],
] as const;

const LISTS = { said: SAID, met: MET, history: CHANGES };

/** The list of the tab. */
export function placeLists(visit: Visit): readonly Downloadable[] {
  const tab = tabOf(visit, TABS);
  return tab === "pictures" ? [] : [LISTS[tab]];
}

type Head = ResultOf<typeof HEAD>;

/** A place: what was said there, or the meetings there. */
export async function place(visit: Visit, site: Site): Promise<Page> {
  const tab = tabOf(visit, TABS);
  const { data, count, content } = await { ...LISTS, pictures: PICTURES }[tab].show(visit, site);
  const head = found<Head>(data, visit);
  const counts = countsOf({ said: head.said, met: head.met });
  openOn(visit, TABS, counts);
  const summary = {
    said: `${count} made there`,
    met: `${count} there`,
    pictures: count,
    history: "its history",
  }[tab];
  const spellings = [...new Set(head.names?.map(({ text }) => text))].filter(
    (text) => text !== head.name,
  );
  const { coordinates } = head;
  return {
    title: `${head.name}: ${summary}`,
    description: `${head.name} on the diplomatic record: ${summary}, each with the passage that proves it.`,
    canonical: pathOf("place", head.slug) + queryOf(tab, TABS, counts),
    main: html`${kindLink("places", "Place")}
<h1>${head.name}</h1>
${facts([
  ["Country today", head.country && countryLink(head.country)],
  ["Also spelled", spellings.join(" · ")],
  [
    "Coordinates",
    coordinates &&
      html`${coordinates.latitude}, ${coordinates.longitude} by ${link("document", coordinates.document.key, coordinates.document.title ?? coordinates.document.key)}`,
  ],
  ["In other datasets", inOtherDatasets(head.identifiers)],
])}
${recorded(head)}
${tabs(visit, `About ${head.name}`, tab, TABS, counts)}
${content}`,
  };
}

function found<Found extends Head>({ place }: { place: Found | null }, visit: Visit): Found {
  if (!place) throw new Missing("place", visit.key);
  if (place.slug !== visit.key) throw new Moved(pathOf("place", place.slug));
  return place;
}
