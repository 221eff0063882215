import type { Sql } from "../db/sql.js";
import { generic, raw, SQL } from "../db/sql-text.js";
import type { PageArgs } from "../query/connection.js";
import type { ListContext } from "../query/list.js";
import type { Ordering } from "../query/ordering.js";
import { type Connection, pageRequest, type PageSelection, readPages } from "../query/page.js";
import { type Lookup, select, selectSql } from "../query/rows.js";
import { Where } from "../query/where.js";
import { RecordRevision } from "./record-revision.entity.js";

const LATEST_FIRST: Ordering = {
  name: "LATEST_FIRST",
  keys: [{ sql: "r.number", type: "int" }],
  descending: true,
};

/** Returns all revisions, the latest first. */
export function allRevisions(
  context: ListContext,
  args: PageArgs,
  page: PageSelection,
): Connection<RecordRevision> {
  const { sql } = context;
  const request = pageRequest(args, "Query.recordRevisions", LATEST_FIRST, page);
  const query = {
    name: "recordRevisions",
    columns: selectSql(RecordRevision, "r", page.rows),
    from: raw("record_revision r"),
    where: new Where(),
  };
  const read = {
    columns: select(RecordRevision, "", page.rows),
    pages: () => readPages<RecordRevision>(sql, query, request),
    counts: () => countRevisions(sql),
  };
  return context.connection("", request, null, read, (node) => ({ node }));
}

/** Numbers have no gaps: the last one is the count. */
async function countRevisions(sql: Sql): Promise<number[]> {
  const rows = await sql.query<{ count: number }>(
    "recordRevisionsCount",
    "SELECT coalesce(max(number), 0) AS count FROM record_revision",
  );
  return rows.map(({ count }) => count);
}

/** Looks up revisions by their numbers; null for one that does not exist. */
export const REVISIONS_BY_NUMBER: Lookup<RecordRevision | null> = {
  entity: RecordRevision,
  async read(sql, numbers, selected) {
    const rows = await sql.query<RecordRevision & { foundBy: number }>(
      "revisionsByNumbers",
      SQL`SELECT r.number AS "foundBy", ${selectSql(RecordRevision, "r", selected)}
        FROM record_revision r WHERE r.number = ANY (${generic(numbers, "int[]")})`,
    );
    const found = new Map(rows.map((row) => [String(row.foundBy), row]));
    return numbers.map((number) => found.get(String(number)) ?? null);
  },
};

/**
 * Reads when revisions were made. For a number without a revision (rows that were written without the loader), returns the time of
 * the next revision, else of the last, else the start of 1970.
 */
export async function timesOfRevisions(sql: Sql, numbers: readonly string[]): Promise<Date[]> {
  const rows = await sql.query<{ time: Date }>(
    "timesOfRevisions",
    SQL`SELECT coalesce(
         (SELECT recorded_at FROM record_revision WHERE number >= given.number ORDER BY number LIMIT 1),
         (SELECT recorded_at FROM record_revision ORDER BY number DESC LIMIT 1),
         'epoch') AS time
       FROM unnest(${generic(numbers, "int[]")}) WITH ORDINALITY AS given (number, nth) ORDER BY given.nth`,
  );
  return rows.map(({ time }) => time);
}
