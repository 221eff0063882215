import type { ItemFormat } from "../record.item.js";
import { RECORD_LISTS } from "../record.items.js";
import type { Json } from "../record.row.js";
import type { ExportedPart } from "./record.export.parts.js";

const FORMAT = "communique-record/1";

/** Formats a part as one line of JSON. */
export function lineOf({ document, items }: ExportedPart): string {
  const lists = RECORD_LISTS.flatMap(([property, format]) => {
    const list = items.get(format);
    return list ? [[property, list] as const] : [];
  });
  return `${JSON.stringify({ format: FORMAT, document, ...Object.fromEntries(lists) })}\n`;
}

/** Formats the parts of one record as indented JSON. The lists must come in the order of the format. */
export async function* wholeRecord(parts: AsyncIterable<ExportedPart>): AsyncGenerator<string> {
  let open: ItemFormat | null = null;
  for await (const { document, items } of parts) {
    if (typeof document !== "string")
      yield `{\n  "format": "${FORMAT}",\n  "document": ${indented(document, "  ")}`;
    for (const [property, format] of RECORD_LISTS) {
      for (const item of items.get(format) ?? []) {
        if (format === open) yield ",\n    ";
        else yield `${open ? "\n  ]" : ""},\n  "${property}": [\n    `;
        open = format;
        yield indented(item, "    ");
      }
    }
  }
  yield `${open ? "\n  ]" : ""}\n}\n`;
}

function indented(value: Json, by: string): string {
  return JSON.stringify(value, null, 2).replaceAll("\n", `\n${by}`);
}
