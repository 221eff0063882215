/**
 * Costs of fields and arguments in addition to the objects in the response, by the CPU time that they take at worst, so that a unit
 * of cost takes about the same time everywhere: from 5 µs for an object to 40 µs.
 * `npm run bench:cost` checks that no list takes more than 20 times as much per unit as another. The schema declares them as `@cost`.
 */

/** Fields that collect what many records say of an item, of which at most a hundred are read. */
const OF_CLAIMS = { names: 50, claims: 100, merges: 10 };

/** By type and field. For connections that are not listed, {@link ANY_CONNECTION} applies. */
export const FIELD_COSTS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  // With some filters a root list reads whole tables; the list of a parent reads at most the rows of that parent.
  Query: {
    searchRecord: 5_000,
    statements: 5_000,
    meetings: 300,
    sourceDocuments: 300,
    organizations: 60,
    countries: 60,
  },
  Person: { counterparts: 3_000, describedCounterparts: 3_000, ...OF_CLAIMS },
  Place: OF_CLAIMS,
  Organization: OF_CLAIMS,
  Meeting: OF_CLAIMS,
  Agreement: OF_CLAIMS,
  Statement: OF_CLAIMS,
  StatementTopic: OF_CLAIMS,
  Tenure: OF_CLAIMS,
  // Each reads and decompresses one or two parts of a text; for 20,000 code units, three.
  SourceDocument: { text: 150, textLength: 10 },
  // For ADDED: reads the item with all of its parts, and its later changes.
  RecordChange: { fields: 10 },
  Citation: { exact: 50, prefix: 50, suffix: 50, passageUrl: 100 },
  // Searches all kinds, up to 1,000 matches of each part of the search.
  RecordSearchConnection: { kindCounts: 5_000 },
  // Folds and parses a text of up to 50,000 code units; folds hundreds of names of a country.
  RecordSearchEdge: { snippet: 600, matchedName: 150 },
  // Counting reads every row, and a router may request it for a thousand entities at once.
  StatementConnection: { totalCount: 600 },
  MeetingConnection: { totalCount: 100 },
};

/** Costs in any connection: of counts, which read the whole list, and of each value of a facet. */
export const ANY_CONNECTION: Readonly<Record<string, number>> = {
  totalCount: 5,
  unknownSideCount: 5,
  describedCount: 5,
  facets: 2,
};

/**
 * Costs of arguments, by type, field and argument. A facet groups and counts every row of the list; ordering the people of a country
 * by what they did sorts all of them.
 */
export const ARGUMENT_COSTS: Readonly<Record<string, number>> = {
  "StatementConnection.facets.by": 9_000,
  "MeetingConnection.facets.by": 2_500,
  "Country.people.orderBy": 150,
  // Reads a page for each kind and type.
  "Query.recordChanges.types": 30,
  "Query.recordChanges.kinds": 50,
  "RecordRevision.changes.types": 30,
};

/**
 * Costs of filters, for each value: what is read at worst until a page is full, when few rows match this filter and many
 * match the others.
 */
export const FILTER_COSTS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  StatementFilter: {
    text: 12_000,
    speakers: 130,
    allSpeakers: 200,
    speakerCountries: 400,
    allSpeakerCountries: 1_000,
    speakerOrganizations: 600,
    addressees: 1_000,
    addresseeOrganizations: 1_000,
    addresseeCountries: 1_000,
    documents: 1_000,
    reportedBy: 8_000,
    topics: 1_800,
    meetings: 20,
    within: 100,
    places: 40,
    placeCountries: 200,
    date: 100,
    forms: 200,
    joint: 200,
    standings: 200,
    recordedAt: 200,
    changedAt: 200,
    statedOnly: 200,
  },
  MeetingFilter: {
    text: 2_000,
    people: 100,
    allPeople: 200,
    participantCountries: 100,
    allParticipantCountries: 1_200,
    organizations: 400,
    roles: 400,
    documents: 400,
    parents: 20,
    parentRelations: 100,
    within: 100,
    places: 40,
    placeCountries: 100,
    date: 100,
    kinds: 100,
    statuses: 100,
    modes: 100,
    coverages: 100,
    recordedAt: 100,
    changedAt: 100,
    statedOnly: 100,
  },
  PersonFilter: {
    text: 400,
    countries: 100,
    office: 400,
    accreditedTo: 100,
    heldOfficeOn: 150,
    identifiers: 30,
  },
  AgreementFilter: { parties: 30, allParties: 40, kinds: 40, date: 40 },
  PlaceFilter: { text: 30, countries: 2, identifiers: 30 },
  OrganizationFilter: { text: 60, kinds: 2, countries: 2, identifiers: 30 },
  SourceDocumentFilter: {
    text: 2_000,
    keys: 2,
    kinds: 100,
    publishers: 40,
    issuers: 40,
    languages: 100,
    date: 100,
  },
  CountryFilter: { text: 60 },
};
