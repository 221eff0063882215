import { isDeepStrictEqual } from "node:util";
import { CITATION, ITEMS } from "../record.format.js";
import { idOf } from "../record.ids.js";
import type { ItemFormat, Proof } from "../record.item.js";
import { containerOf } from "../record.items.js";
import { ownColumns, partRows, type Row } from "../record.row.js";
import {
  closingCircles,
  hasClaimedParent,
  type HeldBack,
  heldBack,
  parentsFirst,
  soleClaim,
  withParentOf,
} from "../parents/record.held-back.js";
import { revisedItem, type RevisedItem } from "../revisions/record.revised.js";
import { createYielder } from "./record.yield.js";
import { type Insertion, insertionOf } from "./record.store.js";
import type { Item, LiveItem, UnitOfWork } from "./record.unit-of-work.js";

/** Pending writes to one table. */
export interface TableWrites {
  table: string;
  /** The columns that identify a row. */
  key: readonly string[];
  inserted: Row[];
  updated: Row[];
  deleted: Row[];
  /** The inserted rows, serialized for the database. */
  insertion: Insertion | null;
}

/** A change to report: an item changed or deleted, or a new entry of an existing item. */
export interface ItemChange {
  format: ItemFormat;
  id: string;
  before: Row | null;
  now: Row | null;
}

/** The pending writes of a batch; each table comes after those it refers to. */
export interface Changes {
  writes: TableWrites[];
  items: ItemChange[];
  /** The new rows of all touched items; null if deleted. */
  rows: Map<string, Row | null>;
  /** Items that are written without their parents for now. */
  held: HeldBack[];
  /** The items and entries of which what is recorded changes. */
  revised: RevisedItem[];
  /** The documents whose licence is open no more, also where an earlier record of the batch has opened it. */
  closed: string[];
}

