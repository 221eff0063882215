import type { Json } from "./record.export.items.js";
import type { ExportedPart } from "./record.export.parts.js";
import type { ListedTable } from "./record.export.store.js";

const FORMAT = "communique-record/1";

/** The lists of a record in the order of the format, and the tables that their items are in. */
export const LISTS: [table: ListedTable, property: string][] = [
  ["person", "people"],
  ["place", "places"],
  ["organization", "organizations"],
  ["statement_topic", "topics"],
  ["tenure", "tenures"],
  ["meeting", "meetings"],
  ["agreement", "agreements"],
  ["statement", "statements"],
];

/** A part as a record in a line. */
export function lineOf({ document, items }: ExportedPart): string {
  const lists = LISTS.flatMap(([table, property]) => {
    const list = items.get(table);
    return list ? [[property, list] as const] : [];
  });
  return `${JSON.stringify({ format: FORMAT, document, ...Object.fromEntries(lists) })}\n`;
}

/** The parts of one record, whose lists come in the order of the format, as it is for people to read. */
export async function* wholeRecord(parts: AsyncIterable<ExportedPart>): AsyncGenerator<string> {
  let open: ListedTable | null = null;
  for await (const { document, items } of parts) {
    if (typeof document !== "string")
      yield `{\n  "format": "${FORMAT}",\n  "document": ${indented(document, "  ")}`;
    for (const [table, property] of LISTS) {
      for (const item of items.get(table) ?? []) {
        if (table === open) yield ",\n    ";
        else yield `${open ? "\n  ]" : ""},\n  "${property}": [\n    `;
        open = table;
        yield indented(item, "    ");
      }
    }
  }
  yield `${open ? "\n  ]" : ""}\n}\n`;
}

function indented(value: Json, by: string): string {
  return JSON.stringify(value, null, 2).replaceAll("\n", `\n${by}`);
}
