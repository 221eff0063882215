import type { Sql } from "../../db/sql.js";
import { counted } from "../record.counted.js";
import { ITEMS } from "../record.format.js";
import type { ItemFormat } from "../record.item.js";
import { labelOf } from "../load/record.labels.js";
import { type ClaimedItem, readClaimed, readSharedItems } from "./record.claims.store.js";

/** A field for which documents give different values, or one that is not shown. */
interface Conflict {
  /** The noun of the item in the record format. */
  noun: string;
  /** Its slug or key; of a participation, relation or citation, what it is and of which item. */
  item: string;
  /** The property of the record format. */
  field: string;
  /** The shown value first. */
  values: { value: string; isShown: boolean; documents: string[] }[];
}

const ITEMS_PER_READ = 500;

/** Prints every field for which documents give different values; `text` is for people, `json` one object per line. */
export async function printConflicts(
  sql: Sql,
  format: "text" | "json",
  print: (line: string) => void,
  summarize: (line: string) => void,
): Promise<void> {
  let count = 0;
  for await (const conflict of conflictsOnRecord(sql)) {
    count++;
    print(format === "json" ? JSON.stringify(conflict) : describeConflict(conflict));
  }
  if (format === "json") return;
  const fields = counted(count, "field");
  summarize(count === 0 ? "No values differ." : `${fields} with different values.`);
}

/** Yields all fields for which documents give different values, by kind of item. Names never differ: all of them are kept. */
async function* conflictsOnRecord(sql: Sql): AsyncGenerator<Conflict> {
  for (const format of ITEMS) {
    let ids = await readSharedItems(sql, format, null, ITEMS_PER_READ);
    while (ids.length > 0) {
      const { items, documents, keys } = await readClaimed(sql, format, ids);
      const keyOf = (id: string) => documents.get(id)!.key as string;
      for (const item of items) yield* conflictsOf(format, item, keys, keyOf);
      ids = await readSharedItems(sql, format, ids.at(-1)!, ITEMS_PER_READ);
    }
  }
}

function* conflictsOf(
  format: ItemFormat,
  { row, values }: ClaimedItem,
  keys: ReadonlyMap<string, string>,
  keyOf: (documentId: string) => string,
): Generator<Conflict> {
  for (const [field] of format.fields) {
    const given = values.filter((one) => one.field === field);
    // Even a single value may not be shown: a parent that would close a cycle.
    if (given.every(({ isShown }) => isShown) || addsUp(format, field)) continue;
    yield {
      noun: format.noun,
      item: labelOf(format, row, keys),
      field,
      values: given.map(({ value, isShown, documentIds }) => ({
        value,
        isShown,
        documents: documentIds.map(keyOf),
      })),
    };
  }
}

/** Returns whether an item shows what all documents give for a property. */
function addsUp({ fields, unions, valueOf }: ItemFormat, property: string): boolean {
  const columns = fields.find(([name]) => name === property)![1].columns;
  return columns.some((column) =>
    unions.some(
      (union) =>
        union.column === column ||
        (union.shownAs !== undefined && valueOf(union.shownAs) === valueOf(column)),
    ),
  );
}

/** Describes a conflict for the terminal: the item and field, and a line for each value. */
function describeConflict({ noun, item, field, values }: Conflict): string {
  const lines = values.map(
    ({ value, isShown, documents }) =>
      `  ${isShown ? "shown" : "     "}  ${shorten(value)}  (${shorten(documents.join(", "))})`,
  );
  return [`${noun} ${item}: ${field}`, ...lines].join("\n");
}

const MAX_LENGTH = 200;

function shorten(text: string): string {
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text;
}
