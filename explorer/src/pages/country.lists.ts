import { theCountry } from "../articles.js";
import { graphql } from "../graphql.js";
import { html, type Content } from "../html.js";
import { pathOf, personLink } from "../links.js";
import { List } from "../lists.js";
import { MEETINGS } from "../meetings.js";
import { MEETING_FACETS, STATEMENT_FACETS } from "../facets.js";
import { distinctTitles } from "../offices.js";
import { meetings, meetingVariables, statements, statementVariables } from "../panels.js";
import { pageOf } from "../paging.js";
import { MEETINGS_BY_YEAR, STATEMENTS_BY_YEAR } from "../pictures/by-year.js";
import { Pictures } from "../pictures/pictures.js";
import { STATEMENTS } from "../statements.js";
import { several, sideText } from "../tables.js";
import { capital, listed, time, words } from "../words.js";
import { codeOf, found, HEAD } from "./country.heading.js";

/** What was said on its behalf. */
export const SAID = statements({
  document: graphql(
    `
      query CountrySaid(
        $code: CountryCode!
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
        country(code: $code) {
          ...CountryHead
          statements(filter: $filter, first: $first, after: $after) {
            ...StatementList
            ...StatementFacets
          }
        }
      }
    `,
    [HEAD, STATEMENTS, STATEMENT_FACETS],
  ),
  variables: (visit) => ({ code: codeOf(visit), ...statementVariables(visit) }),
  find: (data, visit) => found(data, visit).statements,
});

/** The meetings in which it takes part. */
export const MET = meetings({
  document: graphql(
    `
      query CountryMet(
        $code: CountryCode!
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
        country(code: $code) {
          ...CountryHead
          meetings(filter: $filter, first: $first, after: $after) {
            ...MeetingList
            ...MeetingFacets
          }
        }
      }
    `,
    [HEAD, MEETINGS, MEETING_FACETS],
  ),
  variables: (visit) => ({ code: codeOf(visit), ...meetingVariables(visit) }),
  find: (data, visit) => found(data, visit).meetings,
  note: ({ country }) =>
    country &&
    html`<p class="soft">In these meetings ${theCountry(country.name)} takes part, wherever they are held: <a href="/meetings?country=${country.code}&facets=1">meetings held in ${theCountry(country.name)}</a>.</p>`,
});

/** Who spoke, met or held office for it. */
export const PEOPLE = new List({
  document: graphql(
    `
      query CountryPeople(
        $code: CountryCode!
        $first: Int = 20
        $after: String
        $counted: Boolean = true
      ) {
        country(code: $code) {
          ...CountryHead
          people(first: $first, after: $after) {
            totalCount @include(if: $counted)
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
  variables: (visit) => ({ code: codeOf(visit), ...pageOf(visit) }),
  find: (data, visit) => found(data, visit).people,
  id: "people",
  noun: ["person", "people"],
  columns: [
    ["Key", ({ slug }) => slug],
    ["Address", ({ slug }, at) => at(pathOf("person", slug))],
    ["Name", ({ name }) => name],
    ["Offices", ({ tenures }) => several([...new Set(tenures.map(({ title }) => title))])],
  ],
  none: "Nobody on record.",
  rows: (people) =>
    html`<ul class="people">${people.map(
      (one) =>
        html`<li><h3>${personLink(one)}</h3><p class="soft">${distinctTitles(
          one.tenures.map(({ title }) => title),
        )
          .slice(0, 3)
          .join(" · ")}</p></li>`,
    )}</ul>`,
});

/** What it is a party to. */
export const AGREEMENTS = new List({
  document: graphql(
    `
      query CountryAgreements(
        $code: CountryCode!
        $first: Int = 20
        $after: String
        $counted: Boolean = true
      ) {
        country(code: $code) {
          ...CountryHead
          agreements(first: $first, after: $after) {
            totalCount @include(if: $counted)
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
  variables: (visit) => ({ code: codeOf(visit), ...pageOf(visit) }),
  find: (data, visit) => found(data, visit).agreements,
  id: "agreements",
  noun: ["agreement", "agreements"],
  columns: [
    ["Title", ({ title }) => title],
    ["Kind", ({ kind }) => words(kind)],
    ["Date", ({ date }) => date],
    ["Parties", ({ parties }) => several(parties.map(sideText))],
  ],
  none: "No agreements on record.",
  rows: (agreements) =>
    html`<ul class="rows">${agreements.map(
      ({ title, kind, date, parties }): Content =>
        html`<li><h3>${title}</h3><p class="soft">${capital(words(kind))}${date && html`, ${time(date)}`}, between ${listed(parties.map(partyText))}</p></li>`,
    )}</ul>`,
});

function partyText({
  country,
  organization,
}: {
  country: { name: string } | null;
  organization: { name: string } | null;
}): string {
  return country ? theCountry(country.name) : sideText({ organization });
}

/** Pictures of what was said on its behalf, and of its meetings. */
export const PICTURES = new Pictures({
  document: graphql(
    `
      query CountryPictures($code: CountryCode!) {
        country(code: $code) {
          ...CountryHead
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
  variables: (visit) => ({ code: codeOf(visit) }),
  find(data, visit) {
    const country = found(data, visit);
    return { ...country, name: theCountry(country.name) };
  },
  said: (code) => ({ speakerCountries: [code] }),
  saidHow: "on behalf of",
  met: (code) => ({ participantCountries: [code] }),
  metHow: "with",
  offered: ["timeline", "years", "months", "map"],
});
