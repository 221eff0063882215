/** Every list that is read page by page, by the type that has it. A normalized cache joins the pages of these. */
export const LISTS = {
  Query: [
    ...["agreements", "countries", "meetings", "organizations", "people", "places"],
    ...["searchRecord", "sourceDocuments", "statements"],
  ],
  Country: ["agreements", "meetings", "people", "statements"],
  Meeting: ["children", "participations", "statements"],
  Organization: ["meetings", "statements"],
  Person: ["counterparts", "meetings", "statements"],
  Place: ["meetings", "statements"],
  RecordedName: ["sources"],
  SourceDocument: ["meetings", "people", "statements"],
  StatementTopic: ["statements"],
};

/** The members of each union, which a cache can't know: needed for fragments on the union itself. */
export const POSSIBLE_TYPES = {
  RecordSearchResult: [
    ...["Person", "Country", "Meeting", "Statement", "Place", "Organization"],
    ...["Agreement", "SourceDocument", "StatementTopic"],
  ],
};

/** Types without an `id`: parts of the item that shows them. */
export const PARTS = [
  ...["Addressee", "AgreementParty", "ExternalIdentifier", "RecordClaim"],
  ...["RecordCoordinates", "RecordFacetCount", "RecordMerge", "RecordSearchSnippet"],
  ...["RecordTextSpan", "RecordedName", "StatementRelation"],
];
