import { createReadStream } from "node:fs";

/** A line of a data file: every key is present; a missing value is null. */
export type Row = Record<string, unknown> & { id: string };

/** More rows than a dataset has that is matched as a whole; its rows are held in memory. */
const MAX_ROWS = 500_000;

/** Longer than any row: the file is no JSON Lines. */
const MAX_LINE = 1_000_000;

/** Reads all rows into memory, for a dataset whose rows must be compared with each other. */
export async function allOf(rows: AsyncIterable<Row>): Promise<Row[]> {
  const all: Row[] = [];
  for await (const row of rows) {
    if (all.length === MAX_ROWS)
      throw new Error(`more than ${MAX_ROWS} rows; import fewer at once`);
    all.push(row);
  }
  return all;
}

/** Reads the rows of NDJSON files, and reports the number of bytes. Splits at LF only, since JSON strings may contain other line separators. */
export async function* rowsOf(
  paths: string[],
  onBytes: (count: number) => void = () => {},
): AsyncGenerator<Row> {
  for (const path of paths) {
    let [rest, line] = ["", 0];
    const row = (text: string) => rowIn(text, `${path}:${++line}`);
    for await (const chunk of createReadStream(path, "utf8") as AsyncIterable<string>) {
      onBytes(Buffer.byteLength(chunk));
      const lines = (rest + chunk).split("\n");
      rest = lines.pop()!;
      if (rest.length > MAX_LINE)
        throw new Error(`${path}:${line + lines.length + 1}: too long for a row`);
      for (const text of lines) yield* row(text);
    }
    yield* row(rest);
  }
}

/** Parses the row of a line; none if it is blank. */
function rowIn(text: string, place: string): Row[] {
  if (text.trim() === "") return [];
  try {
    return [JSON.parse(text) as Row];
  } catch (error) {
    throw new Error(`${place}: not a JSON object: ${(error as Error).message}`);
  }
}

/** Returns a text field of a row; null if missing or empty. */
export function textIn(row: Row, field: string): string | null {
  const value = row[field];
  return typeof value === "string" && value !== "" ? value : null;
}

/** Returns a text field that every row must have. */
export function required(row: Row, field: string): string {
  const value = textIn(row, field);
  if (value === null) throw new Error(`row ${row.id} has no ${field}`);
  return value;
}
