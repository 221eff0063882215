import { fullKey, type ReadContext, type WriteContext } from "./record.fields.js";
import { type EntriesField, isEntries, type ItemFormat } from "./record.item.js";
import { fullKeyOf } from "./record.items.js";
import { readFields } from "./record.parts.js";
import type { Json, Row } from "./record.row.js";

/** Writes an item of a record into the columns of a row, including its parts. */
export function writeRow(row: Row, { fields }: ItemFormat, given: Json, ids: WriteContext): void {
  for (const [property, field] of fields) field.write(row, given[property], given, ids);
}

/** Returns an item for a record from columns, with its properties in the order of the format. */
export function propertiesOf(
  { fields }: ItemFormat,
  said: Row,
  keys: ReadContext,
  listed: (field: EntriesField) => Json[],
): Json {
  const all = fields.map(
    ([property, field]) =>
      [property, isEntries(field) ? { ...field, read: () => listed(field) } : field] as const,
  );
  return readFields(all, said, keys);
}

/** Returns the keys of an item, oldest first. The id is derived from the first. */
export function keysOf(format: ItemFormat, given: Json, documentKey: string): string[] {
  const { keyOf } = format.options;
  if (keyOf) return [keyOf(given, documentKey, (noun, key) => fullKeyOf(noun, key, documentKey))];
  const own = given[format.key!] as string;
  if (format.hasLabel) return [fullKey(documentKey, own)];
  const former = given.formerSlugs as string[] | undefined;
  return former ? [...former, own] : [own];
}
