import { graphql } from "../graphql.js";
import { html, joined, type Content } from "../html.js";
import { countOf, facts, listOf, panel, type Site, tabOf, tabs } from "../layout.js";
import { pathOf, personLink, webLink } from "../links.js";
import { MEETINGS } from "../meetings.js";
import { MEETING_FACETS, meetingFilter } from "../narrowing.js";
import { STATEMENT_FACETS, statementFilter, withFacets } from "../narrowing.js";
import { Missing, Moved, type Page } from "../outcome.js";
import { meetingsPanel, statementsPanel } from "../panels.js";
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

const SAID = graphql(
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
);

const MET = graphql(
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
);

const PEOPLE = graphql(
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
);

const AGREEMENTS = graphql(
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
);

const TABS = [
  ["said", "Said on its behalf"],
  ["met", "Meetings"],
  ["people", "People"],
  ["agreements", "Agreements"],
] as const;

/** A country: what was said on its behalf, its meetings, who acts for it, or what it is a party to. */
export async function country(visit: Visit, site: Site): Promise<Page> {
  if (/^[a-z]{2}([a-z]{2})?$/.test(visit.key)) {
    throw new Moved(pathOf("country", visit.key.toUpperCase()));
  }
  if (!/^[A-Z]{2}([A-Z]{2})?$/.test(visit.key)) throw new Missing("country", visit.key);
  const tab = tabOf(visit, TABS);
  const { head, content, summary } = await { said, met, people, agreements }[tab](visit, site);
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

function found<Found>({ country }: { country: Found | null }, visit: Visit): Found {
  if (!country) throw new Missing("country", visit.key);
  return country;
}

async function said(visit: Visit, site: Site) {
  const variables = {
    code: visit.key,
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
    code: visit.key,
    filter: meetingFilter(visit),
    after: visit.parameter("after"),
    facets: withFacets(visit),
  };
  const head = found(await visit.ask(MET, variables), visit);
  const content = meetingsPanel(visit, site, { document: MET, variables }, head.meetings);
  return { head, content, summary: countOf(head.meetings, "meeting") };
}

async function people(visit: Visit, site: Site) {
  const variables = { code: visit.key, after: visit.parameter("after") };
  const head = found(await visit.ask(PEOPLE, variables), visit);
  const rows = html`<ul class="people">${head.people?.nodes.map(
    (one) =>
      html`<li><h3>${personLink(one)}</h3><p class="soft">${[...new Set(one.tenures.map(({ title }) => title))].slice(0, 3).join(" · ")}</p></li>`,
  )}</ul>`;
  const content = panel(site, {
    id: "people",
    title: countOf(head.people, "person", "people"),
    question: { document: PEOPLE, variables },
    content: listOf(visit, head.people, { rows, none: "Nobody on record." }),
  });
  return { head, content, summary: "who spoke, met or held office for it" };
}

async function agreements(visit: Visit, site: Site) {
  const variables = { code: visit.key, after: visit.parameter("after") };
  const head = found(await visit.ask(AGREEMENTS, variables), visit);
  const rows = html`<ul class="rows">${head.agreements?.nodes.map(
    ({ title, kind, date, parties }): Content =>
      html`<li><h3>${title}</h3><p class="soft">${capital(words(kind))}${date && html`, ${time(date)}`}, between ${parties
        .map((party) => (party.country ?? party.organization)?.name)
        .join(", ")}</p></li>`,
  )}</ul>`;
  const content = panel(site, {
    id: "agreements",
    title: countOf(head.agreements, "agreement"),
    question: { document: AGREEMENTS, variables },
    content: listOf(visit, head.agreements, { rows, none: "No agreements on record." }),
  });
  return { head, content, summary: countOf(head.agreements, "agreement") };
}
