import type { Sql } from "../../db/sql.js";
import { idsToLabel } from "../load/record.labels.js";
import { readEntries, readShownItems } from "../load/record.store.js";
import type { ItemFormat } from "../record.item.js";
import { propertiesOf } from "../record.item-properties.js";
import { containerOf, ENTRIES } from "../record.items.js";
import type { Json, Row } from "../record.row.js";
import { byProperties } from "../export/record.export.lists.js";
import { permanentKeyOf, readPermanentKeys } from "./record.permanent-keys.js";

/** What an item shows, as the feed of changes gives it. */
export interface ShownItem {
  /** Its permanent key. */
  key: string;
  /** By property of the record format: its stored values and lists, with references by permanent key. What is not set is left out. */
  fields: Json;
}

/** Properties left out of the fields: the feed gives an item's key beside them. */
const IDENTITY = new Set(["key"]);

/** Reads what items show: stored values, what statements take from their meetings included. Items not on record are left out. */
export async function readShownFields(
  sql: Sql,
  format: ItemFormat,
  ids: readonly string[],
): Promise<Map<string, ShownItem>> {
  const items = await readShownItems(sql, format, ids);
  const entries = await readAllEntries(sql, format, items);
  const rows = [...items, ...[...entries.values()].flat().map(({ row }) => row)];
  const keys = await readPermanentKeys(sql, idsToLabel(rows));
  const reader = new FieldReader(entries, keys);
  return new Map(
    items.map((row) => [
      row.id as string,
      { key: permanentKeyOf(format, row), fields: reader.read(format, row) },
    ]),
  );
}

interface Entry {
  format: ItemFormat;
  row: Row;
}

/** Reads the entries of items, and those of these; by the id of the item or entry that contains them. */
async function readAllEntries(
  sql: Sql,
  format: ItemFormat,
  items: Row[],
): Promise<Map<string, Entry[]>> {
  const found = new Map([[format, idsOf(items)]]);
  const entries = new Map<string, Entry[]>();
  for (const entry of ENTRIES) {
    const rows = await readEntries(sql, entry, found);
    found.set(entry, idsOf(rows));
    for (const row of rows) {
      const container = containerOf(entry, row)!;
      entries.set(container, [...(entries.get(container) ?? []), { format: entry, row }]);
    }
  }
  return entries;
}

function idsOf(rows: Row[]): string[] {
  return rows.map(({ id }) => id as string);
}

/** Reads rows as the record format writes them. */
class FieldReader {
  private readonly context = {
    keyOf: (_: string, id: unknown) => this.keys.get(String(id)),
    // The text that offsets are of is given even if it is the document's own, which may change.
    sha256Of: () => null,
    label: String,
    valueIn: () => undefined,
  };

  constructor(
    private readonly entries: ReadonlyMap<string, Entry[]>,
    private readonly keys: ReadonlyMap<string, string>,
  ) {}

  read(format: ItemFormat, row: Row): Json {
    const properties = propertiesOf(format, row, this.context, ({ entry }) =>
      this.readEntries(row.id as string, entry),
    );
    return Object.fromEntries(
      Object.entries(properties).filter(([name]) => format.options.entry || !IDENTITY.has(name)),
    );
  }

  private readEntries(containerId: string, format: ItemFormat): Json[] {
    const own = (this.entries.get(containerId) ?? []).filter((one) => one.format === format);
    // What is equal by position or properties comes in the order of ids, whatever order the database has.
    own.sort((one, other) => (String(one.row.id) < String(other.row.id) ? -1 : 1));
    if (format.hasPosition)
      own.sort((one, other) => Number(one.row.position ?? 0) - Number(other.row.position ?? 0));
    const read = own.map(({ row }) => this.read(format, row));
    return format.hasPosition ? read : read.sort(byProperties(format.options.entry!.sortedBy!));
  }
}
