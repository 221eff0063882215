import { graphql, type ResultOf } from "../graphql.js";
import { html, type Content, type Html } from "../html.js";
import { type Site } from "../layout.js";
import { countryLink, link, pathOfPair, personLink } from "../links.js";
import type { Downloadable } from "../lists.js";
import { MEETING, meetingList, MORE_OF_MEETING } from "../meetings.js";
import { MEETING_FACETS, STATEMENT_FACETS } from "../facets.js";
import { meetingFilter, statementFilter } from "../narrowing.js";
import { Missing, Moved, type Page } from "../outcome.js";
import { meetings, meetingVariables, statements, statementVariables } from "../panels.js";
import { STATEMENT, STATEMENTS, statementList } from "../statements.js";
import { tabOf, tabs } from "../tabs.js";
import type { Visit } from "../visit.js";

const PARTIES = graphql(`
  query Parties(
    $people: Int!
    $slugs: [String!]!
    $countries: Int!
    $codes: [CountryCode!]!
  ) {
    people(first: $people, filter: { slugs: $slugs }) {
      nodes {
        slug
        name
      }
    }
    countries(first: $countries, filter: { codes: $codes }) {
      nodes {
        code
        name
      }
    }
  }
`);

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

/** One of the two: a person or a country. */
interface Party {
  key: string;
  name: string;
  link: Html;
  isPerson: boolean;
}

/** Two people or countries: the meetings of both and what was said there, what they said together, and to each other. */
export async function pair(visit: Visit, site: Site): Promise<Page> {
  const [one, other] = await parties(visit);
  const all = tabsOf(one, other);
  const tab = tabOf(visit, all);
  const { content, count } = await listsOf(one, other)[tab].show(visit, site);
  const names = `${one.name} and ${other.name}`;
  return {
    title: `${names}: ${count}`,
    description: `Meetings that ${names} both took part in, what was said there, together and to each other.`,
    canonical: pathOfPair(one.key, other.key) + (tab === "met" ? "" : `?tab=${tab}`),
    main: html`<p class="kind">${kindOf(one, other)}</p>
<h1>${one.link} and ${other.link}</h1>
${tabs(visit, names, tab, all)}
${content}`,
  };
}

/** What the two are, such as `Two people`. */
function kindOf(one: Party, other: Party): string {
  if (one.isPerson !== other.isPerson) return "A person and a country";
  return one.isPerson ? "Two people" : "Two countries";
}

const tabsOf = (one: Party, other: Party) =>
  [
    ["met", "Both took part"],
    ["together", "Said together"],
    ["to", `${one.name} to ${other.name}`],
    ["from", `${other.name} to ${one.name}`],
  ] as const;

/** The list of the tab. */
export async function pairLists(visit: Visit): Promise<readonly Downloadable[]> {
  const [one, other] = await parties(visit);
  return [listsOf(one, other)[tabOf(visit, tabsOf(one, other))]];
}

const IS_CODE = /^[A-Z]{2}([A-Z]{2})?$/;

/** Reads who the two are, in the order of the address. */
async function parties(visit: Visit): Promise<[Party, Party]> {
  const keys = visit.key.split("/");
  const [one, other] = keys;
  if (keys.length !== 2 || !one || !other || one === other) throw new Missing("pair", visit.key);
  const codes = keys.filter((key) => IS_CODE.test(key));
  const slugs = keys.filter((key) => !IS_CODE.test(key));
  const variables = { slugs, people: slugs.length, codes, countries: codes.length };
  const { people, countries } = await visit.ask(PARTIES, variables);
  const found = new Map<string, Party>();
  for (const { slug, name } of people?.nodes ?? []) {
    found.set(slug, { key: slug, name, link: personLink({ slug, name }), isPerson: true });
  }
  for (const { code, name } of countries?.nodes ?? []) {
    found.set(code, { key: code, name, link: countryLink({ code, name }), isPerson: false });
  }
  const [first, second] = [found.get(one), found.get(other)];
  if (first && second) return [first, second];
  return moved(visit, one, other, [...found.values()]);
}

/** Where one was asked for by a former slug: the list shows who answers to it. */
function moved(visit: Visit, one: string, other: string, found: Party[]): never {
  const rest = found.filter(({ key }) => key !== one && key !== other);
  if (rest.length !== 1 || found.length !== 2) throw new Missing("pair", visit.key);
  const known = found.find(({ key }) => key === one || key === other)!;
  const [replaced] = rest;
  throw new Moved(
    known.key === one ? pathOfPair(one, replaced!.key) : pathOfPair(replaced!.key, other),
  );
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

/** The slugs of those who are people; nothing if none is, as an empty list in a filter matches nothing. */
function people(parties: readonly Party[]): string[] | undefined {
  const found = parties.filter(({ isPerson }) => isPerson);
  return found.length > 0 ? found.map(({ key }) => key) : undefined;
}

/** The codes of those that are countries; nothing if none is. */
function countries(parties: readonly Party[]): string[] | undefined {
  const found = parties.filter(({ isPerson }) => !isPerson);
  return found.length > 0 ? found.map(({ key }) => key) : undefined;
}
