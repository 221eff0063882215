import { givenIn } from "../load/record.claims.js";
import type { ItemFormat } from "../record.item.js";
import type { Row } from "../record.row.js";

/**
 * An item that is stored without its parent for now, since that might close a cycle with those of other items. The parent is set at the end
 * of the batch if it closes none.
 */
export interface DeferredParent {
  format: ItemFormat;
  id: string;
  /** As stored before; null if it is new. */
  before: Row | null;
  /** With its parent. */
  now: Row;
}

/** Returns whether documents may differ in the parent of an item. What a document is a copy of, its own record alone says. */
export function hasClaimedParent({ parentColumn, options }: ItemFormat): boolean {
  return parentColumn !== undefined && !options.isOwnOwner;
}

/** Returns the columns that are one value with the parent, such as how a meeting belongs to it. */
export function parentColumns({ fields, parentColumn, valueOf }: ItemFormat): string[] {
  return fields
    .flatMap(([, { columns }]) => columns)
    .filter((column) => valueOf(column) === valueOf(parentColumn!));
}

/** Returns a row with the parent of another one; with none, without a parent. */
export function withParentOf(format: ItemFormat, row: Row, other: Row | null): Row {
  const moved: Row = { ...row };
  for (const column of parentColumns(format)) moved[column] = other?.[column] ?? null;
  return moved;
}

/** Returns an item if its parent must be deferred: if it changes, or closes a cycle with those of other new items. */
export function deferredParent(
  format: ItemFormat,
  before: Row | null,
  now: Row | null,
  circular: ReadonlySet<unknown>,
): DeferredParent | null {
  const { parentColumn } = format;
  if (!parentColumn || !hasClaimedParent(format) || !now || (now[parentColumn] ?? null) === null)
    return null;
  const isDeferred = before ? before[parentColumn] !== now[parentColumn] : circular.has(now.id);
  return isDeferred ? { format, id: now.id as string, before, now } : null;
}

/** Returns the ids of new items that close a cycle: without the parents of these, no new item is above itself. */
export function closingCycles({ parentColumn }: ItemFormat, rows: readonly Row[]): Set<unknown> {
  const byId = new Map<unknown, Row>(rows.map((row) => [row.id, row]));
  const done = new Set<Row>();
  const closing = new Set<unknown>();
  for (const row of rows) {
    const chain = new Set<Row>();
    let last: Row | undefined;
    let next: Row | undefined = row;
    while (next && !done.has(next) && !chain.has(next)) {
      chain.add(next);
      last = next;
      next = byId.get(next[parentColumn!]);
    }
    if (next && chain.has(next)) closing.add(last!.id);
    for (const one of chain) done.add(one);
  }
  return closing;
}

/** A row of `record_claim`: what the only record of an item gives, though the item's row does not show all of it. */
export function soleClaim({ format, id, now }: DeferredParent): Row {
  const given = givenIn(format, now);
  return { item_id: id, document_id: now[format.owner], given, is_shown: true };
}

/** Sorts each row after its parent; there are no cycles. */
export function parentsFirst(rows: Row[], parentColumn: string): Row[] {
  const byId = new Map<unknown, Row>(rows.map((row) => [row.id, row]));
  const sorted = new Set<Row>();
  for (const row of rows) {
    const chain = new Set<Row>();
    let next: Row | undefined = row;
    while (next && !sorted.has(next) && !chain.has(next)) {
      chain.add(next);
      next = byId.get(next[parentColumn]);
    }
    for (const one of [...chain].reverse()) sorted.add(one);
  }
  return [...sorted];
}
