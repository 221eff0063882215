import { generic, SQL } from "../db/sql-text.js";
import type { Sql } from "../db/sql.js";
import type { ReadCounts } from "./list.js";

/** How many statements a person made, retracted ones aside, and in how many meetings they take part. */
interface Activity {
  statements: number;
  meetings: number;
}

/** The lists whose rows the database counts (migration 17): of all, and by parent. */
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

const keyOf = (list: CountedList, parentId: string) => `${list} ${parentId}`;

async function keptCounts(sql: Sql, keys: readonly string[]): Promise<number[]> {
  const parts = keys.map((key) => key.split(" "));
  const [lists, parents] = [0, 1].map((i) => parts.map((part) => part[i]));
  const rows = await sql.query<{ key: string; n: number }>(
    "keptCounts",
    SQL`SELECT list || ' ' || parent AS key, sum(n)::int AS n
      FROM unnest(${generic(lists, "text[]")}, ${generic(parents, "text[]")}) AS asked (list, parent)
        JOIN kept_count USING (list, parent)
      GROUP BY 1`,
  );
  const byKey = new Map(rows.map(({ key, n }) => [key, n]));
  return keys.map((key) => byKey.get(key) ?? 0);
}
