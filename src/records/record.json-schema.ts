import { z } from "zod";
import { recordSchema } from "./record.format.js";

export type JsonSchema = z.core.JSONSchema.JSONSchema;

const WIDTH = 100;

/** The record format as JSON Schema (draft 2020-12), of records as they may be written. */
export function recordJsonSchema(): JsonSchema {
  const { $schema, ...rest } = z.toJSONSchema(recordSchema, { io: "input" });
  return { $schema, title: "communique-record/1", ...rest };
}

/** The same as it is published: laid out as prettier does, so that it needs no formatting after. */
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
