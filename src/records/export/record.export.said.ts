import { fieldOf } from "../record.columns.js";
import { isOpen } from "../record.item.js";
import type { Row } from "../record.row.js";
import type { LiveItem } from "../load/record.unit-of-work.js";

/**
 * The columns of an item of which a document's record tells: what it has given, and of another's item what it has
 * to repeat. What the owner left open and others have filled in is theirs to tell. A certainty goes with its fact.
 */
export function saidOf({ format, now }: LiveItem, document: string, owner: string): Row {
  const given = now.extensions.get(document) ?? {};
  const filledIn = new Set([...now.extensions.values()].flatMap((row) => Object.keys(row)));
  const lists = new Set(Object.keys(given).flatMap((column) => listOf(column) ?? []));
  const repeated = new Set(format.options.repeats?.(now.row) ?? format.required);
  const isSaid = (column: string) => {
    if (column in given || fieldOf(format, column).field?.isCertainty) return true;
    if (filledIn.has(column)) return false;
    const list = listOf(column);
    if (owner === document || repeated.has(column)) return true;
    return list !== null && (lists.has(list) || repeated.has(list));
  };
  const said: Row = {};
  for (const [column, value] of Object.entries(now.row))
    if (!isOpen(format, column, value) && isSaid(column)) said[column] = value;
  return said;
}

/** The name of the list in which a column is, with a slash. */
function listOf(column: string): string | null {
  const end = column.indexOf("/");
  return end === -1 ? null : column.slice(0, end + 1);
}
