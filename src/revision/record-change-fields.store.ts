import type { Sql } from "../db/sql.js";
import { raw, SQL, unnestSql } from "../db/sql-text.js";
import { formatOf } from "../records/record.items.js";
import { readShownFields } from "../records/revisions/record.shown-fields.js";
import type { Fields, RecordChange } from "./record-change.entity.js";
import type { RecordFieldChange } from "./record-field-change.js";
import { NOUNS } from "./record-item.types.js";
import { RecordChangeKind } from "./revision.enums.js";

/** A change and its item. */
export type ChangedItem = Pick<RecordChange, "type" | "itemId" | "revisionNumber" | "ordinal">;

/** Kinds of changes that store no fields. */
const COMING: ReadonlySet<RecordChangeKind> = new Set([
  RecordChangeKind.ADDED,
  RecordChangeKind.UNMERGED,
]);

/** Whether the fields after a change are derived from later changes and from what is on record. */
export function isDerived(kind: RecordChangeKind): boolean {
  return COMING.has(kind);
}

/** Returns the fields that differ before and after a change, by name. */
export function fieldChanges(before: Fields | null, after: Fields | null): RecordFieldChange[] {
  const names = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  return [...names]
    .sort()
    .map((field) => ({
      field,
      oldJson: jsonOf(before?.[field]),
      newJson: jsonOf(after?.[field]),
    }))
    .filter(({ oldJson, newJson }) => oldJson !== newJson);
}

/** Returns the JSON text of a value, with the members of objects by name and without those that are null; null for none. */
function jsonOf(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  return JSON.stringify(value, (_, inside: unknown) => {
    if (typeof inside !== "object" || inside === null || Array.isArray(inside)) return inside;
    const members = Object.entries(inside).filter(([, member]) => member !== null);
    return Object.fromEntries(members.sort(([one], [other]) => (one < other ? -1 : 1)));
  });
}

/**
 * Reads the fields that items had when they came on record: the old value in the first later change of a field, else its current
 * value. None for an item that was redacted.
 */
export async function fieldsWhenAdded(
  sql: Sql,
  changes: readonly ChangedItem[],
): Promise<(Fields | null)[]> {
  // Read before the later changes, so that these include what changes in between.
  const now = await readCurrent(sql, changes);
  const later = await readLater(sql, changes);
  return changes.map(({ itemId }, i) => {
    const { before, ending } = later[i]!;
    if (ending === RecordChangeKind.REDACTED) return null;
    return { ...(ending === null ? now.get(itemId) : null), ...before };
  });
}

async function readCurrent(
  sql: Sql,
  changes: readonly ChangedItem[],
): Promise<Map<string, Fields>> {
  const all = new Map<string, Fields>();
  for (const type of new Set(changes.map((change) => change.type))) {
    const ids = changes.filter((change) => change.type === type).map(({ itemId }) => itemId);
    const shown = await readShownFields(sql, formatOf(NOUNS[type]), [...new Set(ids)]);
    for (const [id, { fields }] of shown) all.set(id, fields);
  }
  return all;
}

/** What happened to an item after a change. */
interface Later {
  /** Each field that changed, as it was before its first change; all of an item that went. */
  before: Fields;
  /** The change by which the item went; null if it is still there. */
  ending: RecordChangeKind | null;
}

const IS_LATER = `c.item_id = given.item_id AND (c.revision, c.ordinal) > (given.revision, given.ordinal)`;
/** Matches the changes whose fields are indexed (record_change_fields). */
const IS_CHANGE = `c.item_id = given.item_id AND c.kind = 'CHANGED'`;
const FIELDS = "fields_in(c.old)";
/** A number after all revisions, as the end of an item that is still there, so that one indexed comparison works for all items. */
const NO_END = "2147483647";

/**
 * Reads what happened after changes. An item may have changed any number of times since, so only one change is read for each set of
 * fields that changed together: the first. The next set of fields is found by index.
 */
async function readLater(sql: Sql, changes: readonly ChangedItem[]): Promise<Later[]> {
  const given = unnestSql(
    changes.map(({ itemId, revisionNumber, ordinal }) => ({ itemId, revisionNumber, ordinal })),
    { itemId: "uuid", revisionNumber: "int", ordinal: "int" },
  );
  return sql.query<Later>(
    "laterChanges",
    SQL`SELECT went.kind AS ending, coalesce(went.old, '{}') || coalesce(first.fields, '{}') AS before
       FROM ${given} WITH ORDINALITY AS given (item_id, revision, ordinal, nth)
       LEFT JOIN LATERAL (
         SELECT c.kind, c.revision, c.ordinal, c.old FROM record_change c
         WHERE ${raw(IS_LATER)} AND c.kind IN ('REMOVED', 'MERGED', 'REDACTED')
         ORDER BY c.revision, c.ordinal LIMIT 1) AS went ON true
       CROSS JOIN LATERAL (
         WITH RECURSIVE together (fields) AS (
           (SELECT ${raw(FIELDS)} FROM record_change c WHERE ${raw(IS_CHANGE)} ORDER BY ${raw(FIELDS)} LIMIT 1)
           UNION ALL
           SELECT (SELECT ${raw(FIELDS)} FROM record_change c WHERE ${raw(IS_CHANGE)} AND ${raw(FIELDS)} > together.fields
             ORDER BY ${raw(FIELDS)} LIMIT 1)
           FROM together WHERE together.fields IS NOT NULL)
         SELECT jsonb_object_agg(earliest.field, earliest.value) AS fields FROM (
           SELECT DISTINCT ON (was.field) was.field, was.value
           FROM together CROSS JOIN LATERAL (
             SELECT c.old, c.revision, c.ordinal FROM record_change c
             WHERE ${raw(IS_LATER)} AND c.kind = 'CHANGED' AND ${raw(FIELDS)} = together.fields
               AND (c.revision, c.ordinal) < (coalesce(went.revision, ${raw(NO_END)}), coalesce(went.ordinal, ${raw(NO_END)}))
             ORDER BY c.revision, c.ordinal LIMIT 1) AS c
           CROSS JOIN LATERAL jsonb_each(c.old) AS was (field, value)
           ORDER BY was.field, c.revision, c.ordinal) AS earliest) AS first
       ORDER BY given.nth`,
  );
}
