import { raw, SQL, type SqlText } from "../db/sql-text.js";
import { keptCountSql } from "./kept-counts.js";
import { type ChildTable, hasSlug, slugsSql } from "./where.js";

/** A child table with one row for each value of a listed row. */
interface ChildColumn extends ChildTable {
  /** The column with the value; for `person_id` the filter has slugs. */
  column: string;
  /** Whether only rows that are `stated` count. */
  statedOnly?: boolean;
}

/** How many rows are counted at most, for all values together, to find the rarest value where the database keeps no counts. */
const MAX_ROWS_COUNTED = 100_000;

/** One value is looked up for a row in the time in which so many rows are read. */
const ROWS_PER_LOOKUP = 10;

/**
 * Returns the condition that a listed row has every one of the values in a child table. It is one condition for all values,
 * since each more would add to the planning time. An empty list matches nothing, like every list in a filter.
 *
 * The subselect starts from the rows with the rarest value, and checks the other values from the rarest to the most frequent. In a list
 * table, where none is much more frequent than the rarest, it reads the rows with each value instead and takes those that all have. It is an
 * array, so that it runs once.
 */
export function hasAllOf(
  values: readonly string[],
  { statedOnly = false, ...names }: ChildColumn,
): SqlText {
  if (values.length === 0) return raw("false");
  const given = slugsSql([...new Set(values)]);
  const isPerson = names.column === "person_id";
  const [table, foreignKey, column] = [raw(names.table), raw(names.foreignKey), raw(names.column)];
  const known = isPerson
    ? SQL`SELECT id AS value, former_slugs || slug AS slugs FROM person WHERE ${hasSlug(given)}`
    : SQL`SELECT unnest(${given}) AS value`;
  // Two slugs may belong to one person; an unknown slug matches nothing.
  const areKnown = isPerson
    ? SQL` AND ${given} <@ ARRAY(SELECT unnest(slugs) FROM known)`
    : raw("");
  const andStated = (x: string) => raw(statedOnly ? ` AND ${x}.stated` : "");
  const kept = keptCountSql(names.table, "known.value");
  const rows =
    kept ??
    SQL`(SELECT count(*) FROM (
      SELECT FROM ${table} x WHERE x.${column} = known.value
      LIMIT ${raw(`${MAX_ROWS_COUNTED}`)} / cardinality(${given})) AS counted)`;
  const stated = andStated("x");
  const byLookup = SQL`x.${column} = (SELECT value FROM wanted ORDER BY rows LIMIT 1)${stated}${areKnown}
      AND NOT EXISTS (
        SELECT FROM unnest(ARRAY(SELECT value FROM wanted ORDER BY rows OFFSET 1)) AS other (value)
        WHERE NOT EXISTS (SELECT FROM ${table} y
          WHERE y.${column} = other.value AND y.${foreignKey} = x.${foreignKey}${andStated("y")}))`;
  const areOfLikeSize = raw(`(SELECT sum(rows) < ${ROWS_PER_LOOKUP} * min(rows) FROM wanted)`);
  // Only list tables have one row for each value.
  const found = kept
    ? SQL`NOT ${areOfLikeSize} AND ${byLookup}
    UNION ALL SELECT x.${foreignKey} FROM ${table} x
    WHERE ${areOfLikeSize} AND x.${column} = ANY (ARRAY(SELECT value FROM wanted))${stated}${areKnown}
    GROUP BY 1 HAVING count(*) = (SELECT count(*) FROM wanted)`
    : byLookup;
  return SQL`${raw(names.rowId)} = ANY (ARRAY(
    WITH known AS MATERIALIZED (${known}), wanted AS MATERIALIZED (SELECT value, ${rows} AS rows FROM known)
    SELECT x.${foreignKey} FROM ${table} x WHERE ${found}))`;
}
