import { COUNT, type Counted } from "./counts.js";
import { graphql } from "./graphql.js";
import { html, type Content } from "./html.js";
import { type Kind, pathOf } from "./links.js";
import type { Visit } from "./visit.js";

const BY_STATEMENTS = graphql(
  `
    query WaysIn {
      people(first: 12, orderBy: STATEMENTS_DESC) {
        nodes {
          slug
          name
          counted: statements(first: 0) {
            totalCount
          }
        }
      }
      meetings(first: 0) {
        totalCount
      }
      statements(first: 0) {
        totalCount
        countries: facets(by: SPEAKER_COUNTRY, first: 12) {
          ...Count
        }
        places: facets(by: PLACE, first: 12) {
          ...Count
        }
        topics: facets(by: TOPIC, first: 12) {
          ...Count
        }
        years: facets(by: YEAR, first: 24) {
          ...Count
        }
      }
    }
  `,
  [COUNT],
);

/** For a record of meetings, of few of which it is known what was said. */
const BY_MEETINGS = graphql(
  `
    query WaysInByMeetings {
      people(first: 12, orderBy: MEETINGS_DESC) {
        nodes {
          slug
          name
          counted: meetings(first: 0) {
            totalCount
          }
        }
      }
      meetings(first: 0) {
        countries: facets(by: PARTICIPANT_COUNTRY, first: 12) {
          ...Count
        }
        places: facets(by: PLACE, first: 12) {
          ...Count
        }
        years: facets(by: YEAR, first: 24) {
          ...Count
        }
      }
    }
  `,
  [COUNT],
);

/** From this ratio of meetings to statements on, links by statements would lead to next to nothing of a record. */
const MANY_MEETINGS = 10;

/** The number of years that are read; those with less are left out. */
const MOST_YEARS = 24;

/** Somebody with how much they said, or how often they met; null if that could not be counted. */
interface Person {
  slug: string;
  name: string;
  counted: { totalCount: number | null } | null;
}

/** What most statements or meetings are of. */
interface Ways {
  people: readonly Person[] | undefined;
  lists: {
    countries: readonly Counted[] | null;
    places: readonly Counted[] | null;
    topics?: readonly Counted[] | null;
    years: readonly Counted[] | null;
  } | null;
}

/** Links into the record for its start page: who spoke or met most, for which countries, where, about what, and when. */
export async function waysIn(visit: Visit): Promise<Content> {
  const { people, statements, meetings } = await visit.ask(BY_STATEMENTS, {});
  const [said, held] = [statements?.totalCount ?? 0, meetings?.totalCount ?? 0];
  if (held <= MANY_MEETINGS * said) {
    // Of a record of few statements, most people have none.
    const speakers = people?.nodes.filter(({ counted }) => counted?.totalCount !== 0);
    const ways = { people: speakers, lists: statements };
    return waysOf(ways, "People who said most", "");
  }
  const met = await visit.ask(BY_MEETINGS, {});
  return waysOf(
    { people: met.people?.nodes, lists: met.meetings },
    "People who met most",
    "?tab=met",
  );
}

/** `tab`: the tab of each page that has what is counted. */
function waysOf({ people, lists }: Ways, title: string, tab: string): Content {
  const years = lists?.years?.toSorted((a, b) => (a.value < b.value ? 1 : -1));
  const to = (kind: Kind, key: string, name: string) =>
    html`<a href="${pathOf(kind, key)}${tab}">${name}</a>`;
  const withCount = (link: Content, count: number) =>
    html`${link} <span class="much">${count.toLocaleString("en")}</span>`;
  const counted = (kind: Kind, values: readonly Counted[] | null | undefined) =>
    values?.map(({ value, label, count }) => withCount(to(kind, value, label), count));
  return [
    group(
      title,
      people?.map(({ slug, name, counted }) => {
        const link = to("person", slug, name);
        const count = counted?.totalCount ?? null;
        return count === null ? link : withCount(link, count);
      }),
    ),
    group("Countries", counted("country", lists?.countries)),
    group("Places", counted("place", lists?.places)),
    group("Topics", counted("topic", lists?.topics)),
    group(years?.length === MOST_YEARS ? "Years with the most" : "Years", counted("date", years)),
  ];
}

function group(title: string, links: readonly Content[] | undefined): Content {
  if (!links || links.length === 0) return null;
  return html`<section class="way"><h3>${title}</h3>
<ul>${links.map((one) => html`<li>${one}</li>`)}</ul></section>`;
}
