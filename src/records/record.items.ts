import {
  CITATION,
  DOCUMENT,
  ITEMS,
  LISTS,
  type RecordNoun,
  type SourceRecord,
} from "./record.format.js";
import type { ItemFormat } from "./record.item.js";
import type { Row } from "./record.row.js";

const byNoun = new Map(ITEMS.map((format) => [format.noun, format]));

/** The format of what is called so. */
export function formatOf(noun: string): ItemFormat {
  return byNoun.get(noun)!;
}

/** What is listed in other items: an entry before those that are listed in it. */
export const ENTRIES = ITEMS.filter(({ options }) => options.entry);

/** What the lists of a record hold: what is referred to before what refers to it. */
export const TOP_LEVEL_ITEMS = ITEMS.filter(
  (format) => format !== DOCUMENT && !format.options.entry,
);

/** The lists of a record in the order of the format. */
export const RECORD_LISTS: readonly [property: keyof typeof LISTS, format: ItemFormat][] =
  Object.entries(LISTS) as [keyof typeof LISTS, ItemFormat][];

type SluggedList = {
  [List in keyof typeof LISTS]: SourceRecord[List][number] extends { slug: string } ? List : never;
}[keyof typeof LISTS];

/** The lists whose items have slugs, and what each of these is called. */
export const SLUG_LISTS = RECORD_LISTS.flatMap(([list, { key, noun }]) =>
  key === "slug" ? [[list as SluggedList, noun as RecordNoun] as const] : [],
);

/** The list of a record that such items are in. */
export function listOf(format: ItemFormat): keyof typeof LISTS {
  return RECORD_LISTS.find(([, other]) => other === format)![0];
}

/** The facts that are told only with a passage that proves them. */
export const CITED_ITEMS = ITEMS.filter(({ entries }) =>
  entries.some(([, { entry, isRequired }]) => entry === CITATION && isRequired),
);

/** A column that refers to an item. */
export interface ColumnReference {
  column: string;
  to: ItemFormat;
  firmness: "added" | "item" | "firm";
}

/** The columns of such properties that refer to other items. */
export function referencesIn(fields: ItemFormat["fields"]): ColumnReference[] {
  return fields.flatMap(([, { columns, reference }]) => {
    if (!reference) return [];
    const to = byNoun.get(reference.noun);
    if (!to) throw new Error(`a reference to ${reference.noun}, which no record holds`);
    return [{ column: columns[0]!, to, firmness: reference.firmness }];
  });
}

const referred = new Set(
  ITEMS.flatMap(({ fields, parts }) =>
    [...referencesIn(fields), ...parts.flatMap(([, part]) => referencesIn(part.fields))].map(
      ({ to }) => to,
    ),
  ),
);

/** What one record can name that another defines, or that may have had other names. */
export const KEYED_ITEMS = ITEMS.filter((format) => format.key === "slug" || referred.has(format));

/** The columns that say in which item an entry is listed, with the formats of these. */
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

/** The columns that say in which item an entry is listed, with the formats of these; none of what is no entry. */
export function containersOf(format: ItemFormat): readonly { column: string; of: ItemFormat }[] {
  return containers.get(format) ?? [];
}

/** The id of the item in which an entry is listed; null for what is no entry. */
export function containerOf(format: ItemFormat, row: Row): string | null {
  for (const { column } of containersOf(format)) {
    const id = row[column];
    if (id !== null && id !== undefined) return id as string;
  }
  return null;
}
