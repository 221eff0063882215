import { generic, raw, SQL, type SqlText } from "../db/sql-text.js";
import { hasAllOf } from "./all-of.js";
import type { Ordering } from "./ordering.js";
import { idsOfSlugs as idsOf, type SluggedTable, type Where } from "./where.js";

/** A parent or filter value by which items can be listed, and the table or column that holds it. */
export interface Criterion<Parent extends string, Filter> {
  /** The type whose field lists the items. */
  parent?: Parent;
  /** The filter field for items with any of its values. */
  filter?: keyof Filter;
  /** The filter field for items with all of its values. */
  all?: keyof Filter;
  /** A list table (migration 11); absent if the item itself has the column. */
  table?: string;
  column: string;
  /** Columns of the item that the list table has too. */
  copied?: readonly string[];
  /** The type of the column, where its values are not text. */
  type?: string;
  /** Returns a subselect of the ids of the filter's slugs; absent if its values are those of the column. */
  idsOf?: (slugs: readonly string[]) => SqlText;
}

/** Makes `idsOf` for a filter that takes slugs. */
export const idsOfSlugs = (table: SluggedTable) => (slugs: readonly string[]) =>
  idsOf(table, slugs);

/** `idsOf` for a filter that takes keys of documents. */
export const idsOfDocuments = (keys: readonly string[]) =>
  SQL`SELECT id FROM source_document WHERE key = ANY (${generic(keys, "text[]")})`;

/** The items of a list: their table and its alias. */
export interface ListedItem {
  table: string;
  alias: string;
  /** If there are list tables of them: the name of their id there, and the columns they are ordered by. */
  id?: string;
  keys?: readonly string[];
  /** Columns of the item alone that the whole list may be ordered by. */
  ownKeys?: readonly string[];
}

/** The FROM clause of a list, and the columns of its keys. */
export interface ListSource {
  from: string;
  keys: Record<string, string>;
}

/** What the conditions of a list may depend on, besides the filter. */
export interface ListedBy<Parent> {
  source: ListSource;
  parent?: Parent;
  /** The order of a page; absent for counts. */
  ordering?: Ordering;
}

/** How to restrict a list. */
interface ListSourceOptions<Parent, Filter> {
  parent?: Parent;
  filter?: Filter | null;
  /** Whether only links that are STATED count. */
  statedOnly: boolean;
  /** The order of a page; absent for counts. */
  ordering?: Ordering;
  /** Whether another table is joined to the items, so that no list table can be the source. */
  isJoined?: boolean;
}

/** A criterion with its values in one query. */
interface Condition<Parent extends string, Filter> {
  criterion: Criterion<Parent, Filter>;
  /** `= parent.id` or one value: a list that is one range of an index. */
  single?: SqlText;
  several?: SqlText;
  all?: readonly string[];
}

/**
 * Chooses the table that a list is read from, and adds the conditions for the parent and the filter. The source is the first
 * criterion with a single value: criteria are declared in the order of how few items a value is likely to have. The others
 * are checked for each row.
 */
export function listSource<Parent extends string, Filter extends object>(
  where: Where,
  item: ListedItem,
  criteria: readonly Criterion<Parent, Filter>[],
  { parent, filter, statedOnly, ordering, isJoined = false }: ListSourceOptions<Parent, Filter>,
): ListSource {
  const conditions = criteria.flatMap((criterion) => conditionsOn(criterion, parent, filter));
  const first = isJoined ? undefined : conditions.find(({ single }) => single !== undefined);
  const source = sourceOf(item, first?.criterion, ordering);
  where.isReadInIndexOrder = first !== undefined;
  // What the list table has of the item is counted there, by its index alone.
  for (const column of first?.criterion.copied ?? []) source.keys[column] = `l.${column}`;
  for (const condition of conditions) {
    const { table, column } = condition.criterion;
    if (condition.all) {
      const child = { table: table!, foreignKey: item.id!, rowId: source.keys.id! };
      where.and(hasAllOf(condition.all, { ...child, column, statedOnly }));
      continue;
    }
    const is = condition.single ?? condition.several!;
    if (!table) {
      const alias = first?.criterion.copied?.includes(column) ? "l" : item.alias;
      where.and(SQL`${raw(`${alias}.${column}`)} ${is}`);
    } else if (condition === first) {
      where.and(SQL`${raw(`l.${column}`)} ${is}`);
      if (statedOnly) where.and(raw("l.stated"));
    } else {
      const child = { table, foreignKey: item.id!, rowId: source.keys.id! };
      const stated = (x: string) => raw(statedOnly ? ` AND ${x}.stated` : "");
      where.exists(child, (x) => SQL`${raw(`${x}.${column}`)} ${is}${stated(x)}`);
    }
  }
  return source;
}

