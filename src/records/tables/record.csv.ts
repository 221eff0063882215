/** A value of a cell, as PostgreSQL gives it. */
export type Cell = string | number | boolean | null;

/** Writes lines of CSV (RFC 4180). */
export class CsvWriter {
  /** @param isForSpreadsheets whether text that a spreadsheet would run as a formula gets an apostrophe before it. */
  constructor(private readonly isForSpreadsheets: boolean) {}

  /** The line of these cells. An empty one has no value: no text on record is empty. */
  line(cells: readonly Cell[]): string {
    return `${cells.map((cell) => this.cell(cell)).join(",")}\r\n`;
  }

  private cell(cell: Cell): string {
    if (cell === null) return "";
    if (typeof cell !== "string") return String(cell);
    const text = this.isForSpreadsheets && /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
    return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  }
}