/** Compares the items of a unit with the database. */
export async function changesOf(unit: UnitOfWork): Promise<Changes> {
  unit.choose();
  const yieldIfDue = createYielder();
  const writes = writesToItems();
  writes.set("record_claim", newWrites("record_claim", ["item_id", "document_id"]));
  const items: ItemChange[] = [];
  const rows = new Map<string, Row | null>();
  const held: HeldBack[] = [];
  const revised: RevisedItem[] = [];
  const circular = newInCircles(unit);
  for (const item of unit.changed()) {
    const { format, id } = item;
    const before = item.stored?.row ?? null;
    const now = isLive(item) ? withDerived(unit, item) : null;
    const back = heldBack(format, before, now, circular);
    if (back) held.push(back);
    const row = back ? withParentOf(format, back.now, null) : now;
    rows.set(id, row);
    const isWritten = compareItem(writes, format, before, row);
    let isClaimed = false;
    if (item.stored !== item.now) {
      const claims = claimRows(item, "now");
      const kept = back && claims.length === 0 ? [soleClaim(back)] : claims;
      isClaimed = compare(writes.get("record_claim")!, claimRows(item, "stored"), kept);
    }
    if (isWritten || isClaimed) revised.push(revisedItem(unit, item));
    // That it has another parent is reported once it is known whether it shows it.
    const told = back ? withParentOf(format, back.now, before) : now;
    const isChanged = isWritten && !(back && before && isSameRow(before, told!));
    if (isChanged && isReported(unit, item)) items.push({ format, id, before, now: told });
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
  return { writes: [...writes.values()].filter(isRequired), items, rows, held, revised, closed };
}

/** Returns the new items of a unit that close circles of parents. */
function newInCircles(unit: UnitOfWork): Set<unknown> {
  const rows = new Map<ItemFormat, Row[]>();
  for (const { format, stored, now } of unit.changed())
    if (hasClaimedParent(format) && stored === null && now)
      rows.set(format, [...(rows.get(format) ?? []), now.row]);
  return new Set([...rows].flatMap(([format, some]) => [...closingCircles(format, some)]));
}

/** Returns no writes yet to the tables of items and their parts, each after those it refers to. */
export function writesToItems(): Map<string, TableWrites> {
  const writes = new Map<string, TableWrites>();
  for (const { table, parts } of ITEMS) {
    writes.set(table, newWrites(table, ["id"]));
    for (const [, part] of parts) writes.set(part.table, newWrites(part.table, part.key));
  }
  return writes;
}

function isRequired({ insertion, updated, deleted }: TableWrites): boolean {
  return insertion !== null || updated.length + deleted.length > 0;
}

/** Adds the differences in the rows of an item and its parts; returns whether there are any. */
export function compareItem(
  writes: ReadonlyMap<string, TableWrites>,
  format: ItemFormat,
  before: Row | null,
  now: Row | null,
): boolean {
  // Most items are unchanged: compare them before splitting them into rows.
  if (before === now || (before && now && isSameRow(before, now))) return false;
  const [stored, wanted] = [rowsOf(format, before), rowsOf(format, now)];
  const [own] = wanted.get(format.table) ?? [];
  // What an item no longer inherits is still in its row, though it was read without.
  for (const [flag, columns] of format.inherited)
    if (before?.[flag] === true && now?.[flag] === false)
      for (const column of columns) own![column] ??= null;
  let isChanged = false;
  for (const part of new Set([...stored.keys(), ...wanted.keys()])) {
    // The parts of a deleted item are deleted with it (ON DELETE CASCADE).
    if (now === null && part !== format.table) continue;
    if (compare(writes.get(part)!, stored.get(part) ?? [], wanted.get(part) ?? []))
      isChanged = true;
  }
  return isChanged;
}

/** Returns whether to report a change. New items, and entries deleted with their item, are only counted. */
function isReported(unit: UnitOfWork, { format, stored, now }: Item): boolean {
  const container = containerOf(format, (stored ?? now)!.row);
  return stored === null
    ? container !== null && unit.wasStored(container)
    : now !== null || container === null || unit.get(container) !== undefined;
}

function isLive(item: Item): item is LiveItem {
  return item.now !== null;
}

function newWrites(table: string, key: readonly string[]): TableWrites {
  return { table, key, inserted: [], updated: [], deleted: [], insertion: null };
}

/** Adds the differences between stored and wanted rows; returns whether there are any. */
function compare(into: TableWrites, before: Row[], now: Row[]): boolean {
  if (before.length === 0) {
    into.inserted.push(...now);
    return now.length > 0;
  }
  const nameOf = (row: Row) => into.key.map((column) => row[column]).join(" ");
  const old = new Map(before.map((row) => [nameOf(row), row]));
  let isChanged = false;
  for (const row of now) {
    const stored = old.get(nameOf(row));
    old.delete(nameOf(row));
    if (stored && isSameRow(stored, row)) continue;
    isChanged = true;
    if (!stored) into.inserted.push(row);
    // A column that is no longer given becomes null.
    else into.updated.push({ ...emptied(stored), ...row });
  }
  into.deleted.push(...old.values());
  return isChanged || old.size > 0;
}

function emptied(row: Row): Row {
  return Object.fromEntries(Object.keys(row).map((column) => [column, null]));
}

/** Returns whether two rows have the same values. */
export function isSameRow(one: Row, other: Row): boolean {
  if (one === other) return true;
  for (const column of Object.keys(other))
    if (!isSameValue(one[column] ?? null, other[column] ?? null)) return false;
  for (const column of Object.keys(one))
    if (!(column in other) && (one[column] ?? null) !== null) return false;
  return true;
}

function isSameValue(one: unknown, other: unknown): boolean {
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null)
    return one === other;
  return isDeepStrictEqual(one, other);
}

/** Returns the rows of an item and its parts, by table. */
export function rowsOf({ table, parts }: ItemFormat, item: Row | null): Map<string, Row[]> {
  const rows = new Map<string, Row[]>();
  if (item === null) return rows;
  rows.set(table, [ownColumns(item)]);
  for (const [, part] of parts) {
    const list = partRows(part.table, item);
    for (const [position, row] of list.entries()) {
      row[part.container] = item.id;
      if (part.isOrdered) row.position = position;
      if (part.key[0] === "id") row.id = idOf(part.table, `${String(item.key)}/${position}`);
    }
    rows.set(part.table, list);
  }
  return rows;
}

function claimRows(item: Item, which: "stored" | "now"): Row[] {
  return [...(item[which]?.claims ?? [])].map(([document_id, { given, isShown }]) => ({
    item_id: item.id,
    document_id,
    given,
    is_shown: isShown,
  }));
}

/** Returns an item's row with its derived columns. */
function withDerived(unit: UnitOfWork, { format, id, now: { row } }: LiveItem): Row {
  return derivedFrom(format, row, () => proofsOf(unit, id));
}

/** Returns a row with its derived columns. */
export function derivedFrom(format: ItemFormat, row: Row, proofs: () => Proof[]): Row {
  const { derive } = format.options;
  if (!derive) return row;
  const derived = { ...row, ...derive(row, proofs) };
  for (const [flag, columns] of format.inherited)
    derived[flag] = columns.every((column) => (row[column] ?? null) === null);
  return derived;
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
