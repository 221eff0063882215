/** Reads CSV as strictly as RFC 4180 is written: CRLF, quotes around the whole cell only, rows of one length. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  for (let at = 0; at < text.length;) {
    const [whole, quoted, plain, end] = cellAt(text, at);
    row.push(quoted === undefined ? plain! : quoted.replaceAll('""', '"'));
    at += whole.length;
    if (end !== "\r\n") continue;
    rows.push(row);
    row = [];
  }
  if (row.length > 0) throw new Error("the last line does not end");
  const lengths = new Set(rows.map(({ length }) => length));
  if (lengths.size > 1) throw new Error(`rows of ${[...lengths].join(" and ")} cells`);
  return rows;
}

function cellAt(text: string, at: number) {
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y;
  cell.lastIndex = at;
  const found = cell.exec(text);
  if (!found) throw new Error(`not CSV: ${text.slice(at, at + 80)}`);
  return found;
}

/** The rows of a file with a byte order mark. */
export function tableOf(file: string): string[][] {
  expect(file.startsWith("\ufeff")).toBe(true);
  return parseCsv(file.slice(1));
}
