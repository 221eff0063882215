import type { Sql } from "../db/sql.js";
import { generic, raw, SQL, type SqlPart, type SqlText } from "../db/sql-text.js";
import { momentOf } from "../scalars/date-time.js";

/** The number of the first revision since each moment, by the text that the client gave. */
export type FirstRevisions = ReadonlyMap<string, number>;

/** A range of time in a filter. */
interface TimeRange {
  from?: string | null;
  to?: string | null;
}

/** The filter fields that ask when a revision was made. */
export interface RecordTimes {
  recordedAt?: TimeRange | null;
  changedAt?: TimeRange | null;
}

/** Greater than the number of any revision: of a moment after the last one. */
const NEVER = 2 ** 31 - 1;

/** Returns the number of the first revision since a moment as SQL. Numbers and times ascend together. */
export function firstRevisionSql(moment: SqlPart): SqlText {
  return SQL`coalesce((SELECT number FROM record_revision WHERE recorded_at >= ${moment}
    ORDER BY recorded_at, number LIMIT 1), ${raw(`${NEVER}`)})`;
}

/** A moment that a client gave as a parameter; it was validated with the other arguments. */
export function momentSql(moment: string): SqlPart {
  return generic(momentOf(moment), "timestamptz");
}

/** Reads the number of the first revision since each moment. */
export async function readFirstRevisions(sql: Sql, moments: readonly string[]): Promise<number[]> {
  const given = generic(moments.map(momentOf), "timestamptz[]");
  const rows = await sql.query<{ number: number }>(
    "firstRevisions",
    SQL`SELECT ${firstRevisionSql(raw("given.moment"))} AS number
      FROM unnest(${given}) WITH ORDINALITY AS given (moment, nth) ORDER BY given.nth`,
  );
  return rows.map(({ number }) => number);
}
