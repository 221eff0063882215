import type { Sql } from "../db/sql.js";
import { raw, SQL, unnestSql } from "../db/sql-text.js";
import { formatOf } from "../records/record.items.js";
import { readShownFields } from "../records/revisions/record.shown-fields.js";
import type { Fields, RecordChange } from "./record-change.entity.js";
import type { RecordFieldChange } from "./record-field-change.js";
import { RecordChangeKind, type RecordItemType } from "./revision.enums.js";

/** The noun of each type in the record format. */
const NOUNS: Readonly<Record<RecordItemType, string>> = {
  PERSON: "person",
  PLACE: "place",
  ORGANIZATION: "organization",
  TENURE: "tenure",
  MEETING: "meeting",
  AGREEMENT: "agreement",
  STATEMENT: "statement",
  SOURCE_DOCUMENT: "document",
  TOPIC: "topic",
};

/** A change, and the item that it is of. */
export type ChangedItem = Pick<RecordChange, "type" | "itemId" | "revisionNumber" | "ordinal">;

/** Kinds of changes that store no fields. */
const COMING: ReadonlySet<RecordChangeKind> = new Set([
  RecordChangeKind.ADDED,
  RecordChangeKind.UNMERGED,
]);

/** Whether the fields after a change follow from later changes and from what is on record. */
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
 * Reads the fields that items had when they came on record: what the first later change of a field says it was before, else what
 * it is now. Nothing of one that was redacted.
 */
export async function fieldsWhenAdded(
  sql: Sql,
  changes: readonly ChangedItem[],
): Promise<(Fields | null)[]> {
  // Before the later changes: what changes in between is among these.
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

/** What followed a change of an item. */
interface Later {
  /** Each field that changed, as it was before its first change. */
  before: Fields | null;
  /** The change by which the item went; null if it is still there. */
  ending: RecordChangeKind | null;
}

const IS_LATER = `c.item_id = given.item_id AND (c.revision, c.ordinal) > (given.revision, given.ordinal)`;

async function readLater(sql: Sql, changes: readonly ChangedItem[]): Promise<Later[]> {
  const given = unnestSql(
    changes.map(({ itemId, revisionNumber, ordinal }) => ({ itemId, revisionNumber, ordinal })),
    { itemId: "uuid", revisionNumber: "int", ordinal: "int" },
  );
  return sql.query<Later>(
    "laterChanges",
    SQL`SELECT went.kind AS ending, (
         SELECT jsonb_object_agg(first.field, first.value) FROM (
           SELECT DISTINCT ON (was.field) was.field, was.value
           FROM record_change c CROSS JOIN LATERAL jsonb_each(c.old) AS was (field, value)
           WHERE ${raw(IS_LATER)} AND (went.kind IS NULL OR (c.revision, c.ordinal) <= (went.revision, went.ordinal))
           ORDER BY was.field, c.revision, c.ordinal) AS first) AS before
       FROM ${given} WITH ORDINALITY AS given (item_id, revision, ordinal, nth)
       LEFT JOIN LATERAL (
         SELECT c.kind, c.revision, c.ordinal FROM record_change c
         WHERE ${raw(IS_LATER)} AND c.kind IN ('REMOVED', 'MERGED', 'REDACTED')
         ORDER BY c.revision, c.ordinal LIMIT 1) AS went ON true
       ORDER BY given.nth`,
  );
}
