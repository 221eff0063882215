import type { ItemFormat } from "../record.item.js";
import type { ItemState } from "./record.claims.js";

/** An item as stored, and as changed by the records of a batch. */
export interface Item {
  format: ItemFormat;
  id: string;
  /** Its place in the order in which its unit came to know of items. */
  place: number;
  /** Null if it is new. */
  stored: ItemState | null;
  /** Null if it is deleted. */
  now: ItemState | null;
}

/** An item that is not deleted. */
export type LiveItem = Item & { now: ItemState };

/** Returns whether an item is not deleted. */
export function isLive(item: Item): item is LiveItem {
  return item.now !== null;
}

/** Returns the id of the document that owns an item. A document owns itself. */
export function ownerOf({ format, now: { row } }: LiveItem): string {
  return row[format.owner] as string;
}
