import type { RecordItemType } from "./revision.enums.js";

/** The GraphQL type of the items of each type. */
export const TYPENAMES = {
  PERSON: "Person",
  PLACE: "Place",
  ORGANIZATION: "Organization",
  TENURE: "Tenure",
  MEETING: "Meeting",
  AGREEMENT: "Agreement",
  STATEMENT: "Statement",
  SOURCE_DOCUMENT: "SourceDocument",
  TOPIC: "StatementTopic",
} as const satisfies Record<RecordItemType, string>;

/** The name of a GraphQL type of items. */
export type ItemTypename = (typeof TYPENAMES)[RecordItemType];
