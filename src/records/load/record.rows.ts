import type { WriteContext } from "../record.fields.js";
import { DOCUMENT, type SourceRecord } from "../record.format.js";
import { idOf } from "../record.ids.js";
import type { ItemFormat } from "../record.item.js";
import { keysOf, writeRow } from "../record.item-properties.js";
import { fieldNamed, formatOf, fullKeyOf, listOf, TOP_LEVEL_ITEMS } from "../record.items.js";
import type { RecordPath } from "../record.path.js";
import type { Json, Row } from "../record.row.js";
import { documentKeyOf } from "../record.walk.js";
import type { KnownIds } from "./record.known.js";

/** One item of a record, as a row. */
export interface RecordRow {
  format: ItemFormat;
  id: string;
  row: Row;
  /** Its path in the record. */
  path: RecordPath;
}

/** Collects the rows of a checked record. */
export function rowsOfRecord(record: SourceRecord, known: KnownIds): RecordRow[] {
  const collector = new RowCollector(record, known);
  if (typeof record.document !== "string") collector.add(DOCUMENT, record.document, ["document"]);
  for (const format of TOP_LEVEL_ITEMS) {
    const list = listOf(format);
    for (const [i, given] of record[list].entries()) collector.add(format, given, [list, i]);
  }
  return collector.rows;
}

class RowCollector {
  readonly rows: RecordRow[] = [];
  private readonly owner: string;
  private readonly ids: WriteContext;

  constructor(record: SourceRecord, known: KnownIds) {
    const documentKey = documentKeyOf(record);
    this.ids = {
      documentKey,
      id: (noun, key) => known.get(noun, key) ?? null,
      fullKey: (noun, key) => fullKeyOf(noun, key, documentKey),
      firstKey: (noun, key) => known.firstKeys(noun, key)[0] ?? key,
      sha256Of: (document) => known.document(document)?.sha256 ?? null,
      columnsOf: (noun, property, value) => {
        const columns: Row = {};
        const format = formatOf(noun);
        const item = { [property]: value };
        fieldNamed(format, property).write(columns, value, item, this.ids);
        // A settled value is as certain as can be, unless a document gives it and says otherwise.
        for (const [, field] of format.fields)
          if (field.facts?.includes(property)) field.write(columns, undefined, item, this.ids);
        return columns;
      },
    };
    this.owner = this.ids.id(DOCUMENT.noun, documentKey)!;
  }

  /** Adds an item and its entries. */
  add(format: ItemFormat, given: Json, path: RecordPath): void {
    const keys = keysOf(format, given, this.ids.documentKey);
    const id = idOf(format.noun, keys[0]!);
    this.put(format, given, path, format.options.keyOf ? { id, key: keys[0] } : { id });
    if (format.entries.length === 0) return;
    this.addEntries(format, given, path, { id, key: this.ids.firstKey(format.noun, keys.at(-1)!) });
  }

  private addEntries(
    format: ItemFormat,
    given: Json,
    path: RecordPath,
    container: { id: string; key: string },
  ): void {
    for (const [property, { entry, container: column }] of format.entries) {
      for (const [position, one] of (given[property] as Json[]).entries()) {
        const id = idOf(entry.noun, entry.options.entry!.key(one, container, this.ids));
        const row: Row = { id, [column]: container.id };
        if (entry.hasPosition) row.position = position;
        const place = [...path, property, position];
        this.put(entry, one, place, row);
        this.addEntries(entry, one, place, { id, key: "" });
      }
    }
  }

  private put(format: ItemFormat, given: Json, path: RecordPath, row: Row): void {
    writeRow(row, format, given, this.ids);
    // A document owns itself.
    if (format.owner !== "id") row[format.owner] = this.owner;
    this.rows.push({ format, id: row.id as string, row, path });
  }
}
