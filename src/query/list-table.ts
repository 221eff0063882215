import { hasSlug, type Own, type Where } from "./where.js";

/** Something that items are listed under: what names it, and the table that holds its list. */
export interface Listing<Parent extends string, Filter> {
  /** The type whose list it is. */
  parent?: Parent;
  /** The field of the filter that asks for the same. */
  filter?: keyof Filter;
  /** The field that asks for all of its values. */
  all?: keyof Filter;
  /** A table made for lists (migration 13); absent where the item itself has the column. */
  table?: string;
  column: string;
  /** What of the item that table holds too. */
  copied?: readonly string[];
  /** A subselect of the ids that the filter's slugs stand for; absent where its values are codes. */
  idsOf?: (where: Where, slugs: readonly string[]) => string;
}

/** Of a listing whose filter takes slugs. */
export const slugsOf =
  (table: Parameters<Where["idsOfSlugs"]>[0]) => (where: Where, slugs: readonly string[]) =>
    where.idsOfSlugs(table, slugs);

/** The item that is listed: its table, the alias of its rows, what lists call its id, and its keys. */
export interface ListedItem {
  table: string;
  row: string;
  id: string;
  keys: readonly string[];
}

/** Where a list is read from. */
export interface ListSource {
  from: string;
  keys: Record<string, string>;
}

/** What items have to be listed under. */
interface ListedBy<Parent, Filter> {
  parent?: Parent;
  filter?: Filter | null;
  /** Whether the links that list them have to be STATED. */
  statedOnly: boolean;
  /** Whether the items are read from elsewhere, so that each is only asked. */
  isJoined?: boolean;
}

/** A listing that a question is about, and of which parent or values. */
interface Asked<Parent extends string, Filter> {
  listing: Listing<Parent, Filter>;
  /** `= parent.id`, or one value: such a list is one range of an index. */
  single?: string;
  several?: string;
  all?: readonly string[];
}

/**
 * Decides where a list is read from, and adds that its items are listed under the parent and under what the filter names.
 * It is read from the first of the listings that is asked of one thing: they stand in the order of how few items they
 * are likely to have. Of the others each item is asked.
 */
export function listSource<Parent extends string, Filter extends object>(
  where: Where,
  item: ListedItem,
  listings: readonly Listing<Parent, Filter>[],
  { parent, filter, statedOnly, isJoined = false }: ListedBy<Parent, Filter>,
): ListSource {
  const asked = listings.flatMap((listing) => askedOf(where, listing, parent, filter));
  const first = isJoined ? undefined : asked.find(({ single }) => single !== undefined);
  const source = first ? sourceOf(item, first.listing) : sourceOf(item);
  where.isAskedInTurn = first !== undefined;
  for (const one of asked) {
    const { listing } = one;
    const { table, column } = listing;
    if (one.all) {
      const own = { table: table!, key: item.id, of: source.keys.id! };
      where.and(hasAllOf(where, one.all, { ...own, column, statedOnly }));
      continue;
    }
    const is = one.single ?? one.several!;
    if (!table) {
      const holder = first?.listing.copied?.includes(column) ? "l" : item.row;
      where.and(`${holder}.${column} ${is}`);
    } else if (one === first) {
      where.and(`l.${column} ${is}`);
      if (statedOnly) where.and("l.stated");
    } else {
      const own = { table, key: item.id, of: source.keys.id! };
      where.has(own, (x) => `${x}.${column} ${is}${statedOnly ? ` AND ${x}.stated` : ""}`);
    }
  }
  return source;
}

/** The item's own table, or a table made for lists, which has its keys too. What needs nothing else of the item is read from that alone. */
function sourceOf<Parent extends string, Filter>(
  { table, row, id, keys }: ListedItem,
  listing: Listing<Parent, Filter> = { column: "id" },
): ListSource {
  const x = listing.table ? "l" : row;
  return {
    from: listing.table
      ? `${listing.table} l LEFT JOIN ${table} ${row} ON ${row}.id = l.${id}`
      : `${table} ${row}`,
    keys: {
      ...Object.fromEntries(keys.map((key) => [key, `${x}.${key}`])),
      id: listing.table ? `l.${id}` : `${row}.id`,
    },
  };
}

