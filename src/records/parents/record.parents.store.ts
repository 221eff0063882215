import type { Sql } from "../../db/sql.js";
import { generic, raw, SQL, unnestSql } from "../../db/sql-text.js";
import type { ItemFormat } from "../record.item.js";
import type { Row } from "../record.row.js";
import { type DeferredParent, parentColumns, soleClaim } from "./record.deferred-parents.js";

/** An item that may not show its preferred parent, since that would close a cycle. */
export interface PassedOver {
  id: string;
  noun: string;
}

/** An item as it is stored: what names it, and the columns of its parent. */
export interface StoredParent {
  id: string;
  row: Row;
}

/** What a document gives as the parent of an item, or of one that was merged into it. */
export interface ParentClaim {
  itemId: string;
  /** The item that the document gives it for. */
  memberId: string;
  documentId: string;
  isSettled: boolean;
  /** The columns of the parent, as given. */
  given: Row;
  /** The parent; where it was merged into another item, that one. */
  parentId: string;
}

/** Notes that items were stored without their parents, and these as recorded. */
export async function passOver(sql: Sql, deferred: readonly DeferredParent[]): Promise<void> {
  if (deferred.length === 0) return;
  await notePassedOver(
    sql,
    deferred.map(({ format, id, now }) => ({
      id,
      noun: format.noun,
      parentId: (now[format.parentColumn!] ?? null) as string | null,
    })),
  );
}

/** Keeps what the only record of each of these items gives, unless it is kept already. */
export async function keepSoleClaims(sql: Sql, deferred: readonly DeferredParent[]): Promise<void> {
  if (deferred.length === 0) return;
  await sql.query(
    "keepSoleClaims",
    SQL`INSERT INTO record_claim (item_id, document_id, given, is_shown)
     SELECT g.item_id, g.document_id, g.given, g.is_shown
     FROM jsonb_populate_recordset(NULL::record_claim, ${generic(JSON.stringify(deferred.map(soleClaim)), "jsonb")}) AS g
     WHERE NOT EXISTS (SELECT FROM record_claim c WHERE c.item_id = g.item_id)`,
  );
}

/** Notes items that do not show their preferred parent, and that parent as recorded. */
export async function notePassedOver(
  sql: Sql,
  items: readonly (PassedOver & { parentId: string | null })[],
): Promise<void> {
  if (items.length === 0) return;
  await sql.query(
    "notePassedOver",
    SQL`INSERT INTO parent_passed_over (item_id, noun, parent_id) 
     SELECT * FROM ${unnestSql(items, { id: "uuid", noun: "text", parentId: "uuid" })}
     ON CONFLICT (item_id) DO UPDATE SET parent_id = excluded.parent_id`,
  );
}

/** Reads all items that may not show their preferred parent. There are few: only cycles make them. */
export function readPassedOver(sql: Sql): Promise<PassedOver[]> {
  return sql.query(
    "passedOver",
    "SELECT item_id AS id, noun FROM parent_passed_over ORDER BY item_id",
  );
}

/**
 * Deletes the notes on items that show their preferred parent again, and on removed ones; a sole claim is deleted too, as the row has all
 * of it again.
 */
export async function forgetPassedOver(
  sql: Sql,
  { table }: ItemFormat,
  shown: readonly string[],
  absent: readonly string[],
): Promise<void> {
  if (shown.length + absent.length === 0) return;
  await sql.query(
    `forgetPassedOver_${table}`,
    SQL`WITH forgotten AS (
       DELETE FROM parent_passed_over WHERE item_id = ANY (${generic([...shown, ...absent], "uuid[]")}))
     DELETE FROM record_claim c USING ${raw(table)} t WHERE t.id = c.item_id AND c.item_id = ANY (${generic(shown, "uuid[]")})
       AND c.document_id = t.owner_id
       AND NOT EXISTS (SELECT FROM record_claim o WHERE o.item_id = c.item_id AND o.document_id <> c.document_id)
       AND NOT EXISTS (SELECT FROM item_as_recorded r WHERE r.id = c.item_id)`,
  );
}

