import { select, type Selection } from "../query/rows.js";
import type { Sql } from "../db/sql.js";
import { Where } from "../query/where.js";
import { relevance } from "../query/relevance.js";
import type { Counted } from "../query/facet.js";
import { countFacet } from "../query/facet.sql.js";
import type { Ordering } from "../query/ordering.js";
import type { Page, PageRequest } from "../query/page.js";
import type { ListQuestion } from "../query/list-question.js";
import { countRows, readPages } from "../query/page.sql.js";
import { Statement } from "./statement.entity.js";
import { STATEMENT_FACETS, type StatementFacet } from "./statement.facets.js";
import { STATEMENT_ORDERINGS } from "./statement.order.js";
import type { StatementFilter } from "./statement.filter.js";
import { type StatementParent, whereStatement } from "./statement.where.js";

/** Which statements to list: of everything, or of each of several parents. */
export interface StatementList {
  parent?: { type: StatementParent; ids: readonly string[] };
  filter?: StatementFilter | null;
  /** In which the words of the filter are read. */
  languages?: readonly string[];
  /** What is shown of each. */
  selected?: Selection;
}

/** A page of statements for each parent. */
export function statementPages(
  sql: Sql,
  list: StatementList,
  request: PageRequest,
): Promise<Page<Statement>[]> {
  return readPages(sql, statements(list, request.ordering), request);
}

/** How many statements each parent has. */
export function statementCounts(sql: Sql, list: StatementList): Promise<number[]> {
  return countRows(sql, statements(list));
}

/** The most frequent values of a facet among the statements of each parent. */
export function statementFacets(
  sql: Sql,
  list: StatementList,
  by: StatementFacet,
  first: number,
): Promise<Counted[]> {
  return countFacet(sql, statements(list), by, STATEMENT_FACETS[by], first);
}

function statements(
  { parent, filter, languages, selected }: StatementList,
  ordering?: Ordering,
): ListQuestion {
  const where = new Where(parent ? [parent.ids] : [], languages);
  const isRanked = ordering === STATEMENT_ORDERINGS.RELEVANCE;
  const isByAnother = isRanked || ordering === STATEMENT_ORDERINGS.POSITION;
  const { from, keys } = whereStatement(where, filter, parent?.type, isByAnother);
  return {
    name: parent ? `statementsOf${parent.type}` : "statements",
    columns: select(Statement, "s", selected),
    from: `${from} ${isRanked ? relevance("s.words", where.words(filter!.text!)) : ""}`,
    keys,
    isDated: Boolean(filter?.date),
    where,
    parents: parent && { ids: parent.ids, type: parent.type === "Country" ? "text" : "uuid" },
  };
}
