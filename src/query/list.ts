import type { Facet } from "./facet.js";
import type { ListSource } from "./list-source.js";
import { isByRelevance, type Ordering } from "./ordering.js";
import { type EntityClass, select, type Selection } from "./rows.js";
import { Where } from "./where.js";

/** The fields that any filter may have. */
export interface AnyFilter {
  text?: string | null;
  date?: object | null;
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
  /** The alias of its table in SQL. */
  alias: string;
  orderings: Record<Order, Ordering>;
  /** The order when the client gives none; if absent, the first of `orderings`. */
  defaultOrder?: (parent?: Parent) => Order;
  /** Returns the FROM clause, and adds the conditions for the parent and the filter. */
  source: (
    where: Where,
    filter: Filter | null | undefined,
    parent: Parent | undefined,
    ordering: Ordering | undefined,
  ) => ListSource;
  /** Returns a join with the rank for the order RELEVANCE (ordering.ts). */
  relevance?: (query: string) => string;
  /** The filter fields with search words; `text` if absent. */
  words?: readonly (keyof Filter)[];
  facets?: Record<By, Facet>;
}

/** The parents whose lists are read by one statement. */
export interface Parents<Type extends string = string> {
  type: Type;
  ids: readonly string[];
}

/** The SQL parts of a list query: for the root list, or for each of several parents. */
export interface ListQuery {
  /** The name of the page's statement; that of the count ends in `Count`. */
  name: string;
  /** The select list (rows.ts). */
  columns: string;
  /** Table and alias: `statement s`. */
  from: string;
  /** The columns of the order keys, by the name of the key; a key that is not here is SQL itself. */
  keys?: Readonly<Record<string, string>>;
  /** Whether the conditions exclude rows without a date. */
  isDated?: boolean;
  /** The conditions. With parents, $1 holds their ids, and `parent.id` is the current one. */
  where: Where;
  parents?: Parents;
}

/** The options of a list query. */
interface ListQueryOptions<Parent extends string, Filter> {
  parents?: Parents<Parent>;
  filter?: Filter | null;
  /** The text search configurations for the words of the filter. */
  languages?: readonly string[];
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
  { parents, filter, languages, selected, ordering }: ListQueryOptions<Parent, Filter> = {},
): ListQuery {
  const where = new Where(parents ? [parents.ids] : [], languages);
  const { from, keys } = list.source(where, filter, parents?.type, ordering);
  const isRanked = ordering && isByRelevance(ordering);
  return {
    name: parents ? `${list.field}Of${parents.type}` : list.field,
    columns: select(list.entity, list.alias, selected),
    from: isRanked ? `${from} ${list.relevance!(where.words(filter!.text!))}` : from,
    keys,
    isDated: Boolean(filter?.date),
    where,
    parents,
  };
}
