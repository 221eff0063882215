import { fieldOf } from "../record.columns.js";
import type { ReadContext } from "../record.fields.js";
import type { ItemFormat } from "../record.item.js";
import { containerOf } from "../record.items.js";
import type { RecordPath } from "../record.path.js";
import type { Row } from "../record.row.js";

/** Labels of items (slug or key) by id. */
export type Labels = ReadonlyMap<string, string>;

/** Returns the path, from the item, of the record property that a column stores. */
export function propertyOf(format: ItemFormat, column: string): RecordPath {
  return fieldOf(format, column).path;
}

const NO_KEYS: ReadContext = {
  keyOf: () => undefined,
  sha256Of: () => null,
  label: String,
  valueIn: () => undefined,
};

/** Formats a column's value as a record would give it; a reference by its key. */
export function valueOf(format: ItemFormat, row: Row, column: string, labels: Labels): string {
  const { field } = fieldOf(format, column);
  const value = (field?.isWhole ? field.read(row, NO_KEYS, {}) : row[column]) ?? null;
  return typeof value === "string" && labels.has(value)
    ? labels.get(value)!
    : JSON.stringify(value);
}

/** Returns the label of an item: its slug or key or, for an entry, its content and the item that contains it. */
export function labelOf(format: ItemFormat, row: Row, labels: Labels): string {
  if (format.key) return row[format.key] as string;
  const text = (column: string) => {
    const value = row[column] as string | number | null | undefined;
    return value === null || value === undefined
      ? ""
      : (labels.get(String(value)) ?? String(value));
  };
  return format.options.entry!.label(text, labels.get(containerOf(format, row)!) ?? "an entry");
}

/** Collects ids in rows that messages show by label. */
export function idsToLabel(rows: (Row | null)[]): string[] {
  const values = rows.flatMap((row) =>
    Object.entries(row ?? {}).flatMap(([column, value]) =>
      /(?:^id|_id)$/.test(column) && typeof value === "string" ? [value] : [],
    ),
  );
  return [...new Set(values)];
}
