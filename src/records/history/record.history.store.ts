import type { Sql } from "../../db/sql.js";
import { generic, raw, SQL, type SqlText } from "../../db/sql-text.js";
import type { ChangeKind } from "../revisions/record.revision.store.js";
import { revisionsSql, type StoredRevision } from "./record.points.store.js";
import type { Json } from "../record.row.js";

/** What a revision did to an item, as stored. */
export interface StoredChange {
  revision: number;
  ordinal: number;
  kind: ChangeKind;
  /** As the API names it: `PERSON`. */
  type: string;
  itemId: string;
  key: string;
  mergedIntoKey: string | null;
  /** The fields that changed, before and after. Of a removed item, all of them, before; null for an added one. */
  old: Json | null;
  new: Json | null;
}

/** How many changes of a kind a revision made to items of a type. */
export interface ChangeCount {
  revision: number;
  kind: ChangeKind;
  type: string;
  count: number;
}

const COLUMNS = `revision, ordinal, kind, type, item_id AS "itemId", key, merged_into_key AS "mergedIntoKey", old, new`;

function changesSql(rest: SqlText): SqlText {
  return SQL`SELECT ${raw(COLUMNS)} FROM record_change ${rest}`;
}

/** Reads revisions before one, newest first; all of them without it. */
export function readRevisionsBefore(
  sql: Sql,
  before: number | null,
  limit: number,
): Promise<StoredRevision[]> {
  const last = generic(before, "int");
  return sql.query(
    "revisionsBefore",
    revisionsSql(
      SQL`WHERE ${last} IS NULL OR number < ${last} ORDER BY number DESC LIMIT ${generic(limit, "int")}`,
    ),
  );
}

/** Reads these revisions, oldest first. */
export function readRevisions(sql: Sql, numbers: readonly number[]): Promise<StoredRevision[]> {
  return sql.query(
    "revisions",
    revisionsSql(SQL`WHERE number = ANY (${generic(numbers, "int[]")}) ORDER BY number`),
  );
}

/** Counts the changes of revisions. */
export function countChanges(sql: Sql, numbers: readonly number[]): Promise<ChangeCount[]> {
  return sql.query(
    "countedChanges",
    SQL`SELECT revision, kind, type, count(*)::int AS count FROM record_change
     WHERE revision = ANY (${generic(numbers, "int[]")}) GROUP BY revision, kind, type ORDER BY revision, kind, type`,
  );
}

/** Reads the changes of a revision after one of them, in order. */
export function readChangesAfter(
  sql: Sql,
  revision: number,
  ordinal: number,
  limit: number,
): Promise<StoredChange[]> {
  return sql.query(
    "changesOfRevision",
    changesSql(
      SQL`WHERE revision = ${generic(revision, "int")} AND ordinal > ${generic(ordinal, "int")}
       ORDER BY ordinal LIMIT ${generic(limit, "int")}`,
    ),
  );
}

/** Reads the changes of items before one of them, newest first; all of them without it. */
export function readChangesOf(
  sql: Sql,
  ids: readonly string[],
  before: StoredChange | null,
  limit: number,
): Promise<StoredChange[]> {
  const last = generic(before?.revision ?? null, "int");
  const place = SQL`(${last}, ${generic(before?.ordinal ?? null, "int")})`;
  return sql.query(
    "changesOfItems",
    changesSql(
      SQL`WHERE item_id = ANY (${generic(ids, "uuid[]")}) AND (${last} IS NULL OR (revision, ordinal) < ${place})
       ORDER BY revision DESC, ordinal DESC LIMIT ${generic(limit, "int")}`,
    ),
  );
}

/** Reads the changes of items since a revision, newest first, up to the first that took an item away. */
export function readChangesSince(
  sql: Sql,
  ids: readonly string[],
  revision: number,
): Promise<StoredChange[]> {
  const since = generic(revision, "int");
  return sql.query(
    "changesSince",
    changesSql(
      SQL`AS c WHERE item_id = ANY (${generic(ids, "uuid[]")}) AND revision > ${since} AND revision <= coalesce((
         SELECT min(gone.revision) FROM record_change gone WHERE gone.item_id = c.item_id AND gone.revision > ${since}
           AND gone.kind IN ('REMOVED', 'MERGED', 'REDACTED')), revision)
       ORDER BY revision DESC, ordinal DESC`,
    ),
  );
}

/** Opens a cursor over the changes after a revision, up to another one: those of one item after each other, oldest first. */
export async function openChanges(sql: Sql, after: number, until: number): Promise<void> {
  await sql.query(
    "openChanges",
    SQL`DECLARE changes NO SCROLL CURSOR FOR ${changesSql(
      SQL`WHERE revision > ${generic(after, "int")} AND revision <= ${generic(until, "int")}
       ORDER BY type, record_change.key COLLATE "C", item_id, revision, ordinal`,
    )}`,
  );
}

/** Fetches the next changes from that cursor; none at its end. */
export function nextChanges(sql: Sql): Promise<StoredChange[]> {
  return sql.query("nextChanges", "FETCH 500 FROM changes");
}
