import { partialDateOf } from "../../scalars/partial-date.js";
import type { RecordPath } from "../record.faults.js";
import { type ItemTable, type Row, wholeOf } from "./record.tables.js";

const NOUNS: Partial<Record<ItemTable, string>> = {
  source_document: "document",
  statement_topic: "topic",
  statement_relation: "relation",
};

const LISTS: Record<string, string> = {
  meeting_place: "places",
  agreement_party: "parties",
  speaker: "speakers",
  addressee: "addressees",
  topic_of_statement: "topics",
};

/** What an item of a table is called. */
export function nounOf(table: ItemTable): string {
  return NOUNS[table] ?? table;
}

/** The property of a record that a column holds, by its way from the item. */
export function propertyOf(table: ItemTable, column: string): RecordPath {
  const [list, index, own] = column.split("/");
  if (index === undefined) return [LISTS[column] ?? simpleProperty(table, column)];
  // Topics are stored without an order.
  if (list === "topic_of_statement") return ["topics"];
  if (list === "meeting_place") return ["places", Number(index)];
  return [LISTS[list!]!, Number(index), simpleProperty(table, own!)];
}

function simpleProperty(table: ItemTable, column: string): string {
  const [, date] = /^(date|start|end)_(?:from|to)$/.exec(column) ?? [];
  if (date === "date") return table === "source_document" ? "datePublished" : "date";
  if (date !== undefined) return `${date}Date`;
  return column
    .replace(/_(?:id|code|offset)$/, "")
    .replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());
}

/** A column's value as a record would give it; what it refers to by its key. */
export function valueOf(row: Row, column: string, labels: ReadonlyMap<string, string>): string {
  const [, date] = /^(date|start|end)_(?:from|to)$/.exec(column) ?? [];
  const value =
    date === undefined
      ? (row[column] ?? null)
      : partialDateOf(row[`${date}_from`] as string | null, row[`${date}_to`] as string | null);
  return typeof value === "string" && labels.has(value)
    ? labels.get(value)!
    : JSON.stringify(value);
}

/** What a reader knows an item by: its slug or key, or whose entry it is and what it says. */
export function labelOf(row: Row, labels: ReadonlyMap<string, string>): string {
  const text = (column: string) => {
    const value = row[column] as string | number | null | undefined;
    return value === null || value === undefined
      ? ""
      : (labels.get(String(value)) ?? String(value));
  };
  const words = (...parts: string[]) => parts.filter(Boolean).join(" ");
  const own = text("slug") || text("key");
  if (own) return own;
  if (row.other_id !== undefined)
    return words(text("statement_id"), text("kind"), text("other_id"));
  if (row.document_id === undefined) {
    const side = ["person_id", "organization_id", "country_code", "description"].map(text);
    return words(side.filter(Boolean).join("/"), "in", text("meeting_id"));
  }
  const passage = text("locator") || `${text("start_offset")}–${text("end_offset")}`;
  const whole = wholeOf("citation", row);
  return words(text("document_id"), passage, "of", labels.get(String(whole)) ?? "an entry");
}
