import type { Sql } from "../../db/sql.js";
import { generic, joinSql, raw, SQL, type SqlPart, type SqlText } from "../../db/sql-text.js";
import { ITEMS } from "../record.format.js";
import type { ItemFormat } from "../record.item.js";
import { containersOf, referencesIn } from "../record.items.js";
import type { Row } from "../record.row.js";
import { hasClaimedParent } from "../parents/record.deferred-parents.js";

/** What is recorded of an item that its own tables show otherwise, since there is a judgement. */
export interface RecordedItem {
  id: string;
  noun: string;
  /** The item with a key as which it is shown, or as part of which. */
  rootId: string;
  rootNoun: string;
  /** Of an item that was merged into another: its slugs or key, oldest first. */
  keys: string[];
  /** Its rows as recorded, by table. */
  tables: Record<string, Row[]>;
  /** The merged items that make the difference: this one, or those that it refers to. */
  mergedIds: string[];
}

/** An item of which what is shown is to be computed again. */
export interface ItemToRefresh {
  id: string;
  noun: string;
}

/** A merge: two items are one. */
export interface MergeOf {
  staysId: string;
  goesId: string;
}

/** The value that a record says is right for a field of an item. */
export interface SettledValue {
  itemId: string;
  field: string;
  given: Row;
  because: string;
  documentId: string;
}

/**
 * Removes recorded items from `item_as_recorded` and returns them: those with these ids or, if they were merged, keys, those that are one
 * with them, and the merged ones that they refer to. Notes that all of these are to be refreshed.
 */
export async function takeRecorded(
  sql: Sql,
  ids: readonly string[],
  keys: readonly string[],
): Promise<RecordedItem[]> {
  if (ids.length + keys.length === 0) return [];
  return sql.query(
    "takeRecorded",
    SQL`WITH RECURSIVE given (id) AS (
       SELECT unnest(${generic(ids, "uuid[]")})
       UNION SELECT id FROM item_as_recorded WHERE keys && ${generic(keys, "text[]")}),
     root (id) AS (
       SELECT coalesce(r.root_id, given.id) FROM given LEFT JOIN item_as_recorded r USING (id)
       UNION SELECT gone.root_id FROM root JOIN item_as_recorded r ON r.root_id = root.id
         CROSS JOIN unnest(r.merged_ids) AS merged (id) JOIN item_as_recorded gone ON gone.id = merged.id),
     taken AS (DELETE FROM item_as_recorded r USING root WHERE r.root_id = root.id RETURNING r.*),
     noted AS (
       INSERT INTO item_to_refresh SELECT DISTINCT root_id, root_noun, false FROM taken ON CONFLICT DO NOTHING)
     SELECT id, noun, root_id AS "rootId", root_noun AS "rootNoun", keys, tables, merged_ids AS "mergedIds" FROM taken`,
  );
}

/** Reads the recorded items of a noun that are shown as these items. */
export function readRecorded(
  sql: Sql,
  noun: string,
  ids: readonly string[],
): Promise<RecordedItem[]> {
  return sql.query(
    "recordedOf",
    SQL`SELECT id, noun, root_id AS "rootId", root_noun AS "rootNoun", keys, tables, merged_ids AS "mergedIds"
     FROM item_as_recorded WHERE root_id = ANY (${generic(ids, "uuid[]")}) AND noun = ${generic(noun, "text")} ORDER BY id`,
  );
}

/** Reads, for those of these items that were merged, the item as which they are shown. */
export async function readMerged(sql: Sql, ids: readonly string[]): Promise<Map<string, string>> {
  const rows = await sql.query<{ id: string; rootId: string }>(
    "mergedInto",
    SQL`SELECT id, root_id AS "rootId" FROM item_as_recorded
     WHERE id = ANY (${generic(ids, "uuid[]")}) AND keys <> '{}'`,
  );
  return new Map(rows.map(({ id, rootId }) => [id, rootId]));
}

/** Stores what is recorded of items that are shown otherwise. */
export async function keepRecorded(sql: Sql, items: RecordedItem[]): Promise<void> {
  if (items.length === 0) return;
  const rows = items.map(({ rootId, rootNoun, mergedIds, ...own }) => ({
    ...own,
    root_id: rootId,
    root_noun: rootNoun,
    merged_ids: mergedIds,
  }));
  await sql.query(
    "keepRecorded",
    SQL`INSERT INTO item_as_recorded
     SELECT * FROM jsonb_populate_recordset(NULL::item_as_recorded, ${generic(JSON.stringify(rows), "jsonb")})`,
  );
}

/** Returns whether any item is shown otherwise than recorded. */
export async function hasRecorded(sql: Sql): Promise<boolean> {
  const [row] = await sql.query<{ any: boolean }>(
    "hasRecorded",
    'SELECT EXISTS (SELECT FROM item_as_recorded) AS "any"',
  );
  return row!.any;
}

/** Returns whether there are items to refresh. */
export async function hasItemsToRefresh(sql: Sql): Promise<boolean> {
  const [row] = await sql.query<{ any: boolean }>(
    "hasItemsToRefresh",
    'SELECT EXISTS (SELECT FROM item_to_refresh) AS "any"',
  );
  return row!.any;
}

