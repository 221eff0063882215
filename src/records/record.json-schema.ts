import { z } from "zod";
import { recordSchema } from "./record.format.js";

export type JsonSchema = z.core.JSONSchema.JSONSchema;

const WIDTH = 100;

/** Returns the JSON Schema (draft 2020-12) of records as written. */
export function recordJsonSchema(): JsonSchema {
  const { $schema, ...rest } = z.toJSONSchema(recordSchema, { io: "input" });
  return { $schema, title: "communique-record/1", ...rest };
}

/** Prints that JSON Schema in prettier's format. */
export function printRecordSchema(): string {
  return `${shortListsOnOneLine(JSON.stringify(recordJsonSchema(), null, 2))}\n`;
}

function shortListsOnOneLine(json: string): string {
  return json.replace(
    /^( *"[^"\n]*": )?\[\n((?: +"[^"\n]*",?\n)+) *\](,?)$/gm,
    (long, before: string | undefined, entries: string, after: string) => {
      const list = entries.trim().split(/\n */).join(" ");
      const short = `${before ?? ""}[${list}]${after}`;
      return short.length <= WIDTH ? short : long;
    },
  );
}
