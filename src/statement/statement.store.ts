import type { List } from "../query/list.js";
import { relevance } from "../query/ordering.js";
import { Statement } from "./statement.entity.js";
import { STATEMENT_FACETS, type StatementFacet } from "./statement.facets.js";
import type { StatementFilter } from "./statement.filter.js";
import { STATEMENT_ORDERINGS, StatementOrder } from "./statement.order.js";
import { type StatementParent, whereStatement } from "./statement.where.js";

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
  alias: "s",
  orderings: STATEMENT_ORDERINGS,
  defaultOrder: (parent) =>
    parent === "Meeting" || parent === "SourceDocument"
      ? StatementOrder.POSITION
      : StatementOrder.DATE_DESC,
  source: whereStatement,
  relevance: (query) => relevance("s.words", query),
  facets: STATEMENT_FACETS,
};
