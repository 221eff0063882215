import type { Field } from "./record.fields.js";
import type { ItemFormat } from "./record.item.js";
import { KEY } from "./record.parts.js";
import type { RecordPath } from "./record.path.js";

/** The property of a record that a column stores. */
interface PlacedField {
  /** Its path from the item. */
  path: RecordPath;
  /** Null for a column that is not part of the format, and for a whole list. */
  field: Field | null;
}

const known = new WeakMap<ItemFormat, Map<string, PlacedField>>();

/** Returns the property that a column stores. For a column that is not part of the format, the path has its name in the entity. */
export function fieldOf(format: ItemFormat, column: string): PlacedField {
  const fields = known.get(format) ?? new Map<string, PlacedField>();
  known.set(format, fields);
  const found = fields.get(column) ?? findField(format, column);
  fields.set(column, found);
  return found;
}

function findField(format: ItemFormat, column: string): PlacedField {
  const [name, index, own] = column.split("/") as [string, string?, string?];
  const part = format.parts.find(([, { table }]) => table === name);
  if (!part) return fieldIn(format.fields, column, []);
  const [list, { fields, isOrdered }] = part;
  if (index === undefined) return { path: [list], field: null };
  return fieldIn(fields, own!, isOrdered ? [list, Number(index)] : [list]);
}

function fieldIn(fields: ItemFormat["fields"], column: string, path: RecordPath): PlacedField {
  const found = fields.find(([, { columns }]) => columns.includes(column));
  // A list of keys has no properties.
  if (found) return { path: [...path, found[0]].filter((part) => part !== KEY), field: found[1] };
  const property = column
    .replace(/_id$/, "")
    .replace(/_[a-z]/g, ([, first]) => first!.toUpperCase());
  return { path: [...path, property], field: null };
}
