import { fieldOf } from "../record.columns.js";
import { isUnset } from "../record.item.js";
import type { Row } from "../record.row.js";
import type { LiveItem } from "../load/record.unit-of-work.js";

/**
 * Returns the columns of an item that belong in a document's record: the values it gave and, for an item of another
 * owner, what it must repeat. A value that another record filled in is left to that record. A certainty goes with
 * its fact.
 */
export function exportedColumns({ format, now }: LiveItem, document: string, owner: string): Row {
  const given = now.extensions.get(document) ?? {};
  const filledIn = new Set([...now.extensions.values()].flatMap((row) => Object.keys(row)));
  const lists = new Set(Object.keys(given).flatMap((column) => listOf(column) ?? []));
  const repeated = new Set(format.options.repeats?.(now.row) ?? format.required);
  const isPresent = (column: string) => {
    if (column in given || fieldOf(format, column).field?.isCertainty) return true;
    if (filledIn.has(column)) return false;
    const list = listOf(column);
    if (owner === document || repeated.has(column)) return true;
    return list !== null && (lists.has(list) || repeated.has(list));
  };
  const columns: Row = {};
  for (const [column, value] of Object.entries(now.row))
    if (!isUnset(format, column, value) && isPresent(column)) columns[column] = value;
  return columns;
}

/** Returns the list that a column belongs to, with a slash; null if none. */
function listOf(column: string): string | null {
  const end = column.indexOf("/");
  return end === -1 ? null : column.slice(0, end + 1);
}
