import type { Sql } from "../db/sql.js";
import { raw, SQL } from "../db/sql-text.js";
import { type FacetCounts, type Facet, type RecordFacetCount, countsEachRowOnce } from "./facet.js";
import { type ListQuery, readLists } from "./page.js";

/**
 * Counts the rows of a list by the values of a facet, for each parent in one statement: the most frequent values first, then
 * by value. A row without a value is not counted, one with several values is counted under each. If the facet counts each row
 * once, the total is read too.
 */
export async function countFacet(
  sql: Sql,
  { from, keys = {}, where, parents, name }: ListQuery,
  by: string,
  facet: Facet,
  page: { first: number; skip: number },
): Promise<FacetCounts[]> {
  const countsAllRows = countsEachRowOnce(facet);
  const key = typeof facet.key === "string" ? facet.key : facet.key(keys);
  const rows = facet.repeats ? `DISTINCT ${keys.id}` : "*";
  const shown = `${facet.value} COLLATE "C" AS value, ${facet.label} AS label, counted.count
    FROM counted ${facet.valueJoin ?? ""}`;
  const counted = SQL`
    WITH counted AS (
      SELECT ${raw(`${key} AS key, count(${rows})::int AS count`)}
      FROM ${from} ${raw(facet.join ?? "")}
      WHERE ${where.toAggregateSql()} ${raw(countsAllRows ? "" : `AND ${key} IS NOT NULL`)}
      GROUP BY 1)
    (SELECT ${raw(shown)} WHERE counted.key IS NOT NULL
     ORDER BY count DESC, value ${raw(`LIMIT ${page.first} OFFSET ${page.skip}`)})
    ${raw(countsAllRows ? "UNION ALL SELECT NULL, NULL, sum(count)::int FROM counted" : "")}`;
  const lists = await readLists<CountedRow>(sql, `${name}By${by}`, [counted], parents);
  return lists.map((rows) => {
    const sum = rows.find(({ value }) => value === null);
    return { counts: rows.filter(hasValue), total: sum ? (sum.count ?? 0) : null };
  });
}

/** A value and its count; the row without a value has the total. */
type CountedRow = RecordFacetCount | { value: null; count: number | null };

function hasValue(row: CountedRow): row is RecordFacetCount {
  return row.value !== null;
}
