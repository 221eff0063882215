import { isDeepStrictEqual } from "node:util";
import { ITEMS } from "../record.format.js";
import { idOf } from "../record.ids.js";
import type { ItemFormat } from "../record.item.js";
import { ownColumns, partRows, type Row } from "../record.row.js";
import type { Insertion } from "./record.store.js";

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

/** Returns no writes yet to the tables of items and their parts, each after those it refers to. */
export function writesToItems(): Map<string, TableWrites> {
  const writes = new Map<string, TableWrites>();
  for (const { table, parts } of ITEMS) {
    writes.set(table, newWrites(table, ["id"]));
    for (const [, part] of parts) writes.set(part.table, newWrites(part.table, part.key));
  }
  return writes;
}

/** Returns whether there is anything to write. */
export function isRequired({ insertion, updated, deleted }: TableWrites): boolean {
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
  // What an item no longer inherits is still in its stored row, though it was read without it.
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

/** Returns no writes yet to a table, whose rows these columns identify. */
export function newWrites(table: string, key: readonly string[]): TableWrites {
  return { table, key, inserted: [], updated: [], deleted: [], insertion: null };
}

/** Adds the differences between stored and wanted rows; returns whether there are any. */
export function compare(into: TableWrites, before: Row[], now: Row[]): boolean {
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
