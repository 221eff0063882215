import { registerEnumType } from "type-graphql";
import type { Ordering } from "../paging/ordering.js";
import { RELEVANCE } from "../paging/relevance.js";

export enum MeetingOrder {
  DATE_DESC = "DATE_DESC",
  DATE_ASC = "DATE_ASC",
  RELEVANCE = "RELEVANCE",
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
  },
});

const NEWEST = [
  { sql: "newest_first(m.date_from)", type: "int" },
  { sql: "newest_first(m.date_until)", type: "int" },
  { sql: "m.id", type: "uuid" },
] as const;

export const MEETING_ORDERINGS: Record<MeetingOrder, Ordering> = {
  DATE_DESC: { name: "DATE_DESC", keys: NEWEST, beginsAtRange: true },
  DATE_ASC: {
    name: "DATE_ASC",
    keys: [
      { sql: "oldest_first(m.date_from)", type: "int" },
      { sql: "oldest_first(m.date_until)", type: "int" },
      { sql: "m.id", type: "uuid" },
    ],
  },
  RELEVANCE: { name: "RELEVANCE", keys: [RELEVANCE, ...NEWEST] },
};
