/** A reference: id and name; the name of a document is its title, that of a topic its label. */
export interface Named {
  id: string;
  name: string | null;
}

/** A reference to a country: its code and name. */
export interface NamedCountry {
  code: string;
  name: string;
}

/** A citation as the database has it. */
export interface CitationRow {
  id: string;
  documentId: string;
  /** UTF-16 code units; null for the row of a dataset. */
  start: number | null;
  end: number | null;
  textSha256: string | null;
  locator: string | null;
  /** The words, where the record gives them. */
  exact: string | null;
  reportedBy: string | null;
}

/** A participant or a speaker. */
export interface SideRow {
  id: string;
  person: Named | null;
  personCertainty: string | null;
  country: NamedCountry | null;
  countryCertainty: string | null;
  organization: Named | null;
  organizationCertainty: string | null;
  description: string | null;
  role?: string;
  citations?: CitationRow[] | null;
}

/** An addressee of a statement, or a party to an agreement. */
export interface PartyRow {
  person?: Named | null;
  country: NamedCountry | null;
  organization: Named | null;
  certainty: string;
}

interface WithIdentifiers {
  identifiers: { scheme: string; value: string }[];
}

interface WithNames extends WithIdentifiers {
  id: string;
  slug: string;
  name: string;
  otherNames: string[];
  nameNotes: { text: string; language?: string }[];
  /** The documents whose records give it. */
  givenBy: string[];
}

export interface CountryRow extends WithIdentifiers, NamedCountry {
  withdrawn: string | null;
}

export interface PersonRow extends WithNames {
  birthDate: string | null;
  deathDate: string | null;
}

export interface OrganizationRow extends WithNames {
  kind: string | null;
  country: NamedCountry | null;
  parent: Named | null;
}

export interface PlaceRow extends WithNames {
  country: NamedCountry | null;
  latitude: number | null;
  longitude: number | null;
}

export interface TopicRow {
  id: string;
  slug: string;
  name: string;
  givenBy: string[];
}

export interface DocumentRow {
  id: string;
  key: string;
  kind: string;
  title: string | null;
  publisher: string | null;
  url: string | null;
  language: string;
  datePublished: string | null;
  dateCertainty: string | null;
  licence: string | null;
  version: string | null;
  sha256: string | null;
  attribution: string | null;
  archivedUrl: string | null;
  standing: string;
  standingNote: string | null;
  issuer: Named | null;
  syndicatedFrom: Named | null;
}

export interface TenureRow {
  id: string;
  title: string;
  person: Named;
  country: NamedCountry | null;
  accreditedTo: NamedCountry | null;
  organization: Named | null;
  startDate: string | null;
  endDate: string | null;
  ongoing: boolean;
  certainty: string;
  citations: CitationRow[];
}

export interface MeetingRow {
  id: string;
  slug: string;
  title: string;
  kind: string;
  status: string | null;
  mode: string | null;
  coverage: string;
  startDate: string | null;
  endDate: string | null;
  startTime: string | null;
  endTime: string | null;
  dateCertainty: string | null;
  places: Named[] | null;
  placeCountry: NamedCountry | null;
  placeCertainty: string | null;
  convener: Named | null;
  parent: Named | null;
  parentRelation: string | null;
  participations: SideRow[] | null;
  citations: CitationRow[];
}

export interface AgreementRow {
  id: string;
  slug: string;
  title: string;
  kind: string;
  date: string | null;
  parties: PartyRow[] | null;
  signedAt: Named | null;
  exchangedAt: Named | null;
  citations: CitationRow[];
}

export interface StatementRow {
  id: string;
  key: string;
  text: string;
  form: string;
  speech: string | null;
  language: string;
  originalLanguage: string | null;
  date: string | null;
  dateCertainty: string | null;
  meeting: Named | null;
  place: Named | null;
  placeCountry: NamedCountry | null;
  placeCertainty: string | null;
  joint: boolean;
  audience: string | null;
  standing: string;
  standingNote: string | null;
  speakers: SideRow[];
  addressees: PartyRow[] | null;
  topics: Named[] | null;
  relations: { kind: string; otherId: string }[] | null;
  citations: CitationRow[];
}
