import type { Sql } from "../../db/sql.js";
import { generic, raw, SQL, type SqlText } from "../../db/sql-text.js";

/** A commit that changed the record. */
export interface StoredRevision {
  number: number;
  /** The run of a command that it belongs to. */
  operation: string;
  /** The command: load, revert, redact; migrate for what was on record before there were revisions. */
  action: string;
  /** ISO 8601, in UTC, to the millisecond. */
  recordedAt: string;
  author: string | null;
  note: string | null;
}

const REVISION = `SELECT number, operation, action, author, note,
  to_char(recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "recordedAt" FROM record_revision`;

/** Selects revisions; what follows is a condition, an order or a limit. */
export function revisionsSql(rest: SqlText): SqlText {
  return SQL`${raw(REVISION)} ${rest}`;
}

/** Reads the last revision; undefined if there is none. */
export async function readLatest(sql: Sql): Promise<StoredRevision | undefined> {
  const [row] = await sql.query<StoredRevision>(
    "latestRevision",
    `${REVISION} ORDER BY number DESC LIMIT 1`,
  );
  return row;
}

/** Reads the first revision; undefined if there is none. */
export async function readFirst(sql: Sql): Promise<StoredRevision | undefined> {
  const [row] = await sql.query<StoredRevision>(
    "firstRevision",
    `${REVISION} ORDER BY number LIMIT 1`,
  );
  return row;
}

/** Reads the number of the last revision up to the end of a day, in UTC; null if there is none. */
export async function readLastOfDay(sql: Sql, day: string): Promise<number | null> {
  const [row] = await sql.query<{ number: number | null }>(
    "lastRevisionOfDay",
    SQL`SELECT (SELECT number FROM record_revision
       WHERE recorded_at < (${generic(day, "date")} + 1)::timestamp AT TIME ZONE 'UTC' ORDER BY recorded_at DESC, number DESC LIMIT 1) AS number`,
  );
  return row!.number;
}

/** Reads the numbers of the revisions of an operation, in order. */
export async function readRevisionsOf(sql: Sql, operation: string): Promise<number[]> {
  const rows = await sql.query<{ number: number }>(
    "revisionsOfOperation",
    SQL`SELECT number FROM record_revision WHERE operation = ${generic(operation, "uuid")} ORDER BY number`,
  );
  return rows.map(({ number }) => number);
}
