/** Every list that is read page by page, by the type that has it. A normalized cache joins the pages of these. */
export const LISTS = {
  Query: [
    ...["agreements", "countries", "meetings", "organizations", "people", "places"],
    ...["recordChanges", "recordHistory", "recordRevisions", "searchRecord", "sourceDocuments"],
    "statements",
  ],
  Agreement: ["history"],
  Country: ["agreements", "meetings", "people", "statements"],
  Meeting: ["children", "history", "participations", "statements"],
  Organization: ["history", "meetings", "statements"],
  Person: ["counterparts", "describedCounterparts", "history", "meetings", "statements"],
  Place: ["history", "meetings", "statements"],
  RecordRevision: ["changes"],
  RecordedName: ["sources"],
  SourceDocument: ["history", "meetings", "people", "statements"],
  Statement: ["history"],
  StatementTopic: ["history", "statements"],
  Tenure: ["history"],
};

/** The members of each union and interface, which a cache can't know: needed for fragments on the union or interface itself. */
export const POSSIBLE_TYPES = {
  RecordItem: [
    ...["Person", "Place", "Organization", "Tenure", "Meeting", "Agreement", "Statement"],
    ...["SourceDocument", "StatementTopic"],
  ],
  RecordSearchResult: [
    ...["Person", "Country", "Meeting", "Statement", "Place", "Organization"],
    ...["Agreement", "SourceDocument", "StatementTopic"],
  ],
};

/** Types without an `id`: parts of the item that shows them. */
export const PARTS = [
  ...["Addressee", "AgreementParty", "DescribedCounterpart", "ExternalIdentifier"],
  "RecordClaim",
  ...["RecordCoordinates", "RecordFacetCount", "RecordFieldChange", "RecordKindCount"],
  ...[
    "RecordRevision",
    "RecordSearchSnippet",
    "RecordMerge",
    "RecordTextSpan",
    "RecordedName",
    "StatementRelation",
  ],
];