/** Takes the items to refresh. */
export function takeItemsToRefresh(sql: Sql): Promise<ItemToRefresh[]> {
  return sql.query(
    "takeItemsToRefresh",
    `WITH taken AS (DELETE FROM item_to_refresh RETURNING *)
     SELECT item_id AS id, noun FROM taken`,
  );
}

/** Notes that all items with judgements are to be refreshed: which document is preferred has changed. */
export async function refreshAllJudged(sql: Sql): Promise<void> {
  await sql.query(
    "refreshAllJudged",
    `INSERT INTO item_to_refresh SELECT DISTINCT ON (1) id, kind, false FROM (
       SELECT stays_id, kind FROM record_merge UNION ALL SELECT item_id, kind FROM record_settlement
     ) AS judged (id, kind) ON CONFLICT DO NOTHING`,
  );
}

/** Reads all merges by which items are one with these, directly or through others. */
export function readMergesOf(sql: Sql, ids: string[]): Promise<MergeOf[]> {
  return sql.query(
    "mergesOf",
    SQL`WITH RECURSIVE linked (id) AS (
       SELECT unnest(${generic(ids, "uuid[]")})
       UNION SELECT CASE WHEN m.stays_id = l.id THEN m.goes_id ELSE m.stays_id END
         FROM linked l JOIN record_merge m ON m.stays_id = l.id OR m.goes_id = l.id)
     SELECT m.stays_id AS "staysId", m.goes_id AS "goesId" FROM linked l JOIN record_merge m ON m.goes_id = l.id
     ORDER BY 1, 2`,
  );
}

/** Reads what records say is right for fields of these items. */
export function readSettlements(sql: Sql, ids: readonly string[]): Promise<SettledValue[]> {
  return sql.query(
    "settlementsOf",
    SQL`SELECT item_id AS "itemId", field, given, because, owner_id AS "documentId"
     FROM record_settlement WHERE item_id = ANY (${generic(ids, "uuid[]")}) ORDER BY item_id, field, owner_id`,
  );
}

/** Reads up to 500 items affected by added or removed judgements. */
export async function readShownWithJudged(sql: Sql): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    "shownWithJudged",
    `SELECT DISTINCT root_id AS id FROM item_as_recorded
     WHERE merged_ids && ARRAY(SELECT item_id FROM item_to_refresh WHERE is_judged) LIMIT 500`,
  );
  return rows.map(({ id }) => id);
}

/** What to look for: items of a format that refer to items of another, or whose entries do. */
export interface ReferrersOf {
  from: ItemFormat;
  to: ItemFormat;
  ids: readonly string[];
  /** The last id of the page before. */
  after: string | null;
}

/** Reads up to 500 such items in the order of their ids. */
export async function readReferrers(
  sql: Sql,
  { from, to, ids, after }: ReferrersOf,
): Promise<string[]> {
  const formats = ITEMS.filter((one) => one === from || containersOf(one)[0]?.of === from);
  const referred = generic(ids, "uuid[]");
  const parts = formats.flatMap((format) => referrersIn(format, to, referred));
  // Those that are stored without the parents that their records give.
  if (from === to && hasClaimedParent(from))
    parts.push(SQL`SELECT item_id FROM parent_passed_over WHERE parent_id = ANY (${referred})`);
  if (parts.length === 0 || ids.length === 0) return [];
  const last = generic(after, "uuid");
  const rows = await sql.query<{ id: string }>(
    `referrersOf_${to.table}`,
    SQL`SELECT DISTINCT id FROM (${joinSql(parts, " UNION ALL ")}) AS referring (id)
     WHERE ${last} IS NULL OR id > ${last} ORDER BY id LIMIT 500`,
  );
  return rows.map(({ id }) => id);
}

/** Selects the items of a format that refer to these of another or, of entries, those that contain them. */
function referrersIn(format: ItemFormat, to: ItemFormat, ids: SqlPart): SqlText[] {
  const own = { ...format, container: containersOf(format)[0]?.column ?? "id" };
  return [own, ...format.parts.map(([, part]) => part)].flatMap(({ table, container, fields }) =>
    referencesIn(fields)
      .filter((one) => one.to === to)
      .map(
        ({ column }) =>
          SQL`SELECT ${raw(container)} FROM ${raw(table)} WHERE ${raw(column)} = ANY (${ids})`,
      ),
  );
}

/** Returns those of these items that a judgement names: they are kept while it stands. */
export async function judgedOf(sql: Sql, ids: string[]): Promise<Set<string>> {
  const given = generic(ids, "uuid[]");
  const rows = await sql.query<{ id: string }>(
    "judgedOf",
    SQL`SELECT unnest(ARRAY[stays_id, goes_id]) AS id FROM record_merge WHERE stays_id = ANY (${given}) OR goes_id = ANY (${given})
     UNION SELECT unnest(ARRAY[one_id, other_id]) FROM record_difference WHERE one_id = ANY (${given}) OR other_id = ANY (${given})
     UNION SELECT item_id FROM record_settlement WHERE item_id = ANY (${given})`,
  );
  return new Set(rows.map(({ id }) => id));
}
