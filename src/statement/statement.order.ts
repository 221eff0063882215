import { registerEnumType } from "type-graphql";
import { NEWEST, type Ordering, RECORDED_DESC, RELEVANCE } from "../query/ordering.js";

export enum StatementOrder {
  DATE_DESC = "DATE_DESC",
  DATE_ASC = "DATE_ASC",
  POSITION = "POSITION",
  RELEVANCE = "RELEVANCE",
  RECORDED_DESC = "RECORDED_DESC",
}

registerEnumType(StatementOrder, {
  name: "StatementOrder",
  description: "How statements are listed. May gain values.",
  valuesConfig: {
    DATE_DESC: {
      description: "Newest first, on one date by POSITION; those without a date last.",
    },
    DATE_ASC: {
      description: "Oldest first, on one date by POSITION; those without a date last.",
    },
    POSITION: {
      description:
        "By date of the document that first reported it, then by document, then by where it stands in it.",
    },
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

const POSITION = [
  { sql: "told", type: "uuid" },
  { sql: "id", type: "uuid" },
] as const;

export const STATEMENT_ORDERINGS: Record<StatementOrder, Ordering> = {
  DATE_DESC: { name: "DATE_DESC", keys: [NEWEST, ...POSITION] },
  DATE_ASC: { name: "DATE_ASC", keys: [NEWEST, ...POSITION], oldestFirst: true },
  POSITION: { name: "POSITION", keys: POSITION },
  RELEVANCE: { name: "RELEVANCE", keys: [RELEVANCE, NEWEST, ...POSITION] },
  RECORDED_DESC,
};
