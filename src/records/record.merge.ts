import { isDeepStrictEqual } from "node:util";
import type { Row } from "./record.row-writer.js";

/** Not the business of the record that extends a row: who owns it, and what the database works out. */
const SETTLED = new Set(["owner_id", "told_on", "told_in_id", "position", "joint", "place_id"]);

/**
 * A stored row extended by a record that does not own it: what either leaves open the other gives, and two
 * different values are a conflict.
 */
export function mergeRows(stored: Row, given: Row): { row: Row; conflicts: string[] } {
  const row: Row = {};
  const conflicts: string[] = [];
  for (const column of Object.keys(given)) {
    const [before, now] = [stored[column], given[column]];
    const settled = SETTLED.has(column) || inherits(given, column);
    row[column] = settled || isOpen(now) || isDeepStrictEqual(before, now) ? before : now;
    if (!settled && !isOpen(before) && !isOpen(now) && !isDeepStrictEqual(before, now)) {
      conflicts.push(
        `${column} is ${JSON.stringify(before)} on record and ${JSON.stringify(now)} here`,
      );
    }
  }
  return { row, conflicts };
}

/** A statement without a date or place of its own says nothing about those on record. */
function inherits(given: Row, column: string): boolean {
  return (
    (given.date_inherited === true && column.startsWith("date_")) ||
    (given.place_inherited === true && column.startsWith("place_"))
  );
}

function isOpen(value: unknown): boolean {
  return value === null || value === undefined || (Array.isArray(value) && value.length === 0);
}
