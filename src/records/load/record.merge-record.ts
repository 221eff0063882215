import { type Finding, fault, type RecordPath } from "../record.faults.js";
import {
  type Conflict,
  mergeExtension,
  mergeOwned,
  withoutExtension,
} from "./record.merge-item.js";
import type { Row } from "../record.row.js";
import type { RecordRow } from "./record.rows.js";
import { type LiveItem, ownerOf, type UnitOfWork } from "./record.unit-of-work.js";

/** A value that contradicts the database. */
export interface ItemConflict {
  path: RecordPath;
  item: LiveItem;
  given: Row;
  conflict: Conflict;
}

/** Why a record cannot be merged. */
export interface MergeErrors {
  conflicts: ItemConflict[];
  findings: Finding[];
}

/** Merges the rows of a record into a unit; if there are errors, nothing is changed. */
export function mergeRecord(unit: UnitOfWork, documentId: string, rows: RecordRow[]): MergeErrors {
  const errors: MergeErrors = { conflicts: [], findings: [] };
  const mentioned = new Set(rows.map(({ id }) => id));
  unit.attempt(() => {
    for (const row of rows) mergeItem(unit, documentId, row, errors);
    for (const id of mentioned) {
      for (const entry of unit.entriesOf(id))
        if (!mentioned.has(entry.id)) withdrawEntry(unit, documentId, entry);
    }
    return errors.conflicts.length + errors.findings.length === 0;
  });
  return errors;
}

function mergeItem(
  unit: UnitOfWork,
  documentId: string,
  { format, id, row, path }: RecordRow,
  { conflicts, findings }: MergeErrors,
): void {
  const item = unit.get(id);
  if (!item) return unit.set(format, id, { row, extensions: new Map() });
  const owner = ownerOf(item);
  const merged =
    owner === documentId
      ? mergeOwned(format, item.now, row)
      : mergeExtension(format, item.now, documentId, owner, row);
  conflicts.push(...merged.conflicts.map((conflict) => ({ path, item, given: row, conflict })));
  const { changesOfPublished } = format.options;
  if (changesOfPublished && merged.conflicts.length === 0) {
    for (const what of changesOfPublished(item.now.row, merged.row, format)) {
      const message = `the ${what} of a published ${format.noun} ${what === "date" ? "is" : "are"} not changed: add a ${format.noun} that CORRECTS this one, and give this one the standing CORRECTED`;
      findings.push(fault(`published-${format.noun}`, path, message));
    }
  }
  unit.set(format, id, merged);
}

/** Removes what a record no longer says of an entry. If another record cites it too, it becomes the owner. */
export function withdrawEntry(unit: UnitOfWork, documentId: string, entry: LiveItem): void {
  for (const citation of unit.entriesOf(entry.id)) withdrawEntry(unit, documentId, citation);
  const { format, id, now } = entry;
  if (ownerOf(entry) !== documentId) {
    if (now.extensions.has(documentId))
      unit.set(format, id, withoutExtension(format, now, documentId));
    return;
  }
  const [other] = unit.entriesOf(id);
  if (!other) return unit.set(format, id, null);
  const newOwner = ownerOf(other);
  const extensions = new Map(now.extensions);
  extensions.delete(newOwner);
  unit.set(format, id, { row: { ...now.row, owner_id: newOwner }, extensions });
}
