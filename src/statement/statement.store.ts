import type { List } from "../query/list.js";
import { relevance } from "../query/ordering.js";
import { Statement } from "./statement.entity.js";
import { STATEMENT_FACETS, type StatementFacet } from "./statement.facets.js";
import type { StatementFilter } from "./statement.filter.js";
import { STATEMENT_ORDERINGS, StatementOrder } from "./statement.order.js";
import { type StatementParent, whereStatement } from "./statement.where.js";

/** Everything said, or the statements of a parent: as told where a text or a meeting is read through. */
export const STATEMENTS: List<
  Statement,
  StatementParent,
  StatementFilter,
  StatementOrder,
  StatementFacet
> = {
  field: "statements",
  entity: Statement,
  row: "s",
  orderings: STATEMENT_ORDERINGS,
  defaultOrder: (parent) =>
    parent === "Meeting" || parent === "SourceDocument"
      ? StatementOrder.POSITION
      : StatementOrder.DATE_DESC,
  source: whereStatement,
  relevance: (query) => relevance("s.words", query),
  facets: STATEMENT_FACETS,
};
