"use strict";
// What makes each list expensive. A list field has variants: what is asked of it, the i-th time unlike the others, so
// that none is answered with another. Where it lists what belongs to a parent, the parents are those who have the most.

const COUNTRIES = "AQ BV HM TF GS IO PN SJ UM XK IN CN LA MY US FR".split(" ");

const strings = (values) => `[${values.map((value) => `"${value}"`).join()}]`;
const upTo = (count, name) => strings(Array.from({ length: count }, (_, i) => name(i)));
/** Another filter each time that leaves out nothing. */
const since = (i) => `date: { from: "${1000 + (i % 900)}" }`;
const alternatives = (i) => `text: "fog or herring or ice or penguin or pact or shore or w${i}"`;

/** Arguments of lists of statements that make them read much for little. */
const OF_STATEMENTS = {
  "all, by a date": (i) => since(i),
  "frequent words": (i) => alternatives(i),
  "two who seldom meet": (i) =>
    `speakers: ["person-${1 + (i % 40)}"], addressees: ["person-${2 + (i % 40)}"]`,
  "a frequent addressee": (i) => `addressees: ["person-${1 + (i % 40)}"], ${since(i)}`,
  "a frequent country and a rare topic": (i) =>
    `speakerCountries: ["${COUNTRIES[i % 4]}"], topics: ["topic-${40 - (i % 10)}"]`,
  "an organization that says nothing": (i) =>
    `speakerOrganizations: ["organization-${1 + (i % 20)}"]`,
  "three frequent countries": (i) =>
    `allSpeakerCountries: ${strings([0, 1, 2].map((n) => COUNTRIES[(i + n) % 6]))}`,
  "a hundred people": (i) => `speakers: ${upTo(100, (n) => `person-${1 + n + (i % 50)}`)}`,
  "every filter": (i) =>
    `speakers: ["person-1"], speakerCountries: ["AQ"], allSpeakers: ["person-1", "person-2"], allSpeakerCountries: ["AQ", "BV"],
     addressees: ["person-3"], addresseeCountries: ["AQ"], within: ["meeting-${i}0"], places: ["place-1"], placeCountries: ["AQ"],
     topics: ["topic-1"], ${alternatives(i)}, ${since(i)}`,
};

const OF_MEETINGS = {
  "all, by a date": (i) => since(i),
  "frequent words": (i) => alternatives(i),
  "two who seldom meet": (i) => `allPeople: ["person-${1 + (i % 40)}", "person-${2 + (i % 40)}"]`,
  "a frequent person": (i) => `people: ["person-${1 + (i % 40)}"], ${since(i)}`,
  "an organization": (i) => `organizations: ["organization-${1 + (i % 20)}"], ${since(i)}`,
  "three frequent countries": (i) =>
    `allParticipantCountries: ${strings([0, 1, 2].map((n) => COUNTRIES[(i + n) % 6]))}`,
  "a hundred people": (i) => `people: ${upTo(100, (n) => `person-${1 + n + (i % 50)}`)}`,
  "every filter": (i) =>
    `people: ["person-1"], allPeople: ["person-1", "person-2"], participantCountries: ["AQ"], allParticipantCountries: ["AQ", "BV"],
     organizations: ["organization-1"], within: ["meeting-${i}0"], places: ["place-1"], placeCountries: ["AQ"], ${alternatives(i)}, ${since(i)}`,
};

const OF_PEOPLE = {
  "frequent words": (i) => `text: "penguin or ${i}"`,
  "all countries": (i) => `countries: ${strings(COUNTRIES.slice(0, 1 + (i % 16)))}`,
  "an office on a day": (i) =>
    `office: "minister or keeper or envoy", heldOfficeOn: "${2000 + (i % 20)}"`,
};

const STATEMENT_ROWS = `{ text speakers { person { name } country { name } tenures { title } } addressees { person { name } }
  topics { label } meeting { title place { name } } sourceCount relations { kind } citations { start document { title } } }`;
const MEETING_ROWS = `{ title places { name } countries { name } agreements { title } citations { start document { title } } }`;

