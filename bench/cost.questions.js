"use strict";
// What makes each list expensive. A list field has variants, and the one that takes most counts. Where it lists what belongs
// to a parent, the parents are those who have the most (world.sql), or as many as assumed (cost.world.sql).

const { createHash } = require("node:crypto");
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const { buildSchema, isLeafType, getNamedType, isRequiredArgument } = require("graphql");
const {
  COUNTRIES,
  OF_AGREEMENTS,
  OF_COUNTRIES,
  OF_DOCUMENTS,
  OF_MEETINGS,
  OF_ORGANIZATIONS,
  OF_PEOPLE,
  OF_PLACES,
  OF_STATEMENTS,
} = require("./cost.filters.js");

const schema = buildSchema(readFileSync(join(__dirname, "..", "schema.api.graphql"), "utf8"), {
  assumeValid: true,
});

/** All scalars of a type, which cost nothing beside its object. */
function scalarsOf(type) {
  return Object.values(schema.getType(type).getFields())
    .filter(({ type, args }) => isLeafType(getNamedType(type)) && !args.some(isRequiredArgument))
    .map(({ name }) => name)
    .join(" ");
}

/** A selection of them. */
const allOf = (type) => `{ ${scalarsOf(type)} }`;

const STATEMENT_ROWS = `{ text speakers { person { name } country { name } tenures { title } } addressees { person { name } }
  topics { label } meeting { title place { name } } sourceCount relations { kind } citations { start document { title } } }`;
const MEETING_ROWS = `{ title places { name } countries { name } agreements { title } citations { start document { title } } }`;

/** The rows of a connection, the i-th time others: by a date where there is such a filter, else by their number. */
function rowsOf(field, type, rows, isDated) {
  const page = (i) =>
    isDated
      ? `${field}(first: 100, filter: { date: { from: "${1000 + (i % 900)}" } })`
      : `${field}(first: ${100 - (i % 95)})`;
  return {
    "narrow rows": (i) => `${page(i)} { nodes { __typename } }`,
    "all scalars": (i) => `${page(i)} { nodes ${allOf(type)} }`,
    ...(rows && { "whole rows": (i) => `${page(i)} { nodes ${rows} }` }),
  };
}

/** A connection's variants: its rows, its count and its facet with each of the filters. */
function listOf(field, type, filters, { rows, facet, order } = {}) {
  const filtered = (what, ask) =>
    Object.fromEntries(
      Object.entries(filters).map(([name, filter]) => [`${what}, ${name}`, (i) => ask(filter(i))]),
    );
  const row = (by, filter) =>
    `${field}(first: 1${by}, filter: { ${filter} }) { nodes { __typename } }`;
  const none = (filter, what) => `${field}(first: 0, filter: { ${filter} }) { ${what} }`;
  return {
    ...filtered("a row", (filter) => row("", filter)),
    ...(order && {
      ...filtered(`a row by ${order}`, (filter) => row(`, orderBy: ${order}`, filter)),
      "a row by RELEVANCE": (i) => row(", orderBy: RELEVANCE", filters["frequent words"](i)),
    }),
    ...rowsOf(field, type, rows, Boolean(facet)),
    ...filtered("a count", (filter) => none(filter, "totalCount")),
    ...(facet &&
      filtered(`a facet by ${facet}`, (filter) =>
        none(filter, `facets(by: ${facet}, first: 1) { value }`),
      )),
  };
}

const statements = listOf("statements", "Statement", OF_STATEMENTS, {
  rows: STATEMENT_ROWS,
  facet: "SPEAKER",
  order: "POSITION",
});
const meetingsAs = (field) =>
  listOf(field, "Meeting", OF_MEETINGS, {
    rows: MEETING_ROWS,
    facet: "PARTICIPANT_COUNTRY",
    order: "DATE_ASC",
  });
const meetings = meetingsAs("meetings");

/** A list without pages, or the rows of one with them. */
const scalars = (ask) => ({ "all scalars": ask });
const plain = (field, type) => scalars(() => `${field} ${allOf(type)}`);
const identifiers = plain("identifiers", "ExternalIdentifier");
const citations = plain("citations", "Citation");

const names = plain("names", "RecordedName");
/** What records give of all fields: of one, as much is read. */
const claims = scalars(
  () => `claims { ${scalarsOf("RecordClaim")} citations ${allOf("Citation")} }`,
);

const merges = scalars(
  () => `merges { ${scalarsOf("RecordMerge")} citations ${allOf("Citation")} }`,
);

/** As many as there are, another number each time. */
const participations = (most, rows) =>
  scalars((i) => `participations(first: ${most - (i % most)}) { nodes ${rows} }`);

const searches = {
  "whole rows": (i) =>
    `searchRecord(query: "w${i} fog penguin", first: 100) { nodes { ... on Person ${allOf("Person")} } }`,
  "frequent words": (i) =>
    `searchRecord(query: "fog or herring or ice or ${i}", first: 1) { nodes { __typename } }`,
  "a count": (i) => `searchRecord(query: "fog or herring or ${i}", first: 0) { totalCount }`,
  "a misspelt name": (i) =>
    `searchRecord(query: "pengiun councle ${i}", first: 1) { nodes { __typename } }`,
  "a misspelt title": (i) =>
    `searchRecord(query: "tlaks about hering ${i}", first: 1) { nodes { __typename } }`,
};

/** A day that all tenures of those with ten include, another one each time. */
const on = (i) => `on: "2020-${String(1 + (i % 12)).padStart(2, "0")}-${10 + (i % 19)}"`;

