/** Columns by name. Parts of an item are flattened: `speaker/0/country_code` is the country of its first speaker. */
export type Row = Record<string, unknown>;

/** An item of a record, or a part of one, as JSON. */
export type Json = Record<string, unknown>;

/** Returns the column of a property: `sort_name` for `sortName`. */
export function columnOf(property: string): string {
  return property.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** Adds a row of a part table to an item, as flattened columns. */
export function addPart(item: Row, table: string, index: number, row: Row): void {
  for (const column of Object.keys(row)) item[`${table}/${index}/${column}`] = row[column];
}

/** Returns the rows of a part table from an item's flattened columns. Rows with only nulls are left out. */
export function partRows(table: string, item: Row): Row[] {
  const rows: Row[] = [];
  for (const name of Object.keys(item)) {
    if (!name.startsWith(table) || name[table.length] !== "/" || item[name] === null) continue;
    const end = name.indexOf("/", table.length + 1);
    (rows[Number(name.slice(table.length + 1, end))] ??= {})[name.slice(end + 1)] = item[name];
  }
  return rows.filter(Boolean);
}

/** Returns the item's own columns that are not null, without those of its parts. */
export function ownColumns(item: Row): Row {
  const own: Row = {};
  for (const name of Object.keys(item)) {
    const value = item[name];
    if (value !== null && value !== undefined && !name.includes("/")) own[name] = value;
  }
  return own;
}
