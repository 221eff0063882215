import { registerEnumType } from "type-graphql";
import { type Ordering, RELEVANCE } from "../query/ordering.js";

export enum PersonOrder {
  NAME_ASC = "NAME_ASC",
  NAME_DESC = "NAME_DESC",
  RELEVANCE = "RELEVANCE",
}

registerEnumType(PersonOrder, {
  name: "PersonOrder",
  description: "How people are listed. May gain values.",
  valuesConfig: {
    NAME_ASC: { description: "By `sortName`, A first (Unicode collation)." },
    NAME_DESC: { description: "By `sortName`, Z first." },
    RELEVANCE: {
      description:
        "By how well the words of `filter.text` match, which it needs; equally good ones by `sortName`.",
    },
  },
});

const NAME = [
  { sql: "sort_name", type: "text" },
  { sql: "id", type: "uuid" },
] as const;

export const PERSON_ORDERINGS: Record<PersonOrder, Ordering> = {
  NAME_ASC: { name: "NAME_ASC", keys: NAME },
  NAME_DESC: { name: "NAME_DESC", keys: NAME, descending: true },
  RELEVANCE: { name: "RELEVANCE", keys: [RELEVANCE, ...NAME] },
};
