import DataLoader from "dataloader";
import type { Languages } from "../search/languages.js";
import type { Sql } from "../db/sql.js";
import { type Connection, connection, type Edge } from "./connection.js";
import { type FacetCounts, facetSize, type FacetedConnection, countsEachRowOnce } from "./facet.js";
import { countFacet } from "./facet.sql.js";
import { type AnyFilter, type List, listQuery } from "./list.js";
import { checkRelevance } from "./ordering.js";
import type { PageArgs } from "./page.args.js";
import { type Page, type PageRequest, pageRequest, type PageSelection } from "./page.js";
import { countRows, readPages } from "./page.sql.js";
import { select } from "./rows.js";

/** The arguments of a list field. */
export interface ListArgs<Filter, Order> extends PageArgs {
  filter?: Filter | null;
  orderBy?: Order | null;
}

/** Reads the pages and counts of one list for several parents at once. */
export interface ListReader<Row> {
  pages: (parentIds: readonly string[]) => Promise<Page<Row>[]>;
  counts: (parentIds: readonly string[]) => Promise<(number | null)[]>;
  /** The select list; the same page with other columns is read separately. */
  columns?: string;
}

/** Batches the list queries of one request: one statement for the pages of many parents, another for their counts. */
export class ListContext {
  private readonly loaders = new Map<string, DataLoader<string, unknown>>();
  /** Loaders of facets whose counts add up to the total count of their list, by list. */
  private readonly facetLoaders = new Map<string, DataLoader<string, FacetCounts>>();
  private configurations?: Promise<readonly string[]>;

  constructor(
    readonly sql: Sql,
    private readonly languages: Languages,
  ) {}

  /** Returns the connection of a list: of one parent, or of the whole record. */
  list<
    Row extends object,
    Parent extends string,
    Filter extends AnyFilter,
    Order extends string,
    By extends string,
  >(
    list: List<Row, Parent, Filter, Order, By>,
    args: ListArgs<Filter, Order>,
    page: PageSelection,
    parent?: Parent,
    parentId = "",
  ): FacetedConnection<Row, By> {
    const { filter, orderBy } = args;
    checkRelevance(orderBy, filter);
    const order =
      orderBy ?? list.defaultOrder?.(parent) ?? (Object.keys(list.orderings)[0] as Order);
    const ordering = list.orderings[order];
    const field = (parent && list.fieldOf?.[parent]) ?? list.field;
    const request = pageRequest(args, `${parent ?? "Query"}.${field}`, ordering, page);
    const { words = ["text"] } = list;
    const query = async (ids: readonly string[], ordering?: PageRequest["ordering"]) =>
      listQuery(list, {
        parents: parent && { type: parent, ids },
        filter,
        languages: await this.languagesFor(words.map((field) => filter?.[field])),
        selected: page.rows,
        ordering,
      });
    const read: ListReader<Row> = {
      columns: select(list.entity, "", page.rows),
      pages: async (ids) => readPages(this.sql, await query(ids, ordering), request),
      counts: async (ids) => countRows(this.sql, await query(ids)),
    };
    return {
      ...this.connection(parentId, request, filter, read, (node) => ({ node })),
      facets: (by, wanted) => {
        const facet = list.facets![by];
        const first = facetSize(wanted);
        const key = listKey(request, filter);
        const loader = this.batch(`facet ${by} ${first} ${key}`, async (ids) =>
          countFacet(this.sql, await query(ids), by, facet, first),
        );
        if (countsEachRowOnce(facet)) this.facetLoaders.set(key, loader);
        return loader.load(parentId).then(({ counts }) => counts);
      },
    };
  }

  /** Returns the connection of a list with its own reader and edges. */
  connection<Row, Node, More = object>(
    parentId: string,
    request: PageRequest,
    filter: unknown,
    read: ListReader<Row>,
    edgeOf: (row: Row) => Edge<Node, More>,
  ): Connection<Node, More> {
    const key = listKey(request, filter);
    return connection({
      page: () => {
        const { ordering, ...page } = request;
        const pageKey = `page ${key} ${ordering.name} ${JSON.stringify(page)} ${read.columns ?? ""}`;
        return this.batch(pageKey, read.pages).load(parentId);
      },
      count: () => {
        const batch = (ids: readonly string[]) => this.counts(key, ids) ?? read.counts(ids);
        return this.batch(`count ${key}`, batch).load(parentId);
      },
      edgeOf,
    });
  }

  /** Returns the loader with this name, which reads the values of several parents at once. */
  batch<Value>(
    name: string,
    read: (parentIds: readonly string[]) => Promise<Value[]>,
  ): DataLoader<string, Value> {
    let loader = this.loaders.get(name) as DataLoader<string, Value> | undefined;
    if (!loader) this.loaders.set(name, (loader = new DataLoader(read)));
    return loader;
  }

  /** Returns the text search configurations for search texts; reads nothing if there are no texts. */
  async languagesFor(texts: readonly unknown[]): Promise<readonly string[]> {
    if (!texts.some((text) => typeof text === "string")) return [];
    return (this.configurations ??= this.languages.onRecord(this.sql));
  }

  /** Returns the total counts from a facet of the same list, if the query selects one that has them. */
  private counts(key: string, parentIds: readonly string[]) {
    const loader = this.facetLoaders.get(key);
    return loader && Promise.all(parentIds.map(async (id) => (await loader.load(id)).total));
  }
}

/** Identifies a list by its field and filter. */
function listKey({ field }: PageRequest, filter: unknown): string {
  return JSON.stringify([field, filter]);
}
