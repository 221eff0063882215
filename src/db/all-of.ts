import { hasSlug, type Own, type Where } from "./where.js";

/** Rows of another table that belong to a listed row, and which of their columns is to have all of the values. */
interface Link extends Own {
  /** People are named by their slugs, countries by what the column holds. */
  column: "person_id" | "country_code";
  /** How certain it has to be: `= 'STATED'`, or empty. */
  stated: string;
}

/** So many values are a condition each, which the planner weighs against one another and against the rest of the filter. */
const FEW = 2;

/** How many rows are looked at, those of all values together, to find out which of the values is the rarest. */
const COUNTED = 100_000;

/**
 * Adds that a listed row has every value of a list in rows of another table, in any of them each: by `each` for a few,
 * else by one condition for all, or planning would take longer with every value. An empty list matches nothing: clients
 * are promised that of every list in a filter.
 */
export function whereAllOf(
  where: Where,
  values: readonly string[],
  link: Link,
  each: (alone: string[]) => void,
): void {
  const different = [...new Set(values)];
  if (different.length === 0) where.and("false");
  else if (different.length > FEW) where.and(hasAll(where.slugs(different), link));
  else for (const value of different) each([value]);
}

/**
 * From what has the rarest value, those which have the others too, the next rarest looked for first. As an array, which is
 * made once, and by the index that begins with the column and goes on with the key.
 */
function hasAll(values: string, { table, key, of, column, stated }: Link): string {
  const isPerson = column === "person_id";
  const known = isPerson
    ? `SELECT id AS value, former_slugs || slug AS slugs FROM person WHERE ${hasSlug(values)}`
    : `SELECT unnest(${values}) AS value`;
  // Two slugs may be one person's, and one that is nobody's is found nowhere.
  const areKnown = isPerson ? ` AND ${values} <@ ARRAY(SELECT unnest(slugs) FROM known)` : "";
  const andCertain = (x: string) => andStated(x, column, stated);
  return `${of} = ANY (ARRAY(
    WITH known AS MATERIALIZED (${known}), wanted AS MATERIALIZED (
      SELECT value, (SELECT count(*) FROM (
        SELECT FROM ${table} x WHERE x.${column} = known.value
        LIMIT ${COUNTED} / cardinality(${values})) AS counted) AS rows FROM known)
    SELECT x.${key} FROM ${table} x
    WHERE x.${column} = (SELECT value FROM wanted ORDER BY rows LIMIT 1)${andCertain("x")}${areKnown}
      AND NOT EXISTS (
        SELECT FROM unnest(ARRAY(SELECT value FROM wanted ORDER BY rows OFFSET 1)) AS other (value)
        WHERE NOT EXISTS (SELECT FROM ${table} y
          WHERE y.${column} = other.value AND y.${key} = x.${key}${andCertain("y")}))))`;
}

/** That a row names somebody or something with this certainty; empty where any will do. */
export function andStated(x: string, column: string, stated: string): string {
  return stated && ` AND ${x}.${column.replace(/_(?:id|code)$/, "_certainty")} ${stated}`;
}
