import type { Facet } from "./facet.js";
import type { ListSource } from "./list-table.js";
import { isByRelevance, type Ordering } from "./ordering.js";
import { type EntityClass, select, type Selection } from "./rows.js";
import { Where } from "./where.js";

/** What any filter may have: words, and a range of dates. */
export interface AnyFilter {
  text?: string | null;
  date?: object | null;
}

/** What clients can list and page through: rows of an entity, all of them or those of each of several parents. */
export interface List<
  Row extends object,
  Parent extends string = never,
  Filter extends AnyFilter = AnyFilter,
  Order extends string = string,
  By extends string = never,
> {
  /** The field that lists them; it opens their SQL too. */
  field: string;
  /** Where that is called otherwise in a parent's type. */
  fieldOf?: Partial<Record<Parent, string>>;
  entity: EntityClass<Row>;
  /** What its rows are called in SQL. */
  row: string;
  orderings: Record<Order, Ordering>;
  /** In which order they are listed when a client names none; absent where it is the first. */
  defaultOrder?: (parent?: Parent) => Order;
  /** Where the rows of a parent and a filter are read from; adds the conditions of both. */
  source: (
    where: Where,
    filter: Filter | null | undefined,
    parent: Parent | undefined,
    ordering: Ordering | undefined,
  ) => ListSource;
  /** What ranks them by how well they match words (ordering.ts). */
  relevance?: (query: string) => string;
  /** Fields of the filter that hold words; `text` when absent. */
  words?: readonly (keyof Filter)[];
  facets?: Record<By, Facet>;
}

/** The parents whose lists are read together. */
export interface Parents<Type extends string = string> {
  type: Type;
  ids: readonly string[];
}

/** A list to read: of everything, or of each of several parents. */
export interface ListQuestion {
  /** Opens the SQL of its page; that of its count ends in `Count`. */
  name: string;
  /** The select list of a row (query/rows.ts). */
  columns: string;
  /** Table and alias: `statement s`. */
  from: string;
  /** Where the keys of its orders are read, by the names that these have for them; else they are SQL. */
  keys?: Readonly<Record<string, string>>;
  /** Whether its conditions leave out what has no date. */
  isDated?: boolean;
  /** Its conditions. With parents, $1 holds their ids and `parent.id` is one of them. */
  where: Where;
  parents?: Parents;
}

/** Which rows of a list are asked for. */
interface Asked<Parent extends string, Filter> {
  parents?: Parents<Parent>;
  filter?: Filter | null;
  /** In which the words of the filter are read. */
  languages?: readonly string[];
  /** What is shown of each row. */
  selected?: Selection;
  /** The order of a page; counts have none. */
  ordering?: Ordering;
}

/** What to ask PostgreSQL for rows of a list. */
export function questionOf<
  Row extends object,
  Parent extends string,
  Filter extends AnyFilter,
  Order extends string,
  By extends string,
>(
  list: List<Row, Parent, Filter, Order, By>,
  { parents, filter, languages, selected, ordering }: Asked<Parent, Filter> = {},
): ListQuestion {
  const where = new Where(parents ? [parents.ids] : [], languages);
  const { from, keys } = list.source(where, filter, parents?.type, ordering);
  const isRanked = ordering && isByRelevance(ordering);
  return {
    name: parents ? `${list.field}Of${parents.type}` : list.field,
    columns: select(list.entity, list.row, selected),
    from: isRanked ? `${from} ${list.relevance!(where.words(filter!.text!))}` : from,
    keys,
    isDated: Boolean(filter?.date),
    where,
    parents,
  };
}
