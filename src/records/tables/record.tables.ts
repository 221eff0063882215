import { ITEM_FILES } from "./record.tables.items.js";
import { PART_FILES } from "./record.tables.parts.js";
import { withReadable } from "./record.tables.readable.js";
import type { RecordTable } from "./record.table.js";

/** Every CSV file of the export: items first, then what is in them, and what proves them. */
export const TABLES: readonly RecordTable[] = [...ITEM_FILES, ...PART_FILES].map(withReadable);