/** Deletes what the only record of each of these items gives: their rows as recorded have all of it. */
export async function deleteSoleClaims(sql: Sql, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return;
  await sql.query(
    "deleteSoleClaims",
    SQL`DELETE FROM record_claim WHERE item_id = ANY (${generic(ids, "uuid[]")})`,
  );
}

/** Reads these items and all that are above them. */
export function readAbove(
  sql: Sql,
  format: ItemFormat,
  ids: readonly string[],
): Promise<StoredParent[]> {
  const [table, parent] = [raw(format.table), raw(format.parentColumn!)];
  const columns = ["id", "slug", ...parentColumns(format)].flatMap((column) => [
    `'${column}'`,
    `t.${column}`,
  ]);
  return sql.query(
    `above_${format.table}`,
    SQL`WITH RECURSIVE above (id, parent_id) AS (
       SELECT id, ${parent} FROM ${table} WHERE id = ANY (${generic(ids, "uuid[]")})
       UNION SELECT t.id, t.${parent} FROM above JOIN ${table} t ON t.id = above.parent_id)
     SELECT t.id, jsonb_build_object(${raw(columns.join(", "))}) AS row FROM above JOIN ${table} t USING (id)`,
  );
}

/**
 * Reads what documents give as the parents of these items and of those merged into them, and what records settled. An item that one
 * record gives has no claim, but its row, as recorded.
 */
export function readParentClaims(
  sql: Sql,
  format: ItemFormat,
  ids: readonly string[],
): Promise<ParentClaim[]> {
  const given = generic(ids, "uuid[]");
  const table = raw(format.table);
  const column = raw(`'${format.parentColumn!}'`);
  const unclaimed = SQL`NOT EXISTS (SELECT FROM record_claim c WHERE c.item_id = m.member_id)`;
  return sql.query(
    `parentClaims_${format.table}`,
    SQL`WITH member (item_id, member_id) AS (
       SELECT id, id FROM unnest(${given}) AS i (id)
       UNION SELECT r.root_id, r.id FROM item_as_recorded r
         WHERE r.root_id = ANY (${given}) AND r.noun = ${generic(format.noun, "text")}),
     given (item_id, member_id, document_id, is_settled, given) AS (
       SELECT m.*, c.document_id, false, c.given FROM member m JOIN record_claim c ON c.item_id = m.member_id
       UNION ALL SELECT m.*, (r.row ->> 'owner_id')::uuid, false, r.row
         FROM member m JOIN (SELECT id, tables -> '${table}' -> 0 FROM item_as_recorded) AS r (id, row) ON r.id = m.member_id
         WHERE ${unclaimed}
       UNION ALL SELECT m.*, t.owner_id, false, to_jsonb(t) FROM member m JOIN ${table} t ON t.id = m.member_id
         WHERE ${unclaimed} AND NOT EXISTS (SELECT FROM item_as_recorded r WHERE r.id = m.member_id)
       UNION ALL SELECT m.*, s.owner_id, true, s.given FROM member m JOIN record_settlement s ON s.item_id = m.member_id)
     SELECT g.item_id AS "itemId", g.member_id AS "memberId", g.document_id AS "documentId", g.is_settled AS "isSettled",
       g.given, coalesce(r.root_id, (g.given ->> ${column})::uuid) AS "parentId"
     FROM given g LEFT JOIN item_as_recorded r ON r.id = (g.given ->> ${column})::uuid AND r.keys <> '{}'
     WHERE g.given ->> ${column} IS NOT NULL`,
  );
}

/** Returns which of these items are shown otherwise than recorded. */
export async function readJudged(sql: Sql, ids: readonly string[]): Promise<Set<string>> {
  const rows = await sql.query<{ id: string }>(
    "judgedOfParents",
    SQL`SELECT id FROM item_as_recorded WHERE id = ANY (${generic(ids, "uuid[]")})`,
  );
  return new Set(rows.map(({ id }) => id));
}
