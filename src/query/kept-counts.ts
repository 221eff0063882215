import { generic, SQL } from "../db/sql-text.js";
import type { Sql } from "../db/sql.js";
import type { ListContext } from "./list.js";

/** How many statements a person made, retracted ones aside, and in how many meetings they take part. */
interface Activity {
  statements: number;
  meetings: number;
}

/**
 * Counts the whole list of statements or meetings of each person. The database keeps both counts, so that they cost the same
 * however many there are, and one statement where both are asked for.
 */
export const countedOf =
  (what: keyof Activity) => (context: ListContext, personIds: readonly string[]) => {
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
