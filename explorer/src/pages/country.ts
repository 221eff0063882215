import { graphql, type ResultOf } from "../graphql.js";
import { html, joined, type Content } from "../html.js";
import { facts, type Site, tabOf, tabs } from "../layout.js";
import { pathOf, personLink, webLink } from "../links.js";
import { List } from "../lists.js";
import { MEETINGS } from "../meetings.js";
import { MEETING_FACETS, STATEMENT_FACETS } from "../narrowing.js";
import { Missing, Moved, type Page } from "../outcome.js";
import { meetings, meetingVariables, statements, statementVariables } from "../panels.js";
import { STATEMENTS } from "../statements.js";
import type { Visit } from "../visit.js";
import { capital, time, words } from "../words.js";

const HEAD = graphql(`
  fragment CountryHead on Country {
    code
    name
    withdrawn
    identifiers {
      scheme
      value
      url
    }
  }
`);

const SAID = statements({
  document: graphql(
    `
      query CountrySaid(
        $code: CountryCode!
        $filter: StatementFilter
        $after: String
        $facets: Boolean!
      ) {
        country(code: $code) {
          ...CountryHead
          statements(filter: $filter, first: 20, after: $after) {
            ...StatementList
            ...StatementFacets @include(if: $facets)
          }
        }
      }
    `,
    [HEAD, STATEMENTS, STATEMENT_FACETS],
  ),
  variables: (visit) => ({ code: visit.key, ...statementVariables(visit) }),
  find: (data, visit) => found(data, visit).statements,
});

const MET = meetings({
  document: graphql(
    `
      query CountryMet(
        $code: CountryCode!
        $filter: MeetingFilter
        $after: String
        $facets: Boolean!
      ) {
        country(code: $code) {
          ...CountryHead
          meetings(filter: $filter, first: 20, after: $after) {
            ...MeetingList
            ...MeetingFacets @include(if: $facets)
          }
        }
      }
    `,
    [HEAD, MEETINGS, MEETING_FACETS],
  ),
  variables: (visit) => ({ code: visit.key, ...meetingVariables(visit) }),
  find: (data, visit) => found(data, visit).meetings,
});

const PEOPLE = new List({
  document: graphql(
    `
      query CountryPeople($code: CountryCode!, $after: String) {
        country(code: $code) {
          ...CountryHead
          people(first: 20, after: $after) {
            totalCount
            nodes {
              slug
              name
              tenures {
                title
              }
            }
            pageInfo {
              hasNextPage
              endCursor
            }
          }
        }
      }
    `,
    [HEAD],
  ),
  variables: (visit) => ({ code: visit.key, after: visit.parameter("after") }),
  find: (data, visit) => found(data, visit).people,
  id: "people",
  noun: ["person", "people"],
  none: "Nobody on record.",
  rows: (people) =>
    html`<ul class="people">${people.map(
      (one) =>
        html`<li><h3>${personLink(one)}</h3><p class="soft">${[...new Set(one.tenures.map(({ title }) => title))].slice(0, 3).join(" · ")}</p></li>`,
    )}</ul>`,
});

const AGREEMENTS = new List({
  document: graphql(
    `
      query CountryAgreements($code: CountryCode!, $after: String) {
        country(code: $code) {
          ...CountryHead
          agreements(first: 20, after: $after) {
            totalCount
            nodes {
              title
              kind
              date
              parties {
                country {
                  code
                  name
                }
                organization {
                  slug
                  name
                }
              }
            }
            pageInfo {
              hasNextPage
              endCursor
            }
          }
        }
      }
    `,
    [HEAD],
  ),
  variables: (visit) => ({ code: visit.key, after: visit.parameter("after") }),
  find: (data, visit) => found(data, visit).agreements,
  id: "agreements",
  noun: ["agreement", "agreements"],
  none: "No agreements on record.",
  rows: (agreements) =>
    html`<ul class="rows">${agreements.map(
      ({ title, kind, date, parties }): Content =>
        html`<li><h3>${title}</h3><p class="soft">${capital(words(kind))}${date && html`, ${time(date)}`}, between ${parties
          .map((party) => (party.country ?? party.organization)?.name)
          .join(", ")}</p></li>`,
    )}</ul>`,
});

const TABS = [
  ["said", "Said on its behalf"],
  ["met", "Meetings"],
  ["people", "People"],
  ["agreements", "Agreements"],
] as const;

const LISTS = { said: SAID, met: MET, people: PEOPLE, agreements: AGREEMENTS };

type Head = ResultOf<typeof HEAD>;

/** A country: what was said on its behalf, its meetings, who acts for it, or what it is a party to. */
export async function country(visit: Visit, site: Site): Promise<Page> {
  if (/^[a-z]{2}([a-z]{2})?$/.test(visit.key)) {
    throw new Moved(pathOf("country", visit.key.toUpperCase()));
  }
  if (!/^[A-Z]{2}([A-Z]{2})?$/.test(visit.key)) throw new Missing("country", visit.key);
  const tab = tabOf(visit, TABS);
  const { data, count, content } = await LISTS[tab].show(visit, site);
  const head = found<Head>(data, visit);
  const summary = {
    said: `${count} on its behalf`,
    met: count,
    people: "who spoke, met or held office for it",
    agreements: count,
  }[tab];
  return {
    title: `${head.name}: ${summary}`,
    description: `${head.name} on the diplomatic record: ${summary}, each with the passage that proves it.`,
    canonical: pathOf("country", head.code) + (tab === "said" ? "" : `?tab=${tab}`),
    main: html`<p class="kind">${head.withdrawn === null ? "Country" : "Former country"}</p>
<h1>${head.name}</h1>
${facts([
  ["Code", head.code],
  ["Withdrawn", head.withdrawn && time(head.withdrawn)],
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

function found<Found extends Head>({ country }: { country: Found | null }, visit: Visit): Found {
  if (!country) throw new Missing("country", visit.key);
  return country;
}
