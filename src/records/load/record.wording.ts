import { partialDateOf } from "../../scalars/partial-date.js";
import { fieldOf } from "../record.columns.js";
import type { ItemFormat } from "../record.item.js";
import { wholeOf } from "../record.items.js";
import type { RecordPath } from "../record.path.js";
import type { Row } from "../record.row.js";

/** What items are called by: their slugs or keys, by their ids. */
export type Labels = ReadonlyMap<string, string>;

/** The property of a record that a column holds, by its way from the item. */
export function propertyOf(format: ItemFormat, column: string): RecordPath {
  return fieldOf(format, column).path;
}

/** A column's value as a record would give it; what it refers to by its key. */
export function valueOf(format: ItemFormat, row: Row, column: string, labels: Labels): string {
  const { field } = fieldOf(format, column);
  const [from, to] = (field?.isDate ? field.columns : []).map((one) => row[one] as string | null);
  const value = field?.isDate ? partialDateOf(from ?? null, to ?? null) : (row[column] ?? null);
  return typeof value === "string" && labels.has(value)
    ? labels.get(value)!
    : JSON.stringify(value);
}

/** What a reader knows an item by: its slug or key, or whose entry it is and what it says. */
export function labelOf(format: ItemFormat, row: Row, labels: Labels): string {
  if (format.key) return row[format.key] as string;
  const text = (column: string) => {
    const value = row[column] as string | number | null | undefined;
    return value === null || value === undefined
      ? ""
      : (labels.get(String(value)) ?? String(value));
  };
  return format.options.entry!.label(text, labels.get(wholeOf(format, row)!) ?? "an entry");
}

/** Ids in rows that a reader would rather have by their keys. */
export function idsToLabel(rows: (Row | null)[]): string[] {
  const values = rows.flatMap((row) =>
    Object.entries(row ?? {}).flatMap(([column, value]) =>
      /(?:^id|_id)$/.test(column) && typeof value === "string" ? [value] : [],
    ),
  );
  return [...new Set(values)];
}
