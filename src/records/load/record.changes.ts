import { CITATION, ITEMS } from "../record.format.js";
import type { ItemFormat } from "../record.item.js";
import type { Proof } from "../record.item-options.js";
import { containerOf } from "../record.items.js";
import type { Row } from "../record.row.js";
import {
  closingCycles,
  hasClaimedParent,
  type DeferredParent,
  deferredParent,
  parentsFirst,
  soleClaim,
  withParentOf,
} from "../parents/record.deferred-parents.js";
import { giversOf, revisedItem, type RevisedItem } from "../revisions/record.revised.js";
import { createYielder } from "./record.yield.js";
import { insertionOf } from "./record.store.js";
import {
  compare,
  compareItem,
  isRequired,
  isSameRow,
  newWrites,
  type TableWrites,
  writesToItems,
} from "./record.table-writes.js";
import { isLive, type Item, type LiveItem } from "./record.unit-item.js";
import type { UnitOfWork } from "./record.unit-of-work.js";

/** A change to report: an item changed, deleted or also given by another record, or a new entry of an existing item. */
export interface ItemChange {
  format: ItemFormat;
  id: string;
  before: Row | null;
  now: Row | null;
  /** The documents whose records give an item on record, and did not before. */
  joining?: string[];
}

/** An item that a batch touches. */
interface TouchedRow {
  format: ItemFormat;
  /** Its new row; null if it is deleted. */
  row: Row | null;
}

/** The pending writes of a batch; each table comes after those it refers to. */
export interface Changes {
  writes: TableWrites[];
  items: ItemChange[];
  /** All touched items, by id. */
  rows: Map<string, TouchedRow>;
  /** Items that are written without their parents for now. */
  deferred: DeferredParent[];
  /** The items and entries of which what is recorded changes. */
  revised: RevisedItem[];
  /** The documents that no longer have an open licence, including one that an earlier record of the batch gave them. */
  closed: string[];
}

/** Compares the items of a unit with the database. */
export async function changesOf(unit: UnitOfWork): Promise<Changes> {
  unit.choose();
  const yieldIfDue = createYielder();
  const writes = writesToItems();
  writes.set("record_claim", newWrites("record_claim", ["item_id", "document_id"]));
  const items: ItemChange[] = [];
  const rows = new Map<string, TouchedRow>();
  const deferred: DeferredParent[] = [];
  const revised: RevisedItem[] = [];
  const circular = newInCycles(unit);
  for (const item of unit.changed()) {
    const { format, id } = item;
    const before = item.stored?.row ?? null;
    const now = isLive(item) ? withDerived(unit, item) : null;
    const back = deferredParent(format, before, now, circular);
    if (back) deferred.push(back);
    const row = back ? withParentOf(format, back.now, null) : now;
    rows.set(id, { format, row });
    const isWritten = compareItem(writes, format, before, row);
    let isClaimed = false;
    if (item.stored !== item.now) {
      const claims = claimRows(item, "now");
      const kept = back && claims.length === 0 ? [soleClaim(back)] : claims;
      isClaimed = compare(writes.get("record_claim")!, claimRows(item, "stored"), kept);
    }
    if (isWritten || isClaimed) revised.push(revisedItem(unit, item));
    // Another parent is reported once it is known whether the item shows it.
    const shown = back ? withParentOf(format, back.now, before) : now;
    const isChanged = isWritten && !(back && before && isSameRow(before, shown!));
    const joining = joiningDocuments(item);
    if (joining.length > 0 || (isChanged && isReported(unit, item)))
      items.push({ format, id, before, now: shown, joining });
    await yieldIfDue();
  }
  for (const { table, parentColumn } of ITEMS) {
    const write = writes.get(table)!;
    if (parentColumn) write.inserted = parentsFirst(write.inserted, parentColumn);
  }
  for (const one of writes.values()) {
    if (one.inserted.length > 0) one.insertion = insertionOf(one.table, one.inserted);
    // The serialized text is enough from here on, and takes less memory.
    one.inserted = [];
    await yieldIfDue();
  }
  const closed = unit.closed();
  return {
    writes: [...writes.values()].filter(isRequired),
    items,
    rows,
    deferred,
    revised,
    closed,
  };
}

/** Returns the new items of a unit that close cycles of parents. */
function newInCycles(unit: UnitOfWork): Set<unknown> {
  const rows = new Map<ItemFormat, Row[]>();
  for (const { format, stored, now } of unit.changed())
    if (hasClaimedParent(format) && stored === null && now)
      rows.set(format, [...(rows.get(format) ?? []), now.row]);
  return new Set([...rows].flatMap(([format, some]) => [...closingCycles(format, some)]));
}

/** Returns whether to report a change. New items, and entries deleted with their item, are only counted. */
function isReported(unit: UnitOfWork, { format, stored, now }: Item): boolean {
  const container = containerOf(format, (stored ?? now)!.row);
  return stored === null
    ? container !== null && unit.wasStored(container)
    : now !== null || container === null || unit.get(container) !== undefined;
}

/** Returns the documents whose records give an item on record, and did not before; none for an entry, which is reported as added. */
function joiningDocuments({ format, stored, now }: Item): string[] {
  if (stored === null || now === null || format.options.entry) return [];
  const before = new Set(giversOf(format, stored));
  return giversOf(format, now).filter((id) => !before.has(id));
}

function claimRows(item: Item, which: "stored" | "now"): Row[] {
  return [...(item[which]?.claims ?? [])].map(([document_id, { given, isShown }]) => ({
    item_id: item.id,
    document_id,
    given,
    is_shown: isShown,
  }));
}

/** Returns an item's row with its derived columns. They are added to a row that is not stored: copying many takes long. */
function withDerived(unit: UnitOfWork, { format, id, stored, now: { row } }: LiveItem): Row {
  if (!format.options.derive) return row;
  return addDerived(format, row === stored?.row ? { ...row } : row, () => proofsOf(unit, id));
}

/** Returns a row with its derived columns. */
export function derivedFrom(format: ItemFormat, row: Row, proofs: () => Proof[]): Row {
  return format.options.derive ? addDerived(format, { ...row }, proofs) : row;
}

function addDerived({ options, inherited }: ItemFormat, row: Row, proofs: () => Proof[]): Row {
  const flags = inherited.map(
    ([flag, columns]) => [flag, columns.every((column) => (row[column] ?? null) === null)] as const,
  );
  Object.assign(row, options.derive!(row, proofs));
  for (const [flag, isInherited] of flags) row[flag] = isInherited;
  return row;
}

function proofsOf(unit: UnitOfWork, id: string): Proof[] {
  return unit
    .entriesOf(id)
    .filter(({ format }) => format === CITATION)
    .map(({ now: { row } }) => ({
      citation: row,
      document: unit.get(row.document_id as string)?.now.row,
    }));
}
