import { graphql } from "../graphql.js";
import { html } from "../html.js";
import { countryLink, organizationLink, pathOf, personLink, placeLink } from "../links.js";
import { List } from "../lists.js";
import { pageOf } from "../paging.js";
import { capital, counted, words } from "../words.js";

/** Everyone, who takes part in the most meetings first. */
export const ALL_PEOPLE = new List({
  id: "people",
  document: graphql(`
    query AllPeople($first: Int = 20, $after: String, $counted: Boolean = true) {
      people(first: $first, after: $after, orderBy: MEETINGS_DESC) {
        totalCount @include(if: $counted)
        nodes {
          slug
          name
          statements(first: 0) {
            totalCount
          }
          meetings(first: 0) {
            totalCount
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  `),
  variables: pageOf,
  find: (data) => data.people,
  noun: ["person", "people"],
  none: "Nobody on record.",
  rows: (people) =>
    html`<ol class="people">${people.map(
      (one) =>
        html`<li><h3>${personLink(one)}</h3><p class="soft">${[
          counted(one.meetings?.totalCount ?? 0, "meeting"),
          counted(one.statements?.totalCount ?? 0, "statement"),
        ].join(" · ")}</p></li>`,
    )}</ol>`,
  columns: [
    ["Key", ({ slug }) => slug],
    ["Address", ({ slug }, at) => at(pathOf("person", slug))],
    ["Name", ({ name }) => name],
    ["Meetings", ({ meetings }) => meetings?.totalCount ?? null],
    ["Statements", ({ statements }) => statements?.totalCount ?? null],
  ],
});

/** The countries that any fact names, by name. */
export const ALL_COUNTRIES = new List({
  id: "countries",
  document: graphql(`
    query AllCountries($first: Int = 20, $after: String, $counted: Boolean = true) {
      countries(first: $first, after: $after) {
        totalCount @include(if: $counted)
        nodes {
          code
          name
          withdrawn
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  `),
  variables: pageOf,
  find: (data) => data.countries,
  noun: ["country", "countries"],
  none: "No countries on record.",
  rows: (countries) =>
    html`<ul class="people">${countries.map(
      (one) =>
        html`<li><h3>${countryLink(one)}</h3><p class="soft">${one.code}${one.withdrawn !== null && " · former country"}</p></li>`,
    )}</ul>`,
  columns: [
    ["Code", ({ code }) => code],
    ["Address", ({ code }, at) => at(pathOf("country", code))],
    ["Name", ({ name }) => name],
    ["Withdrawn", ({ withdrawn }) => withdrawn],
  ],
});

/** All places, by name. */
export const ALL_PLACES = new List({
  id: "places",
  document: graphql(`
    query AllPlaces($first: Int = 20, $after: String, $counted: Boolean = true) {
      places(first: $first, after: $after) {
        totalCount @include(if: $counted)
        nodes {
          slug
          name
          country {
            code
            name
          }
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  `),
  variables: pageOf,
  find: (data) => data.places,
  noun: ["place", "places"],
  none: "No places on record.",
  rows: (places) =>
    html`<ul class="people">${places.map(
      (one) =>
        html`<li><h3>${placeLink(one)}</h3>${one.country && html`<p class="soft">${countryLink(one.country)}</p>`}</li>`,
    )}</ul>`,
  columns: [
    ["Key", ({ slug }) => slug],
    ["Address", ({ slug }, at) => at(pathOf("place", slug))],
    ["Name", ({ name }) => name],
    ["Country today", ({ country }) => country?.name ?? ""],
  ],
});

/** All organizations, by name. */
export const ALL_ORGANIZATIONS = new List({
  id: "organizations",
  document: graphql(`
    query AllOrganizations($first: Int = 20, $after: String, $counted: Boolean = true) {
      organizations(first: $first, after: $after) {
        totalCount @include(if: $counted)
        nodes {
          slug
          name
          kind
        }
        pageInfo {
          hasNextPage
          endCursor
        }
      }
    }
  `),
  variables: pageOf,
  find: (data) => data.organizations,
  noun: ["organization", "organizations"],
  none: "No organizations on record.",
  rows: (organizations) =>
    html`<ul class="people">${organizations.map(
      (one) =>
        html`<li><h3>${organizationLink(one)}</h3>${one.kind && html`<p class="soft">${capital(words(one.kind))}</p>`}</li>`,
    )}</ul>`,
  columns: [
    ["Key", ({ slug }) => slug],
    ["Address", ({ slug }, at) => at(pathOf("organization", slug))],
    ["Name", ({ name }) => name],
    ["Kind", ({ kind }) => (kind ? words(kind) : "")],
  ],
});

/** All topics, by label: the service gives them as a whole. */
export const ALL_TOPICS = new List({
  id: "topics",
  document: graphql(`
    query AllTopics {
      topics {
        slug
        label
      }
    }
  `),
  variables: () => ({}),
  find: ({ topics }) => ({
    totalCount: topics.length,
    nodes: topics,
    pageInfo: { hasNextPage: false, endCursor: null },
  }),
  noun: ["topic", "topics"],
  none: "No topics on record.",
  rows: (topics) =>
    html`<ul class="people">${topics.map(
      ({ slug, label }) => html`<li><h3><a href="${pathOf("topic", slug)}">${label}</a></h3></li>`,
    )}</ul>`,
  columns: [
    ["Key", ({ slug }) => slug],
    ["Address", ({ slug }, at) => at(pathOf("topic", slug))],
    ["Label", ({ label }) => label],
  ],
});
