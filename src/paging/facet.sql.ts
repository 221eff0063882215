import type { Sql } from "../db/sql.js";
import type { Facet, RecordFacetCount } from "./facet.js";
import { type ListQuestion, readEach } from "./page.sql.js";

/**
 * The most frequent values among the rows of the list, for each parent in one statement: most rows first,
 * then by value. A row without the value counts nowhere, one with several values under each.
 */
export async function countFacet(
  sql: Sql,
  { from, where, parents, name }: ListQuestion,
  by: string,
  facet: Facet,
  first: number,
): Promise<RecordFacetCount[][]> {
  const row = from.split(" ")[1]!;
  const counted = `
    SELECT ${facet.value} COLLATE "C" AS value, ${facet.label} AS label,
      count(${facet.repeats ? `DISTINCT ${row}.id` : "*"})::int AS count
    FROM ${from} ${facet.join}
    WHERE ${where.ofAll()} AND ${facet.value} IS NOT NULL
    GROUP BY 1, 2 ORDER BY count DESC, value LIMIT ${first}`;
  return readEach(sql, `${name}By${by}`, counted, where, parents);
}