/** The lists, by type and field; `Query` is the root. */
const LISTS = {
  Query: {
    statements,
    meetings,
    people: listOf("people", "Person", OF_PEOPLE, { order: "STATEMENTS_DESC" }),
    places: listOf("places", "Place", OF_PLACES),
    countries: listOf("countries", "Country", OF_COUNTRIES, {
      rows: '{ name localizedName(language: "fr") }',
    }),
    agreements: listOf("agreements", "Agreement", OF_AGREEMENTS),
    organizations: listOf("organizations", "Organization", OF_ORGANIZATIONS),
    sourceDocuments: listOf("sourceDocuments", "SourceDocument", OF_DOCUMENTS),
    topics: plain("topics", "StatementTopic"),
    searchRecord: searches,
  },
  Person: {
    statements,
    meetings,
    counterparts: listOf("counterparts", "Person", OF_MEETINGS),
    describedCounterparts: listOf("describedCounterparts", "Person", OF_MEETINGS),
    tenures: scalars((i) => `tenures(${on(i)}) ${allOf("Tenure")}`),
    names,
    claims,
    merges,
    "tenures.citations": scalars((i) => `tenures(${on(i)}) { citations ${allOf("Citation")} }`),
    identifiers,
  },
  Country: {
    statements,
    meetings,
    people: listOf("people", "Person", OF_PEOPLE, { order: "STATEMENTS_DESC" }),
    agreements: listOf("agreements", "Agreement", OF_AGREEMENTS),
  },
  Place: { statements, meetings, identifiers },
  Organization: { statements, meetings, identifiers },
  Meeting: {
    statements,
    children: meetingsAs("children"),
    participations: participations(10, allOf("Participation")),
    "participations.tenures": participations(3, `{ tenures ${allOf("Tenure")} }`),
    "participations.citations": participations(10, `{ citations ${allOf("Citation")} }`),
    places: plain("places", "Place"),
    countries: plain("countries", "Country"),
    agreements: plain("agreements", "Agreement"),
    citations,
  },
  StatementTopic: { statements },
  Agreement: { parties: plain("parties", "AgreementParty"), citations },
  Statement: {
    speakers: plain("speakers", "Speaker"),
    "speakers.tenures": scalars(() => `speakers { tenures ${allOf("Tenure")} }`),
    addressees: plain("addressees", "Addressee"),
    topics: plain("topics", "StatementTopic"),
    relations: plain("relations", "StatementRelation"),
    "relations.citations": scalars(() => `relations { citations ${allOf("Citation")} }`),
    citations,
  },
  SourceDocument: { statements, meetings },
};

const idOf = (kind, i) =>
  createHash("md5")
    .update(`${kind}${i}`)
    .digest("hex")
    .replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");

/** Parents, beginning with those who have the most, and how many there are. */
const PARENTS = {
  Person: { many: 1_000, key: (i) => ({ slug: `person-${1 + i}` }) },
  Country: { many: 16, key: (i) => ({ code: COUNTRIES[i] }) },
  Place: { many: 200, key: (i) => ({ slug: `place-${1 + i}` }) },
  Organization: { many: 10, key: (i) => ({ slug: `organization-${1 + i}` }) },
  Meeting: { many: 1_000, key: (i) => ({ slug: `meeting-${10 * (1 + i)}` }) },
  StatementTopic: { many: 40, key: (i) => ({ slug: `topic-${1 + i}` }) },
  Agreement: { many: 1_000, key: (i) => ({ slug: `agreement-${10 * (1 + i)}` }) },
  Statement: { many: 1_000, key: (i) => ({ id: idOf("statement", 1 + i) }) },
  SourceDocument: { many: 1_000, key: (i) => ({ id: idOf("document", 1 + i) }) },
};

/** How many aliases a query gets: the root may have 200 fields. */
const MOST_ALIASES = 190;

/** Every list that is measured: a name, and for each variant the query with a given number of lists. */
function fields() {
  const all = Object.entries(LISTS).flatMap(([type, lists]) =>
    Object.entries(lists).map(([field, variants]) => ({
      name: `${type}.${field}`,
      variants,
      ask: askerOf(type),
    })),
  );
  const entities = Object.keys(PARENTS).map((type) => [
    type,
    (count) => ofParents(type, Math.min(count, PARENTS[type].many), scalarsOf(type)),
  ]);
  all.push({
    name: "Query._entities",
    variants: Object.fromEntries(entities),
    ask: (variant, count) => variant(count),
  });
  return all;
}

/** Puts this number of a variant's lists into one query, within its limits. */
function askerOf(type) {
  const aliased = (variant, count) =>
    Array.from({ length: count }, (_, i) => `f${i}: ${variant(i)}`).join(" ");
  if (type === "Query") {
    return (variant, count) => ({
      query: `{ ${aliased(variant, Math.min(count, MOST_ALIASES))} }`,
    });
  }
  const { many } = PARENTS[type];
  return (variant, count) => {
    const unlike = unlikeOf(variant);
    // Few parents, since the first have the most.
    const parents = Math.min(many, Math.max(Math.min(count, 10), Math.ceil(count / unlike)));
    const times = Math.min(Math.max(1, Math.round(count / parents)), unlike);
    return ofParents(type, parents, aliased(variant, times));
  };
}

/** How often a parent can be asked for a list until it is the same again, which is read once. */
function unlikeOf(variant) {
  let unlike = 1;
  while (unlike < MOST_ALIASES && variant(unlike) !== variant(0)) unlike++;
  return unlike;
}

function ofParents(type, count, selection) {
  const of = Array.from({ length: count }, (_, i) => ({
    __typename: type,
    ...PARENTS[type].key(i),
  }));
  const query = `query ($of: [_Any!]!) { _entities(representations: $of) { ... on ${type} { ${selection} } } }`;
  return { query, variables: { of } };
}

module.exports = { fields };
