import { countedOf, keptCount } from "../query/kept-counts.js";
import type { List } from "../query/list.js";
import { relevance } from "../query/ordering.js";
import { Statement } from "./statement.entity.js";
import { STATEMENT_FACETS, type StatementFacet } from "./statement.facets.js";
import type { StatementFilter } from "./statement.filter.js";
import { STATEMENT_ORDERINGS, StatementOrder } from "./statement.order.js";
import {
  STATEMENT_CRITERIA,
  STATEMENT_ITEM,
  type StatementParent,
  whereStatement,
} from "./statement.where.js";

/** All statements, or those of a parent; those of a meeting or document in the order of its text by default. */
export const STATEMENTS: List<
  Statement,
  StatementParent,
  StatementFilter,
  StatementOrder,
  StatementFacet
> = {
  field: "statements",
  entity: Statement,
  item: STATEMENT_ITEM,
  criteria: STATEMENT_CRITERIA,
  conditions: whereStatement,
  orderings: STATEMENT_ORDERINGS,
  defaultOrder: (parent) =>
    parent === "Meeting" || parent === "SourceDocument"
      ? StatementOrder.POSITION
      : StatementOrder.DATE_DESC,
  relevance: (query) => relevance("s.words", query),
  words: ["text", "reportedBy"],
  facets: STATEMENT_FACETS,
  slugs: {
    speakers: { noun: "person", instead: "speakerOrganizations" },
    allSpeakers: { noun: "person", instead: "speakerOrganizations" },
    speakerOrganizations: { noun: "organization", instead: "speakers" },
    addressees: { noun: "person", instead: "addresseeOrganizations" },
    addresseeOrganizations: { noun: "organization", instead: "addressees" },
  },
  keptCounts: {
    Query: keptCount("statement"),
    Person: countedOf("statements"),
    Country: keptCount("statement_of_country"),
    Place: keptCount("statement_at_place"),
    Organization: keptCount("statement_of_organization"),
    StatementTopic: keptCount("statement_on_topic"),
  },
  keptYears: {
    Query: "statement",
    Person: "statement_of_person",
    Country: "statement_of_country",
    Place: "statement_at_place",
    Organization: "statement_of_organization",
    StatementTopic: "statement_on_topic",
  },
};
