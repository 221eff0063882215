import type { Sql } from "../db/sql.js";
import { raw, SQL, type SqlText } from "../db/sql-text.js";
import {
  countsEachRowOnce,
  type Facet,
  type FacetCounts,
  type RecordFacetCount,
  YEAR,
} from "./facet.js";
import { keptByParent, keptByYear, type ListCountedByYear } from "./kept-counts.js";
import { type ListQuery, readLists } from "./page.js";

/** The values of a facet from `skip` on, at most `first` of them. */
export interface PartOfFacet {
  first: number;
  skip: number;
}

/** How to count a list by a facet. */
interface Counting {
  /** The facet's name in the schema. */
  by: string;
  facet: Facet;
  part: PartOfFacet;
  whole?: WholeList;
}

/** A list without a filter, of which the database keeps some counts. */
export interface WholeList {
  /** The list whose counts by year it keeps. */
  years?: ListCountedByYear;
  /** Whether it is that of all rows on record. */
  isAll: boolean;
}

/** Returns the whole list of parents of a type, or of all rows. */
export function wholeList<Parent extends string>(
  years: Partial<Record<Parent | "Query", ListCountedByYear>> | undefined,
  parent: Parent | undefined,
): WholeList {
  return { years: years?.[parent ?? "Query"], isAll: parent === undefined };
}

/** The lists of the values of a facet, if the database keeps the counts of these. */
const listsOf = (facet: Facet, whole?: WholeList) => (whole?.isAll ? facet.lists : undefined);

/** Whether the counts of a facet come with the total count of the list. Those of the lists of its values lack the rows without a value. */
export function addsUp(facet: Facet, whole?: WholeList): boolean {
  return countsEachRowOnce(facet) && !listsOf(facet, whole);
}

/** Selects the counts of a facet that the database keeps; undefined if it does not. */
function keptOf(facet: Facet, { parents }: ListQuery, whole?: WholeList): SqlText | undefined {
  const lists = listsOf(facet, whole);
  if (lists) return keptByParent(lists);
  return facet === YEAR && whole?.years ? keptByYear(whole.years, parents) : undefined;
}

/**
 * Counts the rows of a list by the values of a facet, for each parent in one statement: the most frequent values first, then
 * by value. A row without a value is not counted, one with several values is counted under each. If the facet counts each row
 * once, the total is read too.
 */
export async function countFacet(
  sql: Sql,
  query: ListQuery,
  { by, facet, part, whole }: Counting,
): Promise<FacetCounts[]> {
  const { name, parents } = query;
  const shown = `${facet.value} COLLATE "C" AS value, ${facet.label} AS label, counted.count
    FROM counted ${facet.valueJoin ?? ""}`;
  const counted = SQL`
    WITH counted AS (${keptOf(facet, query, whole) ?? byKey(query, facet)})
    (SELECT ${raw(shown)} WHERE counted.key IS NOT NULL
     ORDER BY count DESC, value ${raw(`LIMIT ${part.first} OFFSET ${part.skip}`)})
    ${raw(addsUp(facet, whole) ? "UNION ALL SELECT NULL, NULL, sum(count)::int FROM counted" : "")}`;
  const read = await readLists<CountedRow>(sql, `${name}By${by}`, [counted], parents);
  return read.map((rows) => {
    const sum = rows.find(({ value }) => value === null);
    return { counts: rows.filter(hasValue), total: sum ? (sum.count ?? 0) : null };
  });
}

/** Counts the rows of a list by the key of a facet. */
function byKey({ from, keys = {}, where }: ListQuery, facet: Facet): SqlText {
  const key = typeof facet.key === "string" ? facet.key : facet.key(keys);
  const rows = facet.repeats ? `DISTINCT ${keys.id}` : "*";
  return SQL`
    SELECT ${raw(`${key} AS key, count(${rows})::int AS count`)}
    FROM ${from} ${raw(facet.join ?? "")}
    WHERE ${where.toAggregateSql()} ${raw(countsEachRowOnce(facet) ? "" : `AND ${key} IS NOT NULL`)}
    GROUP BY 1`;
}

/** Parts of a facet that begin within as many values are read together: each of them would count the whole list anew. */
export const VALUES_SHARED = 300;

/** Reads the parts of a facet that were asked for, each as `skip first parentId`, from the values that hold all of them. */
export async function inParts(
  asked: readonly string[],
  read: (parentIds: readonly string[], part: PartOfFacet) => Promise<FacetCounts[]>,
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
