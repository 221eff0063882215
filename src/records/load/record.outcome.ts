import type { ItemFormat } from "../record.item.js";
import type { RevisedItem, TouchedItem } from "../revisions/record.revised.js";
import type { RecordFault } from "../record.faults.js";
import type { ReadRecord } from "./record.batches.js";
import type { Changes, ItemChange } from "./record.changes.js";
import type { InputPosition } from "./record.input.js";
import type { MovedItem } from "./record.reorder.js";

/** How many rows of a table changed. */
export interface RowCounts {
  inserted: number;
  updated: number;
  deleted: number;
}

/** An item that its record no longer mentions, but that cannot be deleted. */
export interface KeptItem {
  format: ItemFormat;
  id: string;
  reason: string;
}

/** A mention of an item by the record of a document. */
export interface Mention {
  id: string;
  documentId: string;
}

/** A record that refers to items which are not on record, and the faults that say so. */
export interface WaitingRecord {
  record: ReadRecord;
  faults: RecordFault[];
  /** These items, by noun and key. */
  missing: string[];
}

/** The outcome of a batch. */
export interface Outcome {
  records: number;
  rows: number;
  counts: Map<string, RowCounts>;
  /** Changes to report. */
  items: ItemChange[];
  /** The faults of each rejected record. */
  refused: RecordFault[][];
  /** Records that refer to items which are not on record, and the faults that say so. */
  waiting: WaitingRecord[];
  /** What the merged records mention, their own documents included. */
  mentioned: Mention[];
  /** Items that could not be deleted. */
  kept: KeptItem[];
  /** What a user may not expect of the load; a line for each. */
  warnings: string[];
  /** Items and entries of which what is recorded changed. */
  revised: RevisedItem[];
  /** Items that may show something else because of what records say of others. */
  touched: TouchedItem[];
  /** Whether parents of items changed that may already have been read for later batches. */
  hasMoved: boolean;
  /** How far the batch goes in the files; absent for records that were read before. */
  position?: InputPosition;
}

/** Returns the outcome of an empty batch. */
export function emptyOutcome(): Outcome {
  return {
    records: 0,
    rows: 0,
    counts: new Map(),
    items: [],
    refused: [],
    waiting: [],
    mentioned: [],
    kept: [],
    warnings: [],
    revised: [],
    touched: [],
    hasMoved: false,
  };
}

/** Combines two outcomes. */
export function combineOutcomes(one: Outcome, other: Outcome): Outcome {
  addCounts(one.counts, other.counts);
  return {
    records: one.records + other.records,
    rows: one.rows + other.rows,
    counts: one.counts,
    items: [...one.items, ...other.items],
    refused: [...one.refused, ...other.refused],
    waiting: [...one.waiting, ...other.waiting],
    mentioned: [...one.mentioned, ...other.mentioned],
    kept: [...one.kept, ...other.kept],
    warnings: [...one.warnings, ...other.warnings],
    revised: [...one.revised, ...other.revised],
    touched: [...one.touched, ...other.touched],
    hasMoved: one.hasMoved || other.hasMoved,
  };
}

/** Adds changes to an outcome, and the items that moved. */
export function addChanges(
  outcome: Outcome,
  { items, writes, revised }: Changes,
  moved: readonly MovedItem[],
): void {
  outcome.items.push(...items);
  outcome.revised.push(...revised);
  for (const { table, insertion, updated, deleted } of writes) {
    const inserted = insertion?.count ?? 0;
    const counts = { inserted, updated: updated.length, deleted: deleted.length };
    addCounts(outcome.counts, new Map([[table, counts]]));
  }
  for (const { format, id } of moved) {
    outcome.revised.push(movedItem(format, id));
    const counts = { inserted: 0, updated: 1, deleted: 0 };
    addCounts(outcome.counts, new Map([[format.table, counts]]));
  }
}

/** Returns the revision of an item whose recorded row changed, though no record gives anything new. */
export function movedItem(format: ItemFormat, id: string): RevisedItem {
  const root = { format, id };
  return { ...root, isNew: false, isGone: false, key: null, root, documentIds: [] };
}

/** Adds counts by table; tables without changes are left out. */
export function addCounts(
  sums: Map<string, RowCounts>,
  counts: ReadonlyMap<string, RowCounts>,
): void {
  for (const [table, { inserted, updated, deleted }] of counts) {
    if (inserted + updated + deleted === 0) continue;
    const sum = sums.get(table) ?? { inserted: 0, updated: 0, deleted: 0 };
    sum.inserted += inserted;
    sum.updated += updated;
    sum.deleted += deleted;
    sums.set(table, sum);
  }
}