/**
 * Returns the item's own table, or a list table joined to it. List tables have the keys too: PostgreSQL drops the join if the
 * query needs no other column of the item.
 */
function sourceOf(
  { table, alias, id, keys = [], ownKeys = [] }: ListedItem,
  listed?: { table?: string },
  ordering?: Ordering,
): ListSource {
  const list = listed ? listed.table : ordering?.table;
  const x = list ? "l" : alias;
  const own = Object.fromEntries([
    ...keys.map((key) => [key, `${x}.${key}`]),
    ...ownKeys.map((key) => [key, listed ? sorted(`${alias}.${key}`) : `${alias}.${key}`]),
  ]) as Record<string, string>;
  const rowId = list ? `l.${id}` : `${alias}.id`;
  const from = list
    ? `${list} l LEFT JOIN ${table} ${alias} ON ${alias}.id = l.${id}`
    : `${table} ${alias}`;
  if (!ordering?.table) return { from, keys: { ...own, id: rowId } };
  const key = (name: string) => (list === ordering.table ? `l.${name}` : sorted(`k.${name}`));
  return {
    from: list === ordering.table ? from : `${from} JOIN ${ordering.table} k ON k.${id} = ${rowId}`,
    keys: {
      ...Object.fromEntries(ordering.keys.map(({ sql }) => [sql, key(sql)])),
      ...own,
      id: rowId,
    },
  };
}

/**
 * Returns a key of all items for one list of them, whose rows are sorted: PostgreSQL would read an index on the key to its end for a
 * short list, so it may not use it.
 */
function sorted(key: string): string {
  return `(${key} + 0)`;
}

function conditionsOn<Parent extends string, Filter extends object>(
  criterion: Criterion<Parent, Filter>,
  parent: Parent | undefined,
  filter: Filter | null | undefined,
): Condition<Parent, Filter>[] {
  const conditions: Condition<Parent, Filter>[] = [];
  if (parent !== undefined && criterion.parent === parent) {
    conditions.push({ criterion, single: raw("= parent.id") });
  }
  const any = valuesOf(filter, criterion.filter);
  if (any) conditions.push({ criterion, ...isAnyOf(criterion, any) });
  const all = valuesOf(filter, criterion.all);
  if (all) {
    const condition = all.length === 1 ? isAnyOf(criterion, all) : { all };
    conditions.push({ criterion, ...condition });
  }
  return conditions;
}

/** Returns the distinct values of a filter field. */
function valuesOf<Filter>(filter: Filter | null | undefined, field: keyof Filter | undefined) {
  const values = field && (filter?.[field] as readonly string[] | null | undefined);
  return values && [...new Set(values)];
}

/** Returns the comparison of a column with any of the values. */
function isAnyOf<Parent extends string, Filter>(
  { idsOf, type = "text" }: Criterion<Parent, Filter>,
  values: readonly string[],
): { single: SqlText } | { several: SqlText } {
  const [value, ...others] = values;
  const isSingle = value !== undefined && others.length === 0;
  if (idsOf) {
    const ids = idsOf(values);
    return isSingle ? { single: SQL`= (${ids} LIMIT 1)` } : { several: SQL`IN (${ids})` };
  }
  return isSingle
    ? { single: SQL`= ${generic(value, type)}` }
    : { several: SQL`= ANY (${generic(values, `${type}[]`)})` };
}
