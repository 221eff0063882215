import type { Sql } from "../../db/sql.js";
import { generic, joinSql, raw, SQL } from "../../db/sql-text.js";
import { asRecorded } from "../judgements/record.as-recorded.js";
import { DOCUMENT, ITEMS } from "../record.format.js";
import type { ItemFormat } from "../record.item.js";
import { referencesIn, TOP_LEVEL_ITEMS } from "../record.items.js";
import type { Row } from "../record.row.js";
import { keysSql } from "../revisions/record.permanent-keys.js";

/** An item that is redacted. */
export interface RedactedItem {
  id: string;
  noun: string;
  /** All its keys; the first one is what the command line or a record names it by. */
  keys: string[];
}

const NAMED = [DOCUMENT, ...TOP_LEVEL_ITEMS];

/** Finds items by a key, current or former, with those that are shown as one with them, as recorded. */
export async function findItems(sql: Sql, key: string): Promise<RedactedItem[]> {
  const given = generic(key, "text");
  const parts = NAMED.map(
    (format) =>
      SQL`SELECT id, ${raw(`'${format.noun}'`)} AS noun FROM ${raw(format.table)}
        WHERE ${given} = ANY (${raw(keysSql(format))})`,
  );
  return sql.query(
    "itemsToRedact",
    SQL`WITH found AS (
       ${joinSql(parts, " UNION ")}
       UNION SELECT root_id, root_noun FROM item_as_recorded WHERE ${given} = ANY (keys))
     SELECT id, noun, ARRAY[${given}] AS keys FROM found
     UNION SELECT r.id, r.noun, ARRAY[${given}] FROM found JOIN item_as_recorded r ON r.root_id = found.id
       WHERE r.noun = found.noun`,
  );
}

/** Reads the keys of items as recorded. */
export async function readKeys(sql: Sql, ids: readonly string[]): Promise<Map<string, string[]>> {
  const recorded = await asRecorded(sql);
  const parts = NAMED.map(
    (format) =>
      SQL`SELECT id, ${raw(keysSql(format))} AS keys FROM ${raw(format.table)} WHERE id = ANY (${generic(ids, "uuid[]")})`,
  );
  const rows = await recorded.query<{ id: string; keys: string[] }>(
    "keysToRedact",
    joinSql(parts, " UNION ALL "),
  );
  return new Map(rows.map(({ id, keys }) => [id, keys]));
}

/** Reads what the records of these documents alone give. */
export async function readOwned(
  sql: Sql,
  documentIds: readonly string[],
): Promise<{ id: string; noun: string }[]> {
  const recorded = await asRecorded(sql);
  const parts = TOP_LEVEL_ITEMS.map(
    ({ noun, table }) =>
      SQL`SELECT id, ${raw(`'${noun}'`)} AS noun FROM ${raw(table)} t WHERE owner_id = ANY (${generic(documentIds, "uuid[]")})
        AND NOT EXISTS (SELECT FROM record_claim c WHERE c.item_id = t.id AND c.document_id <> ALL (${generic(documentIds, "uuid[]")}))`,
  );
  return recorded.query("ownedByDocuments", joinSql(parts, " UNION ALL "));
}

/** Reads the keys of the documents whose records give these items or refer to them. */
export async function readDocumentsNaming(sql: Sql, ids: readonly string[]): Promise<string[]> {
  const given = generic(ids, "uuid[]");
  const recorded = await asRecorded(sql);
  const owners = ITEMS.flatMap((format) => {
    const { table, owner, fields, parts } = format;
    const own = ["id", ...referencesIn(fields).map(({ column }) => column), ...judgedIn(format)];
    const inParts = parts.flatMap(([, part]) =>
      referencesIn(part.fields).map(
        ({ column }) =>
          SQL`SELECT t.${raw(owner)} FROM ${raw(part.table)} p JOIN ${raw(table)} t ON t.id = p.${raw(part.container)}
            WHERE p.${raw(column)} = ANY (${given})`,
      ),
    );
    return [
      ...own.map(
        (column) =>
          SQL`SELECT ${raw(owner)} FROM ${raw(table)} WHERE ${raw(column)} = ANY (${given})`,
      ),
      ...inParts,
    ];
  });
  const rows = await recorded.query<{ key: string }>(
    "documentsNaming",
    SQL`SELECT DISTINCT key FROM source_document WHERE id IN (
       ${joinSql(owners, " UNION ")}
       UNION SELECT document_id FROM record_claim WHERE item_id = ANY (${given})
       UNION SELECT document_id FROM record_claim WHERE references_in(given) && ${given})
     ORDER BY key`,
  );
  return rows.map(({ key }) => key);
}

/** The columns of judgements with the ids of the items that they are about. */
function judgedIn({ noun }: ItemFormat): string[] {
  return (
    { merge: ["stays_id", "goes_id"], difference: ["one_id", "other_id"], settlement: ["item_id"] }[
      noun
    ] ?? []
  );
}

