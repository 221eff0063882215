import type { Sql } from "../../db/sql.js";
import { compareItem, writesToItems } from "../load/record.table-writes.js";
import {
  deleteRows,
  insertionOf,
  insertRows,
  readItems,
  updateRows,
} from "../load/record.store.js";
import {
  closingCycles,
  hasClaimedParent,
  type DeferredParent,
  deferredParent,
  parentsFirst,
  withParentOf,
} from "../parents/record.deferred-parents.js";
import { keepSoleClaims, passOver } from "../parents/record.parents.store.js";
import { ITEMS } from "../record.format.js";
import type { ItemFormat } from "../record.item.js";
import { formatOf } from "../record.items.js";
import { addPart, type Row } from "../record.row.js";
import { hasRecorded, type RecordedItem, takeRecorded } from "./record.judgements.store.js";

/**
 * Puts what is recorded of these items back into their tables, as if nothing were merged or settled, so that records are
 * loaded as without judgements. They are refreshed at the end of the batch. `keys` are of merged items. Returns whether
 * there were any.
 */
export async function restore(
  sql: Sql,
  ids: readonly string[],
  keys: readonly string[] = [],
): Promise<boolean> {
  const items = await takeRecorded(sql, ids, keys);
  if (items.length === 0) return false;
  const writes = writesToItems();
  const deferred: DeferredParent[] = [];
  for (const [format, some] of byFormat(items)) {
    const shown = await readItems(
      sql,
      format,
      some.map(({ id }) => id),
    );
    const before = new Map(shown.map((row) => [row.id, row]));
    const recorded = some.map((item) => recordedRow(format, item));
    const added = recorded.filter(({ id }) => !before.has(id));
    const circular = closingCycles(format, hasClaimedParent(format) ? added : []);
    for (const row of recorded) {
      const stored = before.get(row.id) ?? null;
      const back = deferredParent(format, stored, row, circular);
      if (back) deferred.push(back);
      compareItem(writes, format, stored, back ? withParentOf(format, row, null) : row);
    }
  }
  for (const { table, key, deleted } of [...writes.values()].reverse())
    if (deleted.length > 0) await deleteRows(sql, table, key, deleted);
  for (const { table, parentColumn } of ITEMS) {
    const write = writes.get(table)!;
    if (parentColumn) write.inserted = parentsFirst(write.inserted, parentColumn);
  }
  for (const { table, key, inserted, updated } of writes.values()) {
    if (inserted.length > 0) await insertRows(sql, insertionOf(table, inserted));
    if (updated.length > 0) await updateRows(sql, table, key, updated);
  }
  await passOver(sql, deferred);
  await keepSoleClaims(sql, deferred);
  return true;
}

/** Puts merged items back; returns whether there were any. */
export type Restore = typeof restore;

/**
 * Returns `restore` for a few batches, of which none has judgements: it looks once whether any item is shown otherwise than recorded,
 * and does nothing if none is.
 */
export function restorer(): Restore {
  let isNeeded: boolean | undefined;
  return async (sql, ids, keys) => {
    isNeeded ??= await hasRecorded(sql);
    return isNeeded && restore(sql, ids, keys);
  };
}

function byFormat(items: RecordedItem[]): Map<ItemFormat, RecordedItem[]> {
  const found = new Map<ItemFormat, RecordedItem[]>();
  for (const item of items) {
    const format = formatOf(item.noun);
    found.set(format, [...(found.get(format) ?? []), item]);
  }
  return found;
}

/** Returns an item as recorded, with its parts as columns. */
export function recordedRow({ table, parts }: ItemFormat, { tables }: RecordedItem): Row {
  const row: Row = { ...tables[table]![0] };
  for (const [, part] of parts) {
    // Set by the database and by the place in the list.
    const managed = ["id", "position", part.container];
    for (const [i, one] of (tables[part.table] ?? []).entries()) {
      const own = Object.entries(one).filter(([column]) => !managed.includes(column));
      addPart(row, part.table, i, Object.fromEntries(own));
    }
  }
  return row;
}
