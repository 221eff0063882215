import type { Sql } from "../../db/sql.js";
import { generic, raw, SQL, unnestSql } from "../../db/sql-text.js";
import type { ItemFormat } from "../record.item.js";

/** What a revision did to an item. */
export type ChangeKind = "ADDED" | "CHANGED" | "REMOVED" | "MERGED" | "UNMERGED" | "REDACTED";

/** A change of the feed. */
export interface Change {
  kind: ChangeKind;
  /** As the API names it: `PERSON`. */
  type: string;
  itemId: string;
  key: string;
  mergedIntoId: string | null;
  mergedIntoKey: string | null;
  /** The fields that changed, as JSON text, before and after; null as `record_change` has it. */
  old: string | null;
  new: string | null;
}

/** What was on record of an item or entry. */
export interface ItemBefore {
  itemId: string;
  noun: string;
  /** Its rows by table, as JSON text; null if there were none. */
  tables: string | null;
}

/** A revision to write. */
export interface Revision {
  number: number;
  operation: string;
  action: string;
  author: string | null;
  note: string | null;
}

/**
 * Returns the number of the next revision, which rows that this transaction adds are marked with. Call only while holding the load lock.
 */
export async function beginRevision(sql: Sql): Promise<number> {
  const [row] = await sql.query<{ number: string }>(
    "beginRevision",
    `SELECT set_config('communique.revision', (coalesce(max(number), 0) + 1)::text, true) AS number FROM record_revision`,
  );
  return Number(row!.number);
}

/** Adds a revision. Its time is now, or that of the one before if the clock went back. */
export async function addRevision(sql: Sql, { number, ...one }: Revision): Promise<void> {
  await sql.query(
    "addRevision",
    SQL`INSERT INTO record_revision (number, operation, action, recorded_at, author, note)
     SELECT ${generic(number, "int")}, ${generic(one.operation, "uuid")}, ${generic(one.action, "text")},
       greatest(clock_timestamp(), (SELECT recorded_at FROM record_revision ORDER BY number DESC LIMIT 1)),
       ${generic(one.author, "text")}, ${generic(one.note, "text")}`,
  );
}

/** Adds that items of one type are new, in this order, the first with this ordinal. */
export async function addNew(
  sql: Sql,
  revision: number,
  first: number,
  { type, items }: { type: string; items: readonly { id: string; key: string }[] },
): Promise<void> {
  await sql.query(
    "addNew",
    SQL`INSERT INTO record_change (revision, ordinal, kind, type, item_id, key)
     SELECT ${generic(revision, "int")}, ${generic(first, "int")} + nr::int - 1, 'ADDED', ${generic(type, "record_item_type")}, id, key
     FROM ${unnestSql(items, { id: "uuid", key: "text" })} WITH ORDINALITY AS item (id, key, nr)`,
  );
}

/** Adds changes in this order, the first with this ordinal. */
export async function addChanges(
  sql: Sql,
  revision: number,
  first: number,
  changes: readonly Change[],
): Promise<void> {
  await sql.query(
    "addChanges",
    SQL`INSERT INTO record_change (revision, ordinal, kind, type, item_id, key, merged_into_id, merged_into_key, old, new)
     SELECT ${generic(revision, "int")}, ${generic(first, "int")} + nr::int - 1, kind::record_change_kind, type::record_item_type, id, key,
       into_id, into_key, old::jsonb, new::jsonb
     FROM ${unnestSql(changes, {
       kind: "text",
       type: "text",
       itemId: "uuid",
       key: "text",
       mergedIntoId: "uuid",
       mergedIntoKey: "text",
       old: "text",
       new: "text",
     })} WITH ORDINALITY AS change (kind, type, id, key, into_id, into_key, old, new, nr)`,
  );
}

/** Keeps what was on record before a revision. */
export async function keepBefore(
  sql: Sql,
  revision: number,
  items: readonly ItemBefore[],
): Promise<void> {
  await sql.query(
    "keepBefore",
    SQL`INSERT INTO item_before (item_id, revision, noun, tables)
     SELECT id, ${generic(revision, "int")}, noun, tables::jsonb
     FROM ${unnestSql(items, { itemId: "uuid", noun: "text", tables: "text" })} AS item (id, noun, tables)`,
  );
}

/** Notes the documents whose records a revision changed. */
export async function addDocuments(
  sql: Sql,
  revision: number,
  documentIds: readonly string[],
): Promise<void> {
  await sql.query(
    "addDocumentsOfRevision",
    SQL`INSERT INTO document_of_revision (revision, document_id)
     SELECT ${generic(revision, "int")}, unnest(${generic(documentIds, "uuid[]")})`,
  );
}

/** Marks items as changed by a revision. */
export async function markChanged(
  sql: Sql,
  { table }: ItemFormat,
  revision: number,
  ids: readonly string[],
): Promise<void> {
  await sql.query(
    `markChanged_${table}`,
    SQL`UPDATE ${raw(table)} SET changed_in = ${generic(revision, "int")} WHERE id = ANY (${generic(ids, "uuid[]")})`,
  );
}

/** Marks items that are shown again as recorded when they first were. */
export async function markRecorded(
  sql: Sql,
  { table }: ItemFormat,
  ids: readonly string[],
): Promise<void> {
  await sql.query(
    `markRecorded_${table}`,
    SQL`UPDATE ${raw(table)} AS item SET recorded_in = coalesce((
       SELECT max(revision) FROM record_change c WHERE c.item_id = item.id AND c.kind = 'ADDED'), 1)
     WHERE id = ANY (${generic(ids, "uuid[]")})`,
  );
}

/** Reads up to 500 items of a format that inherit values from these, after one of them. */
export async function readInheriting(
  sql: Sql,
  { table, inherited, inheritedFrom }: ItemFormat,
  ids: readonly string[],
  after: string | null,
): Promise<string[]> {
  const last = generic(after, "uuid");
  const rows = await sql.query<{ id: string }>(
    `inheriting_${table}`,
    SQL`SELECT id FROM ${raw(table)} WHERE ${raw(inheritedFrom!.column)} = ANY (${generic(ids, "uuid[]")})
       AND (${raw(inherited.map(([flag]) => flag).join(" OR "))}) AND (${last} IS NULL OR id > ${last}) ORDER BY id LIMIT 500`,
  );
  return rows.map(({ id }) => id);
}

/** Reads which merged items affect what these items or their entries show; items that none affects are left out. */
export async function readMergedWithin(
  sql: Sql,
  ids: readonly string[],
): Promise<Map<string, string[]>> {
  const rows = await sql.query<{ id: string; mergedIds: string[] }>(
    "mergedWithin",
    SQL`SELECT root_id AS id, array_agg(DISTINCT merged.id) AS "mergedIds"
     FROM item_as_recorded CROSS JOIN unnest(merged_ids) AS merged (id)
     WHERE root_id = ANY (${generic(ids, "uuid[]")}) GROUP BY root_id`,
  );
  return new Map(rows.map(({ id, mergedIds }) => [id, mergedIds]));
}
