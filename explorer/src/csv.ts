/** The byte order mark, by which spreadsheets know that a file is UTF-8. */
export const BYTE_ORDER_MARK = "\ufeff";

/** What a cell can hold. */
export type Cell = string | number | boolean | null | undefined;

/** What a spreadsheet may take for the beginning of a formula; full-width forms where that is how people write. */
const FORMULA = /^[=+\-@＝＋－＠\t\r\n]/;

/** What may separate cells somewhere: a semicolon where the comma is in decimal numbers, or a tab. */
const SEPARATING = /[",;\t\r\n]/;

/**
 * A line of CSV (RFC 4180). Text that a spreadsheet would run as a formula gets an apostrophe before it, so that a quotation
 * which begins with `=` stays a quotation. In quotation marks is what has any separator, so that no part of a text becomes a cell.
 */
export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(csvCell).join(",")}\r\n`;
}

function csvCell(cell: Cell): string {
  if (cell === null || cell === undefined) return "";
  if (typeof cell === "boolean") return cell ? "yes" : "no";
  if (typeof cell === "number") return String(cell);
  const text = FORMULA.test(cell) ? `'${cell}` : cell;
  return SEPARATING.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
