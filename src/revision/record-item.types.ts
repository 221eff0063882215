import { idOf } from "../records/record.ids.js";
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

/** The noun of each type in the record format. */
export const NOUNS: Readonly<Record<RecordItemType, string>> = {
  PERSON: "person",
  PLACE: "place",
  ORGANIZATION: "organization",
  TENURE: "tenure",
  MEETING: "meeting",
  AGREEMENT: "agreement",
  STATEMENT: "statement",
  SOURCE_DOCUMENT: "document",
  TOPIC: "topic",
};

/** Returns the id of an item by its `key` in changes, which never changes, even if the item is no longer on record. */
export function idOfItem(type: RecordItemType, key: string): string {
  return idOf(NOUNS[type], key);
}