/** Reads the hashes of the texts of documents, with earlier editions that their citations are of. */
export async function readTextsOf(sql: Sql, keys: readonly string[]): Promise<string[]> {
  const given = generic(keys, "text[]");
  const rows = await sql.query<{ sha256: string }>(
    "textsOfDocuments",
    SQL`SELECT t.sha256 FROM document_text t WHERE t.sha256 IN (
       SELECT sha256 FROM source_document WHERE key = ANY (${given})
       UNION SELECT c.text_sha256 FROM citation c JOIN source_document d ON d.id = c.document_id WHERE d.key = ANY (${given}))`,
  );
  return rows.map(({ sha256 }) => sha256);
}

/** Deletes texts. */
export async function deleteTexts(sql: Sql, sha256s: readonly string[]): Promise<void> {
  await sql.query(
    "deleteRedactedTexts",
    SQL`DELETE FROM document_text WHERE sha256 = ANY (${generic(sha256s, "text[]")})`,
  );
}

/** Turns the removals of a revision into redactions, and returns the removed items. */
export async function redactRemoved(sql: Sql, revision: number): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    "redactRemoved",
    SQL`UPDATE record_change SET kind = 'REDACTED' WHERE revision = ${generic(revision, "int")} AND kind = 'REMOVED'
     RETURNING item_id AS id`,
  );
  return rows.map(({ id }) => id);
}

/** Empties the changes of these items: what they were is not kept. */
export async function emptyChanges(sql: Sql, ids: readonly string[]): Promise<void> {
  await sql.query(
    "emptyChanges",
    SQL`UPDATE record_change SET old = NULL, new = NULL WHERE item_id = ANY (${generic(ids, "uuid[]")})`,
  );
}

/** A change whose fields name something. */
export interface NamingChange {
  revision: number;
  ordinal: number;
  old: Row | null;
  new: Row | null;
}

/** Reads up to 500 changes whose fields have any of these texts in them, after one of them. */
export function readNamingChanges(
  sql: Sql,
  texts: readonly string[],
  after: readonly [revision: number, ordinal: number],
): Promise<NamingChange[]> {
  const patterns = texts.map((text) => `%${JSON.stringify(text).replace(/[\\%_]/g, "\\$&")}%`);
  return sql.query(
    "changesNaming",
    SQL`SELECT revision, ordinal, old, new FROM record_change
     WHERE (revision, ordinal) > (${generic(after[0], "int")}, ${generic(after[1], "int")})
       AND (old::text LIKE ANY (${generic(patterns, "text[]")}) OR new::text LIKE ANY (${generic(patterns, "text[]")}))
     ORDER BY revision, ordinal LIMIT 500`,
  );
}

/** Replaces the fields of a change. */
export async function replaceFields(sql: Sql, change: NamingChange): Promise<void> {
  const { revision, ordinal, old, new: now } = change;
  await sql.query(
    "replaceFields",
    SQL`UPDATE record_change SET old = ${generic(old && JSON.stringify(old), "text")}::jsonb, new = ${generic(now && JSON.stringify(now), "text")}::jsonb
     WHERE revision = ${generic(revision, "int")} AND ordinal = ${generic(ordinal, "int")}`,
  );
}

/** What was on record of an item or entry before a revision. */
export interface StoredBefore {
  itemId: string;
  revision: number;
  noun: string;
  tables: Record<string, Row[]>;
}

/** Reads what was on record before that names any of these ids. */
export function readBeforeNaming(sql: Sql, ids: readonly string[]): Promise<StoredBefore[]> {
  return sql.query(
    "beforeNaming",
    SQL`SELECT item_id AS "itemId", revision, noun, tables FROM item_before
     WHERE tables::text LIKE ANY (${generic(
       ids.map((id) => `%${id}%`),
       "text[]",
     )})
     ORDER BY item_id, revision LIMIT 500`,
  );
}

/** Deletes what was on record of items or entries before any revision. */
export async function deleteBefore(sql: Sql, ids: readonly string[]): Promise<void> {
  await sql.query(
    "deleteBefore",
    SQL`DELETE FROM item_before WHERE item_id = ANY (${generic(ids, "uuid[]")})`,
  );
}

/** Replaces the rows of what was on record before a revision. */
export async function replaceBefore(sql: Sql, one: StoredBefore): Promise<void> {
  await sql.query(
    "replaceBefore",
    SQL`UPDATE item_before SET tables = ${generic(JSON.stringify(one.tables), "text")}::jsonb
     WHERE item_id = ${generic(one.itemId, "uuid")} AND revision = ${generic(one.revision, "int")}`,
  );
}

/** Keeps that items were redacted. */
export async function addRedactions(
  sql: Sql,
  items: readonly RedactedItem[],
  { because, revision, sha256s }: { because: string; revision: number; sha256s: readonly string[] },
): Promise<void> {
  const rows = items.map(({ id, noun, keys }) => ({
    item_id: id,
    noun,
    key: keys[0],
    because,
    revision,
    text_sha256s: sha256s,
  }));
  await sql.query(
    "addRedactions",
    SQL`INSERT INTO record_redaction
     SELECT * FROM jsonb_populate_recordset(NULL::record_redaction, ${generic(JSON.stringify(rows), "jsonb")})
     ON CONFLICT (item_id) DO UPDATE SET because = excluded.because, revision = excluded.revision,
       text_sha256s = record_redaction.text_sha256s || excluded.text_sha256s`,
  );
}
