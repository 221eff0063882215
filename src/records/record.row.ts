/** Columns by name. Parts of an item are columns too: `speaker/0/country_code` is that of its first speaker. */
export type Row = Record<string, unknown>;

/** An item of a record, or a part of one, by its properties. */
export type Json = Record<string, unknown>;

/** The column that holds a property of an entity: `sort_name` for `sortName`. */
export function columnOf(property: string): string {
  return property.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** Writes the columns of one row of a list as columns of the item that it is a part of. */
export function addPart(item: Row, table: string, index: number, row: Row): void {
  for (const column of Object.keys(row)) item[`${table}/${index}/${column}`] = row[column];
}

/** The rows of a list inside an item. A row of which nothing is left is none. */
export function partRows(table: string, item: Row): Row[] {
  const rows: Row[] = [];
  for (const name of Object.keys(item)) {
    if (!name.startsWith(table) || name[table.length] !== "/" || item[name] === null) continue;
    const end = name.indexOf("/", table.length + 1);
    (rows[Number(name.slice(table.length + 1, end))] ??= {})[name.slice(end + 1)] = item[name];
  }
  return rows.filter(Boolean);
}

/** The item's own columns, without those of its parts and those that hold nothing. */
export function ownColumns(item: Row): Row {
  const own: Row = {};
  for (const name of Object.keys(item)) {
    const value = item[name];
    if (value !== null && value !== undefined && !name.includes("/")) own[name] = value;
  }
  return own;
}
