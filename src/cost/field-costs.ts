/**
 * Costs of fields and arguments in addition to the objects in the response, by the CPU that they take in PostgreSQL at worst:
 * `npm run bench:cost` checks that no list takes more than 200 µs per unit. The schema declares them as `@cost`.
 */

/** By type and field. For connections that are not listed, {@link ANY_CONNECTION} applies. */
export const FIELD_COSTS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  // With some filters a root list reads whole tables; the list of a parent reads at most the rows of that parent.
  Query: { searchRecord: 800, statements: 500, meetings: 300 },
  Person: { counterparts: 300 },
  // Counting reads every row, and a router may request it for a thousand entities at once.
  StatementConnection: { totalCount: 40 },
  MeetingConnection: { totalCount: 20 },
};

/** Costs in any connection: of counts, which read the whole list, and of each value of a facet. */
export const ANY_CONNECTION: Readonly<Record<string, number>> = {
  totalCount: 5,
  unknownSideCount: 5,
  facets: 2,
};

/** Costs of arguments, by type, field and argument. A facet groups and counts every row of the list. */
export const ARGUMENT_COSTS: Readonly<Record<string, number>> = {
  "StatementConnection.facets.by": 450,
  "MeetingConnection.facets.by": 450,
};

/**
 * Costs of filters, for each value: what is read at worst until a page is full, when few rows match this filter and many
 * match the others.
 */
export const FILTER_COSTS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  StatementFilter: {
    text: 3_000,
    speakers: 20,
    allSpeakers: 50,
    speakerCountries: 50,
    allSpeakerCountries: 200,
    speakerOrganizations: 400,
    addressees: 400,
    addresseeCountries: 500,
    topics: 400,
    meetings: 5,
    within: 20,
    places: 10,
    placeCountries: 50,
    date: 50,
    forms: 50,
    joint: 50,
    standings: 50,
    statedOnly: 50,
  },
  MeetingFilter: {
    text: 500,
    people: 20,
    allPeople: 50,
    participantCountries: 20,
    allParticipantCountries: 100,
    organizations: 200,
    parents: 5,
    parentRelations: 20,
    within: 20,
    places: 10,
    placeCountries: 20,
    date: 50,
    kinds: 20,
    statuses: 20,
    modes: 20,
    coverages: 20,
    statedOnly: 20,
  },
  PersonFilter: { text: 50, countries: 100, office: 30, accreditedTo: 20, heldOfficeOn: 50 },
  AgreementFilter: { parties: 10, allParties: 10, kinds: 10, date: 10 },
  PlaceFilter: { text: 10, countries: 2 },
  CountryFilter: { text: 30 },
};
