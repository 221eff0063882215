import { registerEnumType } from "type-graphql";

export enum RecordChangeKind {
  ADDED = "ADDED",
  CHANGED = "CHANGED",
  REMOVED = "REMOVED",
  MERGED = "MERGED",
  UNMERGED = "UNMERGED",
  REDACTED = "REDACTED",
}

registerEnumType(RecordChangeKind, {
  name: "RecordChangeKind",
  description: "What a revision did to an item. May gain values.",
  valuesConfig: {
    ADDED: { description: "It came on record. Its fields are those it had then." },
    CHANGED: { description: "Some of its fields have other values." },
    REMOVED: { description: "It is no longer on record: no record mentions it any more." },
    MERGED: {
      description:
        "It was held to be one with another item, which stays: `mergedIntoId`. What that one gained is a CHANGED of its own.",
    },
    UNMERGED: { description: "A merge was taken back: it is an item of its own again." },
    REDACTED: {
      description:
        "It was taken from the record and from its history for good: whoever keeps a copy must delete it, and all earlier fields of it.",
    },
  },
});

export enum RecordItemType {
  PERSON = "PERSON",
  PLACE = "PLACE",
  ORGANIZATION = "ORGANIZATION",
  TENURE = "TENURE",
  MEETING = "MEETING",
  AGREEMENT = "AGREEMENT",
  STATEMENT = "STATEMENT",
  SOURCE_DOCUMENT = "SOURCE_DOCUMENT",
  TOPIC = "TOPIC",
}

registerEnumType(RecordItemType, {
  name: "RecordItemType",
  description: "The types of what is on record by itself (RecordItem). May gain values.",
  valuesConfig: {
    PERSON: { description: "Person." },
    PLACE: { description: "Place." },
    ORGANIZATION: { description: "Organization." },
    TENURE: { description: "Tenure." },
    MEETING: { description: "Meeting, with who takes part in it." },
    AGREEMENT: { description: "Agreement." },
    STATEMENT: { description: "Statement, with its speakers and citations." },
    SOURCE_DOCUMENT: { description: "SourceDocument." },
    TOPIC: { description: "StatementTopic." },
  },
});
