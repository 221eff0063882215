import type { Sql } from "../../db/sql.js";
import { DOCUMENT, SETTLEMENT } from "../record.format.js";
import { fieldOf } from "../record.columns.js";
import type { ItemFormat } from "../record.item.js";
import { formatOf } from "../record.items.js";
import type { Row } from "../record.row.js";
import { type ItemName, readNames } from "./record.export.store.js";
import { UnitOfWork } from "../load/record.unit-of-work.js";

/** A task: write one item, or the document itself, in the record of a document. */
export interface ExportTask {
  document: string;
  format: ItemFormat;
  id: string;
  /** Its position among all tasks. */
  number: number;
  /** If it was written before: how many of its parts were omitted then. */
  omitted?: number;
}

/** The data that tasks need: items with their entries, and the names of what these refer to. */
export interface ExportData {
  unit: UnitOfWork;
  names: ReadonlyMap<string, ItemName>;
}

/** Reads the data of these tasks; the number of queries does not depend on the number of tasks. */
export async function readExportData(sql: Sql, tasks: ExportTask[]): Promise<ExportData> {
  const ids = new Map<ItemFormat, Set<string>>();
  for (const { format, id } of tasks) addId(ids, format, id);
  const documents = new Set(tasks.map(({ document }) => document));
  const unit = await UnitOfWork.load(sql, ids, documents);
  const referred = new Map<ItemFormat, Set<string>>();
  for (const { document } of tasks) addId(referred, DOCUMENT, document);
  for (const { format, now } of unit.all()) {
    for (const row of [now!.row, ...[...now!.claims.values()].map(({ given }) => given)]) {
      for (const [noun, id] of referencesIn(format, row)) addId(referred, formatOf(noun), id);
    }
  }
  return { unit, names: await readNames(sql, referred) };
}

/** Yields the items that columns refer to, by noun and id. */
function* referencesIn(format: ItemFormat, row: Row): Generator<[noun: string, id: string]> {
  for (const [column, value] of Object.entries(row)) {
    const { field } = fieldOf(format, column);
    const noun = field?.reference?.noun ?? field?.nounOf?.(row);
    if (noun && typeof value === "string") yield [noun, value];
  }
  if (format === SETTLEMENT) yield* referencesIn(formatOf(String(row.kind)), row.given as Row);
}

function addId(ids: Map<ItemFormat, Set<string>>, format: ItemFormat, id: string): void {
  const known = ids.get(format);
  if (known) known.add(id);
  else ids.set(format, new Set([id]));
}
