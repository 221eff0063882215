/** The byte order mark, by which spreadsheets know that a file is UTF-8. */
export const BYTE_ORDER_MARK = "\ufeff";

/** What a cell can hold. */
export type Cell = string | number | boolean | null | undefined;

/**
 * A line of CSV (RFC 4180). Text that a spreadsheet would run as a formula gets an apostrophe before it, so that a quotation
 * which begins with `=` stays a quotation.
 */
export function csvLine(cells: readonly Cell[]): string {
  return `${cells.map(csvCell).join(",")}\r\n`;
}

function csvCell(cell: Cell): string {
  if (cell === null || cell === undefined) return "";
  if (typeof cell === "boolean") return cell ? "yes" : "no";
  if (typeof cell === "number") return String(cell);
  const text = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
