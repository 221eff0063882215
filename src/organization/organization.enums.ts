import { registerEnumType } from "type-graphql";

export enum RecordOrganizationKind {
  INTERGOVERNMENTAL = "INTERGOVERNMENTAL",
  GOVERNMENT_BODY = "GOVERNMENT_BODY",
  PARTY = "PARTY",
  UNCODED_STATE = "UNCODED_STATE",
  OTHER = "OTHER",
}

registerEnumType(RecordOrganizationKind, {
  name: "RecordOrganizationKind",
  description: "What an organization is, as a document says. May gain values.",
  valuesConfig: {
    INTERGOVERNMENTAL: { description: "Its members are states: ASEAN, the United Nations." },
    GOVERNMENT_BODY: { description: "A ministry, army, court or the like, of its `country`." },
    PARTY: { description: "A political party or movement." },
    UNCODED_STATE: {
      description:
        "A state that ISO 3166 never coded, such as one that ended before 1974. It is no `Country`.",
    },
    OTHER: { description: "None of the others." },
  },
});
