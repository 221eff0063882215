import { hasSlug, type Own, type Where } from "./where.js";

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
