import type { ItemTable } from "./record.tables.js";

/** An item that stays though its record does not mention it any more. */
export interface KeptItem {
  table: ItemTable;
  id: string;
  reason: string;
}
