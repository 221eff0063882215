import DataLoader from "dataloader";
import type { Sql } from "../db/sql.js";
import { raw, SQL, type SqlText } from "../db/sql-text.js";
import type { Languages } from "../search/languages.js";
import type { ListArgs } from "./connection.js";
import type { Facet, FacetedConnection } from "./facet.js";
import { countFacet, wholeList } from "./facet.sql.js";
import { type Criterion, type ListedBy, type ListedItem, listSource } from "./list-source.js";
import type { RecordTimes } from "./first-revisions.js";
import type { ListCountedByYear, ReadCounts } from "./kept-counts.js";
import { type CountsFacet, hasNothing, ListFacets } from "./list.facets.js";
import { type FilterTerms, FilterTermsReader } from "./filter-terms.js";
import { refuseMisplaced, type SlugFields } from "./misplaced.js";
import { assertWords, type Ordering, RELEVANCE } from "./ordering.js";
import {
  type Connection,
  connection,
  type Edge,
  type Page,
  type PageRequest,
  pageRequest,
  type PageSelection,
  countRows,
  type ListQuery,
  type Parents,
  readPages,
} from "./page.js";
import type { EntityClass } from "./row-shape.js";
import { select, type Selection, selectSql } from "./rows.js";
import { Where } from "./where.js";

/** The fields that any filter may have. */
export interface AnyFilter extends RecordTimes {
  text?: string | null;
  date?: object | null;
  statedOnly?: boolean | null;
}

/** A list that clients can page through: all rows of an entity, or those of a parent. */
export interface List<
  Row extends object,
  Parent extends string = never,
  Filter extends AnyFilter = AnyFilter,
  Order extends string = string,
  By extends string = never,
> {
  /** The field of the schema; also the name of the SQL statements. */
  field: string;
  /** The name of the field in parent types where it differs. */
  fieldOf?: Partial<Record<Parent, string>>;
  entity: EntityClass<Row>;
  item: ListedItem;
  /** The parents and filters by which items are listed, in the order of how few items a value is likely to have. */
  criteria?: readonly Criterion<Parent, Filter>[];
  /** Adds the conditions of the other parents and filters. */
  conditions?: (where: Where, filter: Filter | null | undefined, listed: ListedBy<Parent>) => void;
  orderings: Record<Order, Ordering>;
  /** The order when the client gives none; if absent, the first of `orderings`. */
  defaultOrder?: (parent?: Parent) => Order;
  /** Returns a join with the rank for the order RELEVANCE (ordering.ts). */
  relevance?: (query: SqlText) => SqlText;
  /** The filter fields with search words; `text` if absent. */
  words?: readonly (keyof Filter)[];
  facets?: Record<By, Facet>;
  /** The filter fields whose slugs are checked if the list is empty. */
  slugs?: SlugFields<Filter>;
  /** Counts the whole list of parents of a type, or of all items (`Query`), of which the database keeps the counts. */
  keptCounts?: Partial<Record<Parent | "Query", ReadCounts>>;
  /** The whole list of parents of a type, or of all items, of which the database keeps the counts by year. */
  keptYears?: Partial<Record<Parent | "Query", ListCountedByYear>>;
}

/** The options of a list query. */
interface ListQueryOptions<Parent extends string, Filter> {
  parents?: Parents<Parent>;
  filter?: Filter | null;
  /** What its conditions need to know of the record. */
  terms?: FilterTerms;
  /** The fields to read of each row; all of them if absent. */
  selected?: Selection;
  /** The order of a page; absent for counts. */
  ordering?: Ordering;
}

/** Builds the query of a list. */
export function listQuery<
  Row extends object,
  Parent extends string,
  Filter extends AnyFilter,
  Order extends string,
  By extends string,
