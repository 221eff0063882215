import { graphql } from "../graphql.js";
import { html, type Content, type Html } from "../html.js";
import { countOf, listOf, panel, type Site, tabOf, tabs } from "../layout.js";
import { countryLink, link, pathOfPair, personLink } from "../links.js";
import { MEETING, meetingList } from "../meetings.js";
import { Missing, Moved, type Page } from "../outcome.js";
import { statementsPanel } from "../panels.js";
import { STATEMENT, STATEMENTS, statementList } from "../statements.js";
import type { Visit } from "../visit.js";
import { STATEMENT_FACETS, statementFilter, withFacets } from "../narrowing.js";

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
    query MetWith($filter: MeetingFilter, $after: String) {
      meetings(filter: $filter, first: 20, after: $after) {
        totalCount
        nodes {
          ...MeetingParts
          statements(first: 3) {
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
      }
    }
  `,
  [MEETING, STATEMENT],
);

const SAID = graphql(
  `
    query SaidBetween($filter: StatementFilter, $after: String, $facets: Boolean!) {
      statements(filter: $filter, first: 20, after: $after) {
        ...StatementList
        ...StatementFacets @include(if: $facets)
      }
    }
  `,
  [STATEMENTS, STATEMENT_FACETS],
);

/** One of the two: a person or a country. */
interface Party {
  key: string;
  name: string;
  link: Html;
  isPerson: boolean;
}

/** Two people or countries: when they met and what was said there, what they said together, and to each other. */
export async function pair(visit: Visit, site: Site): Promise<Page> {
  const [one, other] = await parties(visit);
  const all = [
    ["met", "When they met"],
    ["together", "Said together"],
    ["to", `${one.name} to ${other.name}`],
    ["from", `${other.name} to ${one.name}`],
  ] as const;
  const tab = tabOf(visit, all);
  const show = {
    met: () => met(visit, site, [one, other]),
    together: () => said(visit, site, spokenByBoth([one, other])),
    to: () => said(visit, site, spokenTo(one, other)),
    from: () => said(visit, site, spokenTo(other, one)),
  }[tab];
  const { content, summary } = await show();
  const names = `${one.name} and ${other.name}`;
  return {
    title: `${names}: ${summary}`,
    description: `When ${names} met, what they said there, together and to each other.`,
    canonical: pathOfPair(one.key, other.key) + (tab === "met" ? "" : `?tab=${tab}`),
    main: html`<p class="kind">Two of the record</p>
<h1>${one.link} and ${other.link}</h1>
${tabs(visit, names, tab, all)}
${content}`,
  };
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

async function met(visit: Visit, site: Site, both: [Party, Party]) {
  const filter = {
    allPeople: both.filter(({ isPerson }) => isPerson).map(({ key }) => key),
    allParticipantCountries: both.filter(({ isPerson }) => !isPerson).map(({ key }) => key),
  };
  const variables = { filter: withoutEmpty(filter), after: visit.parameter("after") };
  const { meetings } = await visit.ask(MET, variables);
  const said = (index: number): Content => {
    const { slug, statements } = meetings!.nodes[index]!;
    const nodes = statements?.nodes ?? [];
    if (nodes.length === 0) return null;
    return html`${statementList(nodes, { at: slug })}${
      statements?.pageInfo.hasNextPage &&
      html`<p class="pages">${link("meeting", slug, "All that was said there →")}</p>`
    }`;
  };
  const content = panel(site, {
    id: "meetings",
    title: countOf(meetings, "meeting"),
    question: { document: MET, variables },
    content: listOf(visit, meetings, {
      rows: meetingList(meetings?.nodes, said),
      none: "No meeting of both is on record.",
    }),
  });
  return { content, summary: countOf(meetings, "meeting") };
}

async function said(visit: Visit, site: Site, between: object) {
  const variables = {
    filter: { ...statementFilter(visit), ...between },
    after: visit.parameter("after"),
    facets: withFacets(visit),
  };
  const { statements } = await visit.ask(SAID, variables);
  const content = statementsPanel(visit, site, { document: SAID, variables }, statements, {
    about: ["speaker"],
  });
  return { content, summary: countOf(statements, "statement") };
}

function spokenByBoth(both: [Party, Party]) {
  return withoutEmpty({
    allSpeakers: both.filter(({ isPerson }) => isPerson).map(({ key }) => key),
    allSpeakerCountries: both.filter(({ isPerson }) => !isPerson).map(({ key }) => key),
  });
}

function spokenTo(speaker: Party, addressee: Party) {
  return {
    [speaker.isPerson ? "speakers" : "speakerCountries"]: [speaker.key],
    [addressee.isPerson ? "addressees" : "addresseeCountries"]: [addressee.key],
  };
}

/** An empty list in a filter matches nothing. */
function withoutEmpty(filter: Record<string, string[]>): Record<string, string[]> {
  return Object.fromEntries(Object.entries(filter).filter(([, keys]) => keys.length > 0));
}
