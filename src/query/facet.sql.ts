import type { Sql } from "../db/sql.js";
import { type Counted, type Facet, type RecordFacetCount, seesEachRow } from "./facet.js";
import type { ListQuestion } from "./list.js";
import { readEach } from "./page.sql.js";

/**
 * The most frequent values among the rows of the list, for each parent in one statement: most rows first,
 * then by value. A row without the value counts nowhere, one with several values under each. Where all rows are seen by
 * it, how many there are is counted at once.
 */
export async function countFacet(
  sql: Sql,
  { from, keys = {}, where, parents, name }: ListQuestion,
  by: string,
  facet: Facet,
  first: number,
): Promise<Counted[]> {
  const isOfAll = seesEachRow(facet);
  const key = typeof facet.key === "string" ? facet.key : facet.key(keys);
  const counted = `
    WITH counted AS (
      SELECT ${key} AS key, count(${facet.repeats ? `DISTINCT ${keys.id}` : "*"})::int AS count
      FROM ${from} ${facet.join ?? ""}
      WHERE ${where.toAggregateSql()} ${isOfAll ? "" : `AND ${key} IS NOT NULL`}
      GROUP BY 1)
    (SELECT ${facet.value} COLLATE "C" AS value, ${facet.label} AS label, counted.count
     FROM counted ${facet.of ?? ""} WHERE counted.key IS NOT NULL
     ORDER BY count DESC, value LIMIT ${first})
    ${isOfAll ? "UNION ALL SELECT NULL, NULL, sum(count)::int FROM counted" : ""}`;
  const lists = await readEach<CountedRow>(sql, `${name}By${by}`, [counted], where, parents);
  return lists.map((rows) => {
    const sum = rows.find(({ value }) => value === null);
    return { counts: rows.filter(hasValue), total: sum ? (sum.count ?? 0) : null };
  });
}

/** One without a value is the sum of all. */
type CountedRow = RecordFacetCount | { value: null; count: number | null };

function hasValue(row: CountedRow): row is RecordFacetCount {
  return row.value !== null;
}
