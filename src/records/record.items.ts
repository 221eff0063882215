import { DOCUMENT, ITEMS, LISTS, type RecordNoun, type SourceRecord } from "./record.format.js";
import { type Field, fullKey } from "./record.fields.js";
import type { ItemFormat } from "./record.item.js";
import type { Row } from "./record.row.js";

const byNoun = new Map(ITEMS.map((format) => [format.noun, format]));

/** Returns the format of a noun. */
export function formatOf(noun: string): ItemFormat {
  return byNoun.get(noun)!;
}

/** Returns the key of an item as it is stored: prefixed with the document's key if it is a label. */
export function fullKeyOf(noun: string, key: string, documentKey: string): string {
  return formatOf(noun).hasLabel ? fullKey(documentKey, key) : key;
}

/** Returns the field of a property. */
export function fieldNamed({ fields }: ItemFormat, property: string): Field {
  return fields.find(([name]) => name === property)![1];
}

/** The formats of entries; each before its nested entries. */
export const ENTRIES = ITEMS.filter(({ options }) => options.entry);

/** The formats of a record's lists, in dependency order. */
export const TOP_LEVEL_ITEMS = ITEMS.filter(
  (format) => format !== DOCUMENT && !format.options.entry,
);

/** The lists of a record in the order of the format. */
export const RECORD_LISTS: readonly [property: keyof typeof LISTS, format: ItemFormat][] =
  Object.entries(LISTS) as [keyof typeof LISTS, ItemFormat][];

type SluggedList = {
  [List in keyof typeof LISTS]: SourceRecord[List][number] extends { slug: string } ? List : never;
}[keyof typeof LISTS];

/** The lists whose items have slugs, with their nouns. */
export const SLUG_LISTS = RECORD_LISTS.flatMap(([list, { key, noun }]) =>
  key === "slug" ? [[list as SluggedList, noun as RecordNoun] as const] : [],
);

/** Returns the first slug of each item of such a list. */
export function firstSlugsIn(record: SourceRecord, list: SluggedList): string[] {
  return record[list].map(
    (item: { slug: string; formerSlugs?: string[] }) => item.formerSlugs?.[0] ?? item.slug,
  );
}

/** Returns the items of such a list by slug, also a former one. */
export function bySlug<T extends { slug: string; formerSlugs: string[] }>(
  items: readonly T[],
): Map<string, T> {
  return new Map(
    items.flatMap((item) => [item.slug, ...item.formerSlugs].map((slug) => [slug, item] as const)),
  );
}

/** Returns the record list of a format. */
export function listOf(format: ItemFormat): keyof typeof LISTS {
  return RECORD_LISTS.find(([, other]) => other === format)![0];
}

/** A column that refers to an item. */
export interface ColumnReference {
  column: string;
  to: ItemFormat;
  firmness: "added" | "item" | "firm";
}

/** Returns the columns of these properties that refer to items. */
export function referencesIn(fields: ItemFormat["fields"]): ColumnReference[] {
  return fields.flatMap(([, { columns, reference }]) => {
    if (!reference) return [];
    const to = byNoun.get(reference.noun);
    if (!to) throw new Error(`a reference to ${reference.noun}, which no record holds`);
    return [{ column: columns[0]!, to, firmness: reference.firmness }];
  });
}

/** The formats that other records can refer to by key. */
export const KEYED_ITEMS = ITEMS.filter(({ key, options }) => key && !options.keyOf);

/** The columns with the id of an entry's containing item, with the formats of these items. */
const containers = new Map<ItemFormat, { column: string; of: ItemFormat }[]>(
  ENTRIES.map((format) => [
    format,
    ITEMS.flatMap((of) =>
      of.entries.flatMap(([, { entry, container }]) =>
        entry === format ? [{ column: container, of }] : [],
      ),
    ),
  ]),
);

/** Returns the columns with the id of the containing item, with the formats of these items; empty unless it is an entry. */
export function containersOf(format: ItemFormat): readonly { column: string; of: ItemFormat }[] {
  return containers.get(format) ?? [];
}

/** Entries by which an item relates to others of its noun, such as statements to statements. */
export interface Relations {
  /** The format of the items on both sides. */
  format: ItemFormat;
  entry: ItemFormat;
  /** The column with the id of the item that relates. */
  container: string;
  /** The column with the id of the item that it relates to. */
  other: string;
}

/** Returns the entries by which items of a format relate to one another; undefined if they have none. */
export function relationsOf(format: ItemFormat): Relations | undefined {
  for (const [, { entry, container }] of format.entries) {
    const other = referencesIn(entry.fields).find(({ to }) => to === format);
    if (other) return { format, entry, container, other: other.column };
  }
  return undefined;
}

/** Returns the id of the item that contains an entry; null if the row is not an entry. */
export function containerOf(format: ItemFormat, row: Row): string | null {
  for (const { column } of containersOf(format)) {
    const id = row[column];
    if (id !== null && id !== undefined) return id as string;
  }
  return null;
}

const references = new Map<ItemFormat, ReadonlySet<string>>(
  ITEMS.map((format) => [
    format,
    new Set([
      ...referencesIn(format.fields).map(({ column }) => column),
      ...format.parts.flatMap(([, { table, fields }]) =>
        referencesIn(fields).map(({ column }) => `${table}//${column}`),
      ),
    ]),
  ]),
);

/** Returns whether a column refers to an item; for a part, its flattened column. */
export function isReference(format: ItemFormat, column: string): boolean {
  return references.get(format)!.has(column.replace(/\/\d+\//, "//"));
}
