import DataLoader from "dataloader";
import type { Languages } from "../search/languages.js";
import type { Sql } from "../db/sql.js";
import { type Connection, connection, type Edge } from "./connection.js";
import { type Counted, facetSize, type FacetedConnection, seesEachRow } from "./facet.js";
import { countFacet } from "./facet.sql.js";
import { type AnyFilter, type List, questionOf } from "./list.js";
import { checkRelevance } from "./ordering.js";
import type { PageArgs } from "./page.args.js";
import { type Page, type PageRequest, pageRequest, type PageSelection } from "./page.js";
import { countRows, readPages } from "./page.sql.js";
import { select } from "./rows.js";

/** What a client asks of a list. */
export interface ListArgs<Filter, Order> extends PageArgs {
  filter?: Filter | null;
  orderBy?: Order | null;
}

/** How the pages and counts of one list are read for several parents at once. */
export interface ListReader<Row> {
  pages: (parentIds: readonly string[]) => Promise<Page<Row>[]>;
  counts: (parentIds: readonly string[]) => Promise<(number | null)[]>;
  /** The columns that are shown of its rows: it is not the same page where others are. */
  columns?: string;
}

/** One request's lists: the same list of many parents is read in one statement, its counts in another. */
export class ListContext {
  private readonly loaders = new Map<string, DataLoader<string, unknown>>();
  /** Where the rows of a list are counted with its facets. */
  private readonly counting = new Map<string, DataLoader<string, Counted>>();
  private asked?: Promise<readonly string[]>;

  constructor(
    readonly sql: Sql,
    private readonly languages: Languages,
  ) {}

  /** The list of one parent, or of everything. Lists are the same when their field, page and filter are. */
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
    const question = async (ids: readonly string[], ordering?: PageRequest["ordering"]) =>
      questionOf(list, {
        parents: parent && { type: parent, ids },
        filter,
        languages: await this.languagesFor(words.map((field) => filter?.[field])),
        selected: page.rows,
        ordering,
      });
    const read: ListReader<Row> = {
      columns: select(list.entity, "", page.rows),
      pages: async (ids) => readPages(this.sql, await question(ids, ordering), request),
      counts: async (ids) => countRows(this.sql, await question(ids)),
    };
    return {
      ...this.connection(parentId, request, filter, read, (node) => ({ node })),
      facets: (by, wanted) => {
        const facet = list.facets![by];
        const first = facetSize(wanted);
        const sameList = nameOf(request, filter);
        const counted = this.batch(`facet ${by} ${first} ${sameList}`, async (ids) =>
          countFacet(this.sql, await question(ids), by, facet, first),
        );
        if (seesEachRow(facet)) this.counting.set(sameList, counted);
        return counted.load(parentId).then(({ counts }) => counts);
      },
    };
  }

  /** A list that is read in its own way, with edges that may tell more than their node. */
  connection<Row, Node, More = object>(
    parentId: string,
    request: PageRequest,
    filter: unknown,
    read: ListReader<Row>,
    edgeOf: (row: Row) => Edge<Node, More>,
  ): Connection<Node, More> {
    const sameList = nameOf(request, filter);
    return connection({
      page: () => {
        const { ordering, ...page } = request;
        const samePage = `page ${sameList} ${ordering.name} ${JSON.stringify(page)} ${read.columns ?? ""}`;
        return this.batch(samePage, read.pages).load(parentId);
      },
      count: () => {
        const batch = (ids: readonly string[]) => this.counts(sameList, ids) ?? read.counts(ids);
        return this.batch(`count ${sameList}`, batch).load(parentId);
      },
      edgeOf,
    });
  }

  /** The loader of this name: what several parents are asked for under one name is read together. */
  batch<Value>(
    name: string,
    read: (parentIds: readonly string[]) => Promise<Value[]>,
  ): DataLoader<string, Value> {
    let loader = this.loaders.get(name) as DataLoader<string, Value> | undefined;
    if (!loader) this.loaders.set(name, (loader = new DataLoader(read)));
    return loader;
  }

  /** In which languages a filter's words are read; not asked for where it has none. */
  async languagesFor(texts: readonly unknown[]): Promise<readonly string[]> {
    if (!texts.some((text) => typeof text === "string")) return [];
    return (this.asked ??= this.languages.onRecord(this.sql));
  }

  /** Counts that a facet, which is asked for too, brings along. */
  private counts(sameList: string, parentIds: readonly string[]) {
    const counted = this.counting.get(sameList);
    return counted && Promise.all(parentIds.map(async (id) => (await counted.load(id)).total));
  }
}

/** Lists with one name have the same rows under each parent. */
function nameOf({ field }: PageRequest, filter: unknown): string {
  return JSON.stringify([field, filter]);
}
