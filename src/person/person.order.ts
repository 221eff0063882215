import { registerEnumType } from "type-graphql";
import { type Ordering, RELEVANCE } from "../query/ordering.js";

export enum PersonOrder {
  NAME_ASC = "NAME_ASC",
  NAME_DESC = "NAME_DESC",
  STATEMENTS_DESC = "STATEMENTS_DESC",
  MEETINGS_DESC = "MEETINGS_DESC",
  RELEVANCE = "RELEVANCE",
}

registerEnumType(PersonOrder, {
  name: "PersonOrder",
  description: "How people are listed. May gain values.",
  valuesConfig: {
    NAME_ASC: { description: "By `sortName`, A first (Unicode collation)." },
    NAME_DESC: { description: "By `sortName`, Z first." },
    STATEMENTS_DESC: {
      description:
        "Who made the most statements on record first, retracted ones aside, as `Person.statements.totalCount` counts them without a " +
        "filter; equally many by `sortName`. All that a person made count, for whichever country. A page of everyone costs what it " +
        "shows; for one country all of its people are sorted, and for words and offices all who match.",
    },
    MEETINGS_DESC: {
      description:
        "Who takes part in the most meetings on record first, as `Person.meetings.totalCount` counts them without a filter; equally " +
        "many by `sortName`. It costs as much as STATEMENTS_DESC.",
    },
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
  STATEMENTS_DESC: {
    name: "STATEMENTS_DESC",
    keys: [{ sql: "minus_statements", type: "int" }, ...NAME],
    table: "person_activity",
  },
  MEETINGS_DESC: {
    name: "MEETINGS_DESC",
    keys: [{ sql: "minus_meetings", type: "int" }, ...NAME],
    table: "person_activity",
  },
  RELEVANCE: { name: "RELEVANCE", keys: [RELEVANCE, ...NAME] },
};
