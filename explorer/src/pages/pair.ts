import { graphql, type ResultOf } from "../graphql.js";
import { html, type Content } from "../html.js";
import { type Site } from "../layout.js";
import { link, pathOfPair } from "../links.js";
import type { Downloadable } from "../lists.js";
import { MEETING, meetingList, MORE_OF_MEETING } from "../meetings.js";
import { MEETING_FACETS, STATEMENT_FACETS } from "../facets.js";
import { meetingFilter, statementFilter } from "../narrowing.js";
import type { Page } from "../outcome.js";
import { meetings, meetingVariables, statements, statementVariables } from "../panels.js";
import { STATEMENT, STATEMENTS, statementList } from "../statements.js";
import { tabOf, tabs } from "../tabs.js";
import type { Visit } from "../visit.js";
import { countries, kindOf, parties, type Party, people } from "./pair.parties.js";

const MET = graphql(
  `
    query MetWith(
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
        totalCount @include(if: $counted)
        nodes {
          ...MeetingParts
          ...MeetingMore @include(if: $more)
          countries @include(if: $more) {
            code
            name
          }
          statements(first: 3) @skip(if: $more) {
            nodes {
              ...StatementParts
            }
            pageInfo {
              hasNextPage
            }
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
        ...MeetingFacets
      }
    }
  `,
  [MEETING, MORE_OF_MEETING, STATEMENT, MEETING_FACETS],
);

const SAID = graphql(
  `
    query SaidBetween(
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
);

type MetWith = NonNullable<ResultOf<typeof MET>["meetings"]>["nodes"][number];

/** Two people or countries: the meetings of both and what was said there, what they said together, and to each other. */
export async function pair(visit: Visit, site: Site): Promise<Page> {
  const [one, other] = await parties(visit);
  const all = tabsOf(one, other);
  const tab = tabOf(visit, all);
  const { content, count } = await listsOf(one, other)[tab].show(visit, site);
  const names = `${one.name} and ${other.name}`;
  return {
    title: `${names}: ${count}`,
    description: `Meetings that ${one.inText} and ${other.inText} both took part in, what was said there, together and to each other.`,
    canonical: pathOfPair(one.key, other.key) + (tab === "met" ? "" : `?tab=${tab}`),
    main: html`<p class="kind">${kindOf(one, other)}</p>
<h1>${one.link} and ${other.link}</h1>
${tabs(visit, names, tab, all)}
${content}`,
  };
}

const tabsOf = (one: Party, other: Party) =>
  [
    ["met", "Both took part"],
    ["together", "Said together"],
    ["to", `${one.name} to ${other.inText}`],
    ["from", `${other.name} to ${one.inText}`],
  ] as const;

/** The list of the tab. */
export async function pairLists(visit: Visit): Promise<readonly Downloadable[]> {
  const [one, other] = await parties(visit);
  return [listsOf(one, other)[tabOf(visit, tabsOf(one, other))]];
}

/** The list of each tab. */
function listsOf(one: Party, other: Party) {
  const both = [one, other];
  return {
    met: metBy(both, { allPeople: people(both), allParticipantCountries: countries(both) }),
    together: said(both, { allSpeakers: people(both), allSpeakerCountries: countries(both) }),
    to: said(both, spoken(one, other)),
    from: said(both, spoken(other, one)),
  };
}

/**
 * Whether a list of the two is counted. What countries have in common is searched for in all that one of them has, so that is not done
 * twice for a page: its first rows are all there are, or there are more. With the counts to narrow it by, the list is counted with these.
 */
function counting(parties: readonly Party[], { facets, whole = false }: Faceting) {
  return { counted: facets || whole || parties.every(({ isPerson }) => isPerson) };
}

interface Faceting {
  facets: boolean;
  whole?: boolean;
}

function metBy(parties: readonly Party[], filter: object) {
  return meetings({
    document: MET,
    variables: (visit) => {
      const asked = meetingVariables(visit);
      const filtered = { ...meetingFilter(visit), ...filter };
      return { ...asked, ...counting(parties, asked), filter: filtered };
    },
    find: (data) => data.meetings,
    none: "No meeting of both is on record.",
    rows: (rows) => meetingList(rows, saidAt),
  });
}

function saidAt({ slug, statements }: MetWith): Content {
  if (!statements || statements.nodes.length === 0) return null;
  return html`${statementList(statements.nodes, { at: slug })}${
    statements.pageInfo.hasNextPage &&
    html`<p class="pages">${link("meeting", slug, "All that was said there →")}</p>`
  }`;
}

function said(parties: readonly Party[], between: object) {
  return statements({
    document: SAID,
    variables: (visit) => {
      const asked = statementVariables(visit);
      const filtered = { ...statementFilter(visit), ...between };
      return { ...asked, ...counting(parties, asked), filter: filtered };
    },
    find: (data) => data.statements,
    about: ["speaker"],
  });
}

/** What the one said to the other. */
function spoken(speaker: Party, addressee: Party) {
  return {
    speakers: people([speaker]),
    speakerCountries: countries([speaker]),
    addressees: people([addressee]),
    addresseeCountries: countries([addressee]),
  };
}
