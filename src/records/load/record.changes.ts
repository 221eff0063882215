import { isDeepStrictEqual } from "node:util";
import { CITATION, ITEMS } from "../record.format.js";
import { idOf } from "../record.ids.js";
import type { ItemFormat, Proof } from "../record.item.js";
import { wholeOf } from "../record.items.js";
import { ownColumns, partRows, type Row } from "../record.row.js";
import { pauses } from "./record.pauses.js";
import { type Insertion, insertionOf } from "./record.store.js";
import type { Item, LiveItem, UnitOfWork } from "./record.unit-of-work.js";

/** Rows of one table that are to be written. */
interface TableWrites {
  table: string;
  /** The columns that tell one row from another. */
  key: readonly string[];
  inserted: Row[];
  updated: Row[];
  deleted: Row[];
  /** What is to be inserted, made ready to be sent. */
  insertion: Insertion | null;
}

/** An item that was there and is changed or deleted, or a new entry of one that was there. */
export interface ItemChange {
  format: ItemFormat;
  id: string;
  before: Row | null;
  now: Row | null;
}

/** What has to be written for a batch, each table after those that it refers to. */
export interface Changes {
  writes: TableWrites[];
  items: ItemChange[];
  /** The rows of all items that were touched, null for those that are gone. */
  rows: Map<string, Row | null>;
}

/** Compares what is on record with what the records of a batch make of it. */
export async function changesOf(unit: UnitOfWork): Promise<Changes> {
  const pause = pauses();
  const writes = new Map<string, TableWrites>();
  for (const { table, parts } of ITEMS) {
    writes.set(table, newWrites(table, ["id"]));
    for (const [, part] of parts) writes.set(part.table, newWrites(part.table, part.key));
  }
  writes.set("record_extension", newWrites("record_extension", ["item_id", "document_id"]));
  const items: ItemChange[] = [];
  const rows = new Map<string, Row | null>();
  for (const item of unit.changed()) {
    const before = item.stored?.row ?? null;
    const now = isLive(item) ? withDerived(unit, item) : null;
    rows.set(item.id, now);
    const isChanged = compareItem(writes, item.format, before, now);
    if (item.stored !== item.now) {
      compare(
        writes.get("record_extension")!,
        extensionRows(item, "stored"),
        extensionRows(item, "now"),
      );
    }
    if (isChanged && isTold(unit, item))
      items.push({ format: item.format, id: item.id, before, now });
    await pause();
  }
  for (const { table, above } of ITEMS) {
    const write = writes.get(table)!;
    if (above) write.inserted = aboveFirst(write.inserted, above);
  }
  for (const one of writes.values()) {
    if (one.inserted.length > 0) one.insertion = insertionOf(one.table, one.inserted);
    // From here on their text does, and takes less memory while it waits for its turn.
    one.inserted = [];
    await pause();
  }
  return { writes: [...writes.values()].filter(isNeeded), items, rows };
}

function isNeeded({ insertion, updated, deleted }: TableWrites): boolean {
  return insertion !== null || updated.length + deleted.length > 0;
}

/** Notes what differs in the rows of an item and of its parts; answers whether anything does. */
function compareItem(
  writes: ReadonlyMap<string, TableWrites>,
  format: ItemFormat,
  before: Row | null,
  now: Row | null,
): boolean {
  // Taken apart is only what is not the same as a whole.
  if (before === now || (before && now && isSameRow(before, now))) return false;
  const [stored, wanted] = [rowsOf(format, before), rowsOf(format, now)];
  let isChanged = false;
  for (const part of new Set([...stored.keys(), ...wanted.keys()])) {
    // The parts of a deleted item go with it.
    if (now === null && part !== format.table) continue;
    if (compare(writes.get(part)!, stored.get(part) ?? [], wanted.get(part) ?? []))
      isChanged = true;
  }
  return isChanged;
}

/** Whether a reader is told of a change. What is new and what goes with its whole is only counted. */
function isTold(unit: UnitOfWork, { format, stored, now }: Item): boolean {
  const whole = wholeOf(format, (stored ?? now)!.row);
  return stored === null
    ? whole !== null && unit.wasStored(whole)
    : now !== null || whole === null || unit.get(whole) !== undefined;
}

function isLive(item: Item): item is LiveItem {
  return item.now !== null;
}

function newWrites(table: string, key: readonly string[]): TableWrites {
  return { table, key, inserted: [], updated: [], deleted: [], insertion: null };
}

/** Notes what differs between rows on record and rows as they are to be; answers whether anything does. */
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
    // A column that is given no more has to be emptied.
    else into.updated.push({ ...emptied(stored), ...row });
  }
  into.deleted.push(...old.values());
  return isChanged || old.size > 0;
}

function emptied(row: Row): Row {
  return Object.fromEntries(Object.keys(row).map((column) => [column, null]));
}

function isSameRow(one: Row, other: Row): boolean {
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

/** The rows of an item and of its parts, by table. */
function rowsOf({ table, parts }: ItemFormat, item: Row | null): Map<string, Row[]> {
  const rows = new Map<string, Row[]>();
  if (item === null) return rows;
  rows.set(table, [ownColumns(item)]);
  for (const [, part] of parts) {
    const list = partRows(part.table, item);
    for (const [position, row] of list.entries()) {
      row[part.whole] = item.id;
      if (part.isOrdered) row.position = position;
      if (part.key[0] === "id") row.id = idOf(part.table, `${String(item.key)}/${position}`);
    }
    rows.set(part.table, list);
  }
  return rows;
}

function extensionRows(item: Item, which: "stored" | "now"): Row[] {
  return [...(item[which]?.extensions ?? [])].map(([document_id, given]) => ({
    item_id: item.id,
    document_id,
    given,
  }));
}

/** An item's row with what follows from the rest of it and from the passages that prove it. */
function withDerived(unit: UnitOfWork, { format, id, now: { row } }: LiveItem): Row {
  const { derive } = format.options;
  if (!derive) return row;
  const derived = { ...row, ...derive(row, () => proofsOf(unit, id)) };
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

/** An item is stored after the one above it. Where there is a cycle, the database refuses it. */
function aboveFirst(rows: Row[], above: string): Row[] {
  const byId = new Map(rows.map((row) => [row.id, row]));
  const sorted = new Set<Row>();
  for (const row of rows) {
    const chain = new Set<Row>();
    let next: Row | undefined = row;
    while (next && !sorted.has(next) && !chain.has(next)) {
      chain.add(next);
      next = byId.get(next[above]);
    }
    for (const one of [...chain].reverse()) sorted.add(one);
  }
  return [...sorted];
}
