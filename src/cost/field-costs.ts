/**
 * What fields and arguments cost beside what is in the answer, by what they take of PostgreSQL at worst: `npm run bench:cost`
 * measures that no list takes more than 150 µs of CPU a unit. The schema declares them as `@cost`.
 */

/** By type and field; of a connection that isn't named here, {@link ANY_CONNECTION}. */
export const FIELD_COSTS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  // A list of all that there is can be asked for in ways that read all of it; one of a parent reads the parent's.
  Query: { searchRecord: 800, statements: 500, meetings: 300 },
  Person: { counterparts: 300 },
  // To count them is to read them all; a router may want that of a thousand entities at once.
  StatementConnection: { totalCount: 40 },
  MeetingConnection: { totalCount: 20 },
};

/** What a field of any connection costs: a statement that reads the whole list, or for each value of a facet. */
export const ANY_CONNECTION: Readonly<Record<string, number>> = {
  totalCount: 5,
  unknownSideCount: 5,
  facets: 2,
};

/** What giving an argument costs, by type, field and argument: here counting every row of the list in groups. */
export const ARGUMENT_COSTS: Readonly<Record<string, number>> = {
  "StatementConnection.facets.by": 450,
  "MeetingConnection.facets.by": 450,
};

/**
 * What a filter costs, each value of it: as much as is read at worst until a page is full, where few rows match it
 * and many match the rest.
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
    coverages: 20,
    statedOnly: 20,
  },
  PersonFilter: { text: 50, countries: 100, office: 30, accreditedTo: 20, heldOfficeOn: 50 },
  AgreementFilter: { parties: 10, allParties: 10, kinds: 10, date: 10 },
  PlaceFilter: { text: 10, countries: 2 },
  CountryFilter: { text: 30 },
};