/** A field's variants: its rows, its count and its facets with each of the arguments. */
function listOf(field, filters, rows, facets, orders = []) {
  const arguments_ = Object.entries(filters);
  const filtered = (what, ask) =>
    Object.fromEntries(
      arguments_.map(([name, filter]) => [`${what}, ${name}`, (i) => ask(filter(i))]),
    );
  const row = filtered(
    "a row",
    (filter) => `${field}(first: 1, filter: { ${filter} }) { nodes { __typename } }`,
  );
  for (const order of orders) {
    Object.assign(
      row,
      filtered(
        `a row by ${order}`,
        (filter) =>
          `${field}(first: 1, orderBy: ${order}, filter: { ${filter} }) { nodes { __typename } }`,
      ),
    );
  }
  if (orders.length > 0) {
    row["a row by RELEVANCE"] = (i) =>
      `${field}(first: 1, orderBy: RELEVANCE, filter: { ${filters["frequent words"](i)} }) { nodes { __typename } }`;
  }
  const first = (i) => 100 - (i % 20);
  return {
    "": {
      ...row,
      "narrow rows": (i) => `${field}(first: ${first(i)}) { nodes { __typename } }`,
      "whole rows": (i) => `${field}(first: ${first(i)}) { nodes ${rows} }`,
    },
    count: filtered(
      "a count",
      (filter) => `${field}(first: 0, filter: { ${filter} }) { totalCount }`,
    ),
    ...(facets && {
      facets: Object.assign(
        {},
        ...facets.map((by) =>
          filtered(
            by,
            (filter) =>
              `${field}(first: 0, filter: { ${filter} }) { facets(by: ${by}, first: 1) { value } }`,
          ),
        ),
      ),
    }),
  };
}

const statements = listOf("statements", OF_STATEMENTS, STATEMENT_ROWS, ["SPEAKER"], ["POSITION"]);
const meetings = (field) =>
  listOf(field, OF_MEETINGS, MEETING_ROWS, ["PARTICIPANT_COUNTRY"], ["DATE_ASC"]);

/** Where the parents are found, so many of those who have the most; another time others, where there are. */
const PARENTS = {
  Person: (count) =>
    `people(first: ${count}, filter: { slugs: ${upTo(count, (i) => `person-${1 + i}`)} })`,
  Country: (count) =>
    `countries(first: ${count}, filter: { codes: ${strings(COUNTRIES.slice(0, count))} })`,
  Place: (count) =>
    `places(first: ${count}, filter: { slugs: ${upTo(count, (i) => `place-${1 + i}`)} })`,
  Meeting: (count, time) =>
    `meetings(first: ${count}, filter: { slugs: ${upTo(count, (i) => `meeting-${10 * (100 * time + i)}`)} })`,
  SourceDocument: (count) => `sourceDocuments(first: ${count})`,
};
const MOST_PARENTS = { Person: 100, Country: 16, Place: 100, Meeting: 100, SourceDocument: 100 };

const simple = (rows, count, more = {}) => ({
  "": { "whole rows": rows, ...more },
  ...(count && { count: { all: count } }),
});

