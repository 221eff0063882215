import { registerEnumType } from "type-graphql";
import { NEWEST, type Ordering, RECORDED_DESC, RELEVANCE } from "../query/ordering.js";

export enum MeetingOrder {
  DATE_DESC = "DATE_DESC",
  DATE_ASC = "DATE_ASC",
  RELEVANCE = "RELEVANCE",
  RECORDED_DESC = "RECORDED_DESC",
}

registerEnumType(MeetingOrder, {
  name: "MeetingOrder",
  description: "How meetings are listed. May gain values.",
  valuesConfig: {
    DATE_DESC: { description: "Newest first; those without a date last." },
    DATE_ASC: { description: "Oldest first; those without a date last." },
    RELEVANCE: {
      description:
        "By how well the words of `filter.text` match, which it needs; equally good ones newest first.",
    },
    RECORDED_DESC: {
      description:
        "By the revision that added them, the latest first; those of one revision by id.",
    },
  },
});

const KEYS = [NEWEST, { sql: "id", type: "uuid" }] as const;

export const MEETING_ORDERINGS: Record<MeetingOrder, Ordering> = {
  DATE_DESC: { name: "DATE_DESC", keys: KEYS },
  DATE_ASC: { name: "DATE_ASC", keys: KEYS, oldestFirst: true },
  RELEVANCE: { name: "RELEVANCE", keys: [RELEVANCE, ...KEYS] },
  RECORDED_DESC,
};