>(
  list: List<Row, Parent, Filter, Order, By>,
  { parents, filter, terms, selected, ordering }: ListQueryOptions<Parent, Filter> = {},
): ListQuery {
  const where = new Where(terms);
  const parent = parents?.type;
  const statedOnly = Boolean(filter?.statedOnly);
  const restriction = { parent, filter, statedOnly, ordering };
  const source = listSource(where, list.item, list.criteria ?? [], restriction);
  list.conditions?.(where, filter, { source, parent, ordering });
  let from = raw(source.from);
  if (isRanked(ordering)) from = SQL`${from} ${list.relevance!(where.words(filter!.text!))}`;
  return {
    name: parents ? `${list.field}Of${parents.type}` : list.field,
    columns: selectSql(list.entity, list.item.alias, selected),
    from,
    keys: source.keys,
    isDated: Boolean(filter?.date),
    where,
    parents,
  };
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
  private facets?: ListFacets;
  private reader?: FilterTermsReader;

  constructor(
    readonly sql: Sql,
    private readonly languages: Languages,
  ) {}

  /** Reads what the conditions of filters need to know of the record. */
  get terms(): FilterTermsReader {
    return (this.reader ??= new FilterTermsReader(this.sql, this.languages));
  }

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
    const filter = args.filter && !isEmpty(args.filter) ? args.filter : undefined;
    const order = args.orderBy ?? list.defaultOrder?.(parent) ?? Object.keys(list.orderings)[0];
    const ordering = list.orderings[order as Order];
    if (isRanked(ordering)) assertWords(filter);
    const field = (parent && list.fieldOf?.[parent]) ?? list.field;
    const request = pageRequest(args, `${parent ?? "Query"}.${field}`, ordering, page);
    const words = (list.words ?? ["text"]).map((field) => filter?.[field]);
    const hasTerms = filter?.recordedAt ?? filter?.changedAt ?? words.find((text) => text);
    const query = async (ids: readonly string[], ordering?: PageRequest["ordering"]) =>
      listQuery(list, {
        parents: parent && { type: parent, ids },
        filter,
        terms: hasTerms ? await this.terms.termsOf(filter, words) : undefined,
        selected: page.rows,
        ordering,
      });
    const key = listKey(request, filter);
    const checked = async <Read>(read: Read[], isNone: (one: Read) => boolean) => {
      if (filter && list.slugs && read.every(isNone)) {
        const check = async () => [await refuseMisplaced(this.sql, list.slugs!, filter)];
        await this.batch(`misplaced ${key}`, check).load("");
      }
      return read;
    };
    const read: ListReader<Row> = {
      columns: select(list.entity, "", page.rows),
      pages: async (ids) => {
        const pages = await readPages<Row>(this.sql, await query(ids, ordering), request);
        return checked(pages, ({ rows }) => rows.length === 0);
      },
      counts: async (ids) => {
        const kept = list.keptCounts?.[parent ?? "Query"];
        if (kept && !filter) return kept(this, ids);
        return checked(await countRows(this.sql, await query(ids)), (count) => count === 0);
      },
    };
    return {
      ...this.connection(parentId, request, filter, read, (node) => ({ node })),
      facets: (by, first, skip) => {
        const facet = list.facets![by];
        const whole = filter ? undefined : wholeList(list.keptYears, parent);
        const count: CountsFacet = async (ids, part) =>
          checked(
            await countFacet(this.sql, await query(ids), { by, facet, part, whole }),
            hasNothing(part),
          );
        this.facets ??= new ListFacets((name, read) => this.batch(name, read));
        return this.facets.read({ list: key, by, facet, whole, first, skip, count }, parentId);
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
        const batch = (ids: readonly string[]) => this.facets?.totals(key, ids) ?? read.counts(ids);
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
}

/** Whether an order is by relevance. */
const isRanked = (ordering?: Ordering) => ordering?.keys[0] === RELEVANCE;

/** Whether a filter has no conditions. `statedOnly` is false if it is not given; any other value is a condition. */
function isEmpty({ statedOnly, ...conditions }: AnyFilter): boolean {
  return !statedOnly && Object.values(conditions).every((value) => (value ?? null) === null);
}

/** Identifies a list by its field and filter. */
function listKey({ field }: PageRequest, filter: unknown): string {
  return JSON.stringify([field, filter]);
}
