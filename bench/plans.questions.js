"use strict";

/** Filters that few of the invented statements match. Person 4000 and place 150 are among the rare ones. */
const STATEMENT_FILTERS = [
  `ids: ["00000000-0000-4000-8000-000000000000"]`,
  `text: "w15000"`,
  `text: "w15000 or w15001"`,
  `text: "\\"w15000 fog\\""`,
  `speakers: ["person-4000"]`,
  `speakers: ["person-4000"], statedOnly: true`,
  `allSpeakers: ["person-1", "person-2"]`,
  `speakers: ["person-4000"], places: ["place-3"]`,
  `allSpeakerCountries: ["PN", "US"]`,
  `speakerCountries: ["FR"], date: { from: "2010-05-03", to: "2010-05-04" }`,
  `addressees: ["person-4000"]`,
  `meetings: ["meeting-77"]`,
  `within: ["meeting-70"]`,
  `places: ["place-150"]`,
  `places: ["place-150"], placeCountries: ["FR"]`,
  `topics: ["topic-40"], meetings: ["meeting-77", "meeting-78"]`,
  `speakerOrganizations: ["organization-3"]`,
  `addresseeOrganizations: ["organization-3"]`,
  `documents: ["document-7"]`,
  `reportedBy: "w15000"`,
  `date: { from: "2010-05-03", to: "2010-05-05" }`,
  `date: { from: "2024-08" }`,
];

const MEETING_FILTERS = [
  `slugs: ["meeting-77"]`,
  `text: "w15000"`,
  `people: ["person-4000"]`,
  `allPeople: ["person-1", "person-4000"]`,
  `organizations: ["organization-3"], date: { from: "2010" }`,
  `parents: ["meeting-70"]`,
  `documents: ["document-7"]`,
  `people: ["person-4000"], roles: [CHAIR]`,
  `within: ["meeting-70"]`,
  `places: ["place-150"]`,
  `date: { from: "2010-05-03", to: "2010-05-04" }`,
];

/** What these cost is bounded by what matches one of their values, or all of it: docs/scale.md. */
const BOUNDED_BY_MATCHES = [
  /^statements\((?:text|reportedBy|allSpeakers|allSpeakerCountries|within)/,
  /date:.*by POSITION$/,
];

const SELECTION = "first: 20) { nodes { __typename } }";

/** Every query whose plan is checked, with a name. */
function questions() {
  const of = (field, filters, order) =>
    filters.map((filter) => {
      const list = `${field}(filter: { ${filter} }, ${order ? `orderBy: ${order}, ` : ""}${SELECTION}`;
      return { name: `${field}(${filter})${order ? ` by ${order}` : ""}`, query: `{ ${list} }` };
    });
  const under = (parent, list) => ({
    name: `${parent} → ${list}`,
    query: `{ of: ${parent} { ${list.endsWith(")") ? list.slice(0, -1) + ", " : `${list}(`}${SELECTION} } }`,
  });
  return [
    ...["DATE_DESC", "DATE_ASC", "POSITION"].flatMap((order) =>
      of("statements", STATEMENT_FILTERS, order),
    ),
    ...of(
      "statements",
      STATEMENT_FILTERS.filter((filter) => filter.startsWith("text")),
      "RELEVANCE",
    ),
    ...["DATE_DESC", "DATE_ASC"].flatMap((order) => of("meetings", MEETING_FILTERS, order)),
    ...["organizations", "people", "places"].flatMap((list) =>
      of(list, [`identifiers: [{ scheme: "wikidata", value: "Q1" }]`]),
    ),
    ...of("sourceDocuments", [
      `keys: ["document-7"]`,
      `kinds: [JUDGEMENT]`,
      `publishers: ["Nobody"]`,
      `issuers: ["organization-3"]`,
      `languages: ["lo"]`,
      `text: "w15000"`,
      `date: { from: "2010-05-03", to: "2010-05-04" }`,
    ]),
    { name: "statements, no filter", query: `{ statements(${SELECTION} }` },
    { name: "meetings, no filter", query: `{ meetings(${SELECTION} }` },
    under(`person(slug: "person-4000")`, "statements"),
    under(`person(slug: "person-4000")`, `statements(filter: { places: ["place-3"] })`),
    under(`person(slug: "person-1")`, "meetings"),
    under(`person(slug: "person-4000")`, "counterparts"),
    under(`person(slug: "person-4000")`, "describedCounterparts"),
    under(`place(slug: "place-150")`, "statements"),
    under(`place(slug: "place-150")`, "meetings"),
    under(`meeting(slug: "meeting-77")`, "statements"),
    under(`meeting(slug: "meeting-70")`, "children"),
    under(`organization(slug: "organization-3")`, "statements"),
    under(`country(code: "AQ")`, "statements"),
  ].map(({ name, query }) => ({
    name,
    query: query.replaceAll("((", "("),
    isBoundedByMatches: BOUNDED_BY_MATCHES.some((pattern) => pattern.test(name)),
  }));
}

module.exports = { questions };
