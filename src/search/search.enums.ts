import { registerEnumType } from "type-graphql";

export enum RecordKind {
  PERSON = "PERSON",
  COUNTRY = "COUNTRY",
  MEETING = "MEETING",
  STATEMENT = "STATEMENT",
  PLACE = "PLACE",
  ORGANIZATION = "ORGANIZATION",
  AGREEMENT = "AGREEMENT",
  SOURCE_DOCUMENT = "SOURCE_DOCUMENT",
  TOPIC = "TOPIC",
}

registerEnumType(RecordKind, {
  name: "RecordKind",
  description: "What a search of the record can find. May gain values.",
  valuesConfig: {
    PERSON: { description: "People, by any name on record." },
    COUNTRY: { description: "Countries on record, by their names in any language." },
    MEETING: { description: "Meetings, by title or by the description of a participant." },
    STATEMENT: { description: "Statements, by text and audience." },
    PLACE: { description: "Places, by name." },
    ORGANIZATION: { description: "Organizations, by name." },
    AGREEMENT: { description: "Agreements, by title." },
    SOURCE_DOCUMENT: { description: "Source documents, by title; not those that have none." },
    TOPIC: { description: "Topics, by label." },
  },
});
