import type DataLoader from "dataloader";
import { generic, raw, SQL, type SqlText } from "../db/sql-text.js";
import type { Sql } from "../db/sql.js";
import type { Parents } from "./page.js";

/** Returns the loader with this name, which reads the values of several parents at once; makes it the first time. */
export type Batch = <Value>(
  name: string,
  read: (parentIds: readonly string[]) => Promise<Value[]>,
) => DataLoader<string, Value>;

/** Reads how many rows the whole list of each parent has; the id of the parent is empty for the list of all. */
export type ReadCounts = (
  context: { sql: Sql; batch: Batch },
  parentIds: readonly string[],
) => Promise<number[]>;

/** How many statements a person made, retracted ones aside, and in how many meetings they take part. */
interface Activity {
  statements: number;
  meetings: number;
}

/** The lists whose rows the database counts (migration 18): of all, and by parent. */
export type CountedList =
  | "statement"
  | "statement_at_place"
  | "statement_of_country"
  | "statement_of_organization"
  | "statement_on_topic"
  | "meeting"
  | "meeting_of_country"
  | "meeting_of_organization"
  | "meeting_at_place"
  | "source_document";

/** The lists of a parent whose counts the database keeps by year; where there is a table of that name, its rows are those of the lists. */
const LISTS_OF_PARENTS = [
  "statement_of_person",
  "statement_at_place",
  "statement_of_country",
  "statement_of_organization",
  "statement_on_topic",
  "meeting_of_person",
  "meeting_of_country",
  "meeting_of_organization",
  "meeting_at_place",
] as const;

export type ListOfParents = (typeof LISTS_OF_PARENTS)[number];

/** The lists whose counts the database keeps by year. */
export type ListCountedByYear = "statement" | "meeting" | ListOfParents;

/** Returns the number of rows of a list of one parent, given as SQL; null if the database does not keep it. */
export function keptCountSql(table: string, parent: string): SqlText | null {
  if (!LISTS_OF_PARENTS.some((list) => list === table)) return null;
  return raw(
    `(SELECT coalesce(sum(k.n), 0) FROM kept_count k WHERE k.list = '${table}' AND k.parent = ${parent}::text)`,
  );
}

/**
 * Counts the whole list of statements or meetings of each person. The database keeps both counts, so that they cost the same
 * however many there are, and one statement where both are asked for.
 */
export const countedOf =
  (what: keyof Activity): ReadCounts =>
  (context, personIds) => {
    const loader = context.batch("activity", (ids) => activityOfPeople(context.sql, ids));
    return Promise.all(personIds.map(async (id) => (await loader.load(id))[what]));
  };

async function activityOfPeople(sql: Sql, personIds: readonly string[]): Promise<Activity[]> {
  const rows = await sql.query<Activity & { id: string }>(
    "activityOfPeople",
    SQL`SELECT person_id AS id, -minus_statements AS statements, -minus_meetings AS meetings
      FROM person_activity WHERE person_id = ANY (${generic(personIds, "uuid[]")})`,
  );
  const byId = new Map(rows.map((row) => [row.id, row]));
  return personIds.map((id) => byId.get(id) ?? { statements: 0, meetings: 0 });
}

/** The same for lists of other parents, and of all: one statement for all of them that a request asks for. */
export const keptCount =
  (list: CountedList): ReadCounts =>
  (context, parentIds) => {
    const loader = context.batch("kept counts", (keys) => keptCounts(context.sql, keys));
    return Promise.all(parentIds.map((id) => loader.load(keyOf(list, id))));
  };

/** Reads how many rows these lists have, each of all items. */
export function countsOfAll(sql: Sql, lists: readonly CountedList[]): Promise<number[]> {
  return keptCounts(
    sql,
    lists.map((list) => keyOf(list, "")),
  );
}

/** Selects the counts of a list by year, as `key` and `count`: of each `parent.id`, or of all. The key is null without a date. */
export function keptByYear(list: ListCountedByYear, parents: Parents | undefined): SqlText {
  return SQL`
    SELECT nullif(year, 0) AS key, sum(n)::int AS count FROM kept_count
    WHERE list = ${raw(`'${list}' AND parent = ${parents ? "parent.id::text" : "''"}`)}
    GROUP BY 1 HAVING sum(n) <> 0`;
}

/** Selects how many rows the list of each parent has, as `key` and `count`. */
export function keptByParent(list: ListOfParents): SqlText {
  const key = list.endsWith("_country") ? "parent" : "parent::uuid";
  return raw(`
    SELECT ${key} AS key, sum(n)::int AS count FROM kept_count
    WHERE list = '${list}' GROUP BY parent HAVING sum(n) <> 0`);
}

const keyOf = (list: CountedList, parentId: string) => `${list} ${parentId}`;

async function keptCounts(sql: Sql, keys: readonly string[]): Promise<number[]> {
  const parts = keys.map((key) => key.split(" "));
  const [lists, parents] = [0, 1].map((i) => parts.map((part) => part[i]));
  const rows = await sql.query<{ key: string; n: number | null }>(
    "keptCounts",
    SQL`SELECT list || ' ' || parent AS key, (
        SELECT sum(n)::int FROM kept_count k WHERE k.list = asked.list AND k.parent = asked.parent) AS n
      FROM unnest(${generic(lists, "text[]")}, ${generic(parents, "text[]")}) AS asked (list, parent)`,
  );
  const byKey = new Map(rows.map(({ key, n }) => [key, n]));
  return keys.map((key) => byKey.get(key) ?? 0);
}
