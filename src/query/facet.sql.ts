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

/** Parts of a facet that begin within as many values are read together: each of them would count the whole list anew. */
export const VALUES_SHARED = 300;

/** Reads the parts of a facet that were asked for, each as `skip first parentId`, from the values that hold all of them. */
export async function inParts(
  asked: readonly string[],
  read: (
    parentIds: readonly string[],
    part: { first: number; skip: number },
  ) => Promise<FacetCounts[]>,
): Promise<FacetCounts[]> {
  const parts = asked.map((key) => {
    const [, skip, first, id] = /^(\d+) (\d+) (.*)$/s.exec(key)!;
    return { skip: Number(skip), end: Number(skip) + Number(first), id: id! };
  });
  const ids = [...new Set(parts.map(({ id }) => id))];
  const skip = Math.min(...parts.map((part) => part.skip));
  const end = Math.max(...parts.map((part) => part.end));
  const all = await read(ids, { first: end - skip, skip });
  const byId = new Map(ids.map((id, i) => [id, all[i]!]));
  return parts.map((part) => {
    const { counts, total } = byId.get(part.id)!;
    return { counts: counts.slice(part.skip - skip, part.end - skip), total };
  });
}

/** A value and its count; the row without a value has the total. */
type CountedRow = RecordFacetCount | { value: null; count: number | null };

function hasValue(row: CountedRow): row is RecordFacetCount {
  return row.value !== null;
}