function askedOf<Parent extends string, Filter extends object>(
  where: Where,
  listing: Listing<Parent, Filter>,
  parent: Parent | undefined,
  filter: Filter | null | undefined,
): Asked<Parent, Filter>[] {
  const asked: Asked<Parent, Filter>[] = [];
  if (parent !== undefined && listing.parent === parent) {
    asked.push({ listing, single: "= parent.id" });
  }
  const any = valuesOf(filter, listing.filter);
  if (any) asked.push({ listing, ...isAnyOf(where, listing, any) });
  const all = valuesOf(filter, listing.all);
  if (all) asked.push({ listing, ...(all.length === 1 ? isAnyOf(where, listing, all) : { all }) });
  return asked;
}

/** The different values of a field of the filter. */
function valuesOf<Filter>(filter: Filter | null | undefined, field: keyof Filter | undefined) {
  const values = field && (filter?.[field] as readonly string[] | null | undefined);
  return values && [...new Set(values)];
}

/** That a column has one of the values. */
function isAnyOf<Parent extends string, Filter>(
  where: Where,
  { idsOf }: Listing<Parent, Filter>,
  values: readonly string[],
): { single: string } | { several: string } {
  const [value, ...others] = values;
  const isSingle = value !== undefined && others.length === 0;
  if (idsOf) {
    const ids = idsOf(where, values);
    return isSingle ? { single: `= (${ids} LIMIT 1)` } : { several: `IN (${ids})` };
  }
  return isSingle
    ? { single: `= ${where.bound(value, "text")}` }
    : { several: `= ANY (${where.bound(values, "text[]")})` };
}

/** Rows of another table that belong to a listed row, one for each of the values that it has. */
interface Link extends Own {
  /** People are named by their slugs, countries by what the column holds. */
  column: string;
  /** Whether they have to be STATED, which such a table then tells. */
  statedOnly?: boolean;
}

/** How many rows are looked at, those of all values together, to find out which of the values is the rarest. */
const COUNTED = 100_000;

/**
 * The condition that a listed row has every value of a list in rows of another table, in any of them each: one for all
 * values, or planning would take longer with each. An empty list matches nothing: clients are promised that of every list
 * in a filter.
 *
 * From what has the rarest value, those which have the others too, the next rarest looked for first. As an array, which is
 * made once.
 */
export function hasAllOf(
  where: Where,
  values: readonly string[],
  { table, key, of, column, statedOnly = false }: Link,
): string {
  if (values.length === 0) return "false";
  const given = where.slugs([...new Set(values)]);
  const isPerson = column === "person_id";
  const known = isPerson
    ? `SELECT id AS value, former_slugs || slug AS slugs FROM person WHERE ${hasSlug(given)}`
    : `SELECT unnest(${given}) AS value`;
  // Two slugs may be one person's, and one that is nobody's is found nowhere.
  const areKnown = isPerson ? ` AND ${given} <@ ARRAY(SELECT unnest(slugs) FROM known)` : "";
  const andStated = (x: string) => (statedOnly ? ` AND ${x}.stated` : "");
  return `${of} = ANY (ARRAY(
    WITH known AS MATERIALIZED (${known}), wanted AS MATERIALIZED (
      SELECT value, (SELECT count(*) FROM (
        SELECT FROM ${table} x WHERE x.${column} = known.value
        LIMIT ${COUNTED} / cardinality(${given})) AS counted) AS rows FROM known)
    SELECT x.${key} FROM ${table} x
    WHERE x.${column} = (SELECT value FROM wanted ORDER BY rows LIMIT 1)${andStated("x")}${areKnown}
      AND NOT EXISTS (
        SELECT FROM unnest(ARRAY(SELECT value FROM wanted ORDER BY rows OFFSET 1)) AS other (value)
        WHERE NOT EXISTS (SELECT FROM ${table} y
          WHERE y.${column} = other.value AND y.${key} = x.${key}${andStated("y")}))))`;
}