/** The lists, by type and field; `Query` is the root. */
const LISTS = {
  Query: {
    statements,
    meetings: meetings("meetings"),
    people: listOf(
      "people",
      OF_PEOPLE,
      "{ name otherNames tenures { title citations { start } } }",
    ),
    places: listOf(
      "places",
      {
        "frequent words": (i) => `text: "iceburg or ${i}"`,
        countries: (i) => `countries: ${strings(COUNTRIES.slice(0, 1 + (i % 16)))}`,
      },
      "{ name country { name } }",
    ),
    countries: listOf(
      "countries",
      {
        words: (i) => `text: "an* or ${i}"`,
        codes: (i) => `codes: ${strings(COUNTRIES.slice(0, 1 + (i % 16)))}`,
      },
      '{ name localizedName(language: "fr") }',
    ),
    agreements: listOf(
      "agreements",
      {
        "all, by a date": since,
        "a party": (i) => `parties: ["${COUNTRIES[i % 16]}"], ${since(i)}`,
        "three parties": (i) => `allParties: ["AQ", "BV", "HM"], ${since(i)}`,
      },
      "{ title parties { country { name } } citations { start } }",
    ),
    sourceDocuments: simple(
      (i) => `sourceDocuments(first: ${100 - (i % 20)}) { nodes { title } }`,
      () => "sourceDocuments(first: 0) { totalCount }",
    ),
    topics: simple(() => "topics { label }"),
    searchRecord: simple(
      (i) => `searchRecord(query: "w${i} fog penguin", first: 100) { nodes { __typename } }`,
      (i) => `searchRecord(query: "fog or herring or ${i}", first: 0) { totalCount }`,
      {
        "frequent words": (i) =>
          `searchRecord(query: "fog or herring or ice or ${i}", first: 1) { nodes { __typename } }`,
        "a misspelt name": (i) =>
          `searchRecord(query: "pengiun councle ${i}", first: 1) { nodes { __typename } }`,
        "a misspelt title": (i) =>
          `searchRecord(query: "tlaks about hering ${i}", first: 1) { nodes { __typename } }`,
      },
    ),
  },
  Person: {
    statements,
    meetings: meetings("meetings"),
    counterparts: listOf("counterparts", OF_MEETINGS, "{ name otherNames }"),
    tenures: simple(
      (i) =>
        `tenures(on: "${2000 + (i % 20)}") { title country { name } citations { start document { title } } }`,
    ),
  },
  Country: {
    statements,
    meetings: meetings("meetings"),
    people: listOf("people", OF_PEOPLE, "{ name otherNames tenures { title } }"),
    agreements: listOf(
      "agreements",
      { "all, by a date": since },
      "{ title parties { country { name } } }",
    ),
  },
  Place: { statements, meetings: meetings("meetings") },
  Meeting: {
    statements,
    children: meetings("children"),
    participations: simple(
      (i) =>
        `participations(first: ${3 + (i % 2)}) { nodes { person { name } country { name } tenures { title } citations { start } } }`,
      () => "participations(first: 0) { totalCount }",
    ),
    countries: simple(() => "countries { name }"),
    agreements: simple(() => "agreements { title }"),
  },
  SourceDocument: { statements, meetings: meetings("meetings") },
};

/** Everything that is measured: a name, and for each variant the question of about so much. */
function fields() {
  const all = [];
  for (const [type, lists] of Object.entries(LISTS)) {
    for (const [field, parts] of Object.entries(lists)) {
      for (const [part, variants] of Object.entries(parts)) {
        all.push({ name: `${type}.${field}${part && ` ${part}`}`, variants, ask: askerOf(type) });
      }
    }
  }
  all.push({
    name: "Query._entities",
    variants: { people: () => `Person", slug: "person-`, statements: null },
    ask: (_, count) =>
      `{ _entities(representations: [${Array.from({ length: Math.min(count, 300) }, (_, i) => `{ __typename: "Person", slug: "person-${1 + i}" }`).join()}]) { ... on Person { name tenures { title } } } }`,
  });
  delete all.at(-1).variants.statements;
  return all;
}

/** Puts so many of a variant's lists into one question, as many as it may have. */
function askerOf(type) {
  const aliased = (variant, count, from = 0) =>
    Array.from({ length: count }, (_, i) => `f${from + i}: ${variant(from + i)}`).join(" ");
  if (type === "Query") return (variant, count) => `{ ${aliased(variant, Math.min(count, 190))} }`;
  return (variant, count) => {
    const parents = Math.min(count, MOST_PARENTS[type]);
    const times = Math.min(Math.max(1, Math.round(count / parents)), 190);
    const lists = Array.from(
      { length: times },
      (_, time) => `p${time}: ${PARENTS[type](parents, time)} { nodes { ${variant(time)} } }`,
    );
    return `{ ${lists.join(" ")} }`;
  };
}

/** Lists that docs/scale.md tells of: what they read is more than any weight may say that ordinary questions bear. */
const TOLD = [/^\w+\.statements facets$/];

module.exports = { fields, TOLD };
