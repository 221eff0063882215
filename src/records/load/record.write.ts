import type { Sql } from "../../db/sql.js";
import type { Changes } from "./record.changes.js";
import { DOCUMENT } from "../record.format.js";
import { passOver } from "../parents/record.parents.store.js";
import { type MovedItem, reorder } from "./record.reorder.js";
import { deleteRows, insertRows, updateRows } from "./record.store.js";

/** Writes the changes of a batch. Returns the items that moved because a document's date changed. */
export async function write(sql: Sql, changes: Changes): Promise<MovedItem[]> {
  const { writes } = changes;
  // Statements are sent in order, without waiting for those before.
  const sent: Promise<unknown>[] = [];
  for (const { table, key, deleted } of [...writes].reverse())
    if (deleted.length > 0) sent.push(deleteRows(sql, table, key, deleted));
  for (const { table, key, insertion, updated } of writes) {
    // Inserts come first, as an updated row may refer to a new one.
    if (insertion) sent.push(insertRows(sql, insertion));
    if (updated.length > 0) sent.push(updateRows(sql, table, key, updated));
  }
  sent.push(passOver(sql, changes.deferred));
  const redated = redatedDocuments(changes);
  const moved = redated.length === 0 ? [] : reorder(sql, redated);
  await Promise.all([...sent, moved]);
  return moved;
}

/** Returns the ids of documents whose date or kind changed: what cites them has another position, and other values are preferred. */
export function redatedDocuments({ items }: Changes): string[] {
  const preferenceOf = DOCUMENT.options.preference!;
  return items.flatMap(({ format, id, before, now }) =>
    format === DOCUMENT && before && now && preferenceOf(before) !== preferenceOf(now) ? [id] : [],
  );
}
