import type { Selection } from "../query/rows.js";
import type { FacetedConnection } from "../query/batched-lists.js";
import { seesEachRow } from "../query/facet.js";
import { pageRequest } from "../query/page.js";
import type { Reading } from "../query/reading.js";
import { checkRelevance } from "../query/relevance.js";
import type { StatementListArgs } from "./statement.args.js";
import { Statement } from "./statement.entity.js";
import { STATEMENT_FACETS, type StatementFacet } from "./statement.facets.js";
import type { StatementParent } from "./statement.where.js";
import { defaultStatementOrder, STATEMENT_ORDERINGS } from "./statement.order.js";
import * as store from "./statement.store.js";

/** The statements of a parent, or of the whole record (`Query`). */
export function statementLists({ sql, lists, languagesFor }: Reading) {
  return (
    on: StatementParent | "Query",
    parentId: string,
    args: StatementListArgs,
    selected: Selection,
  ): FacetedConnection<Statement, StatementFacet> => {
    const { filter, orderBy } = args;
    checkRelevance(orderBy, filter);
    const ordering = STATEMENT_ORDERINGS[orderBy ?? defaultStatementOrder(on)];
    const request = pageRequest(args, `${on}.statements`, ordering, selected);
    const list = async (ids: readonly string[]) => ({
      parent: on === "Query" ? undefined : { type: on, ids },
      filter,
      languages: await languagesFor(filter?.text),
      selected,
    });
    return lists.withFacets(parentId, request, filter, {
      shows: { entity: Statement, selected },
      pages: async (ids) => store.statementPages(sql, await list(ids), request),
      counts: async (ids) => store.statementCounts(sql, await list(ids)),
      facets: async (ids, by: StatementFacet, first) =>
        store.statementFacets(sql, await list(ids), by, first),
      seesEachRow: (by) => seesEachRow(STATEMENT_FACETS[by]),
    });
  };
}
