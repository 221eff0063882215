import { z } from "zod";
import { recordSchema } from "./record.format.js";
import { allowTodo, TODO, TODO_SCHEMA } from "./record.todo.js";

export type JsonSchema = z.core.JSONSchema.JSONSchema;

const WIDTH = 100;

/** What `communique anchor` replaces by offsets before a record is loaded, and `communique quotes` puts back beside them. */
const QUOTE: JsonSchema = {
  description:
    "Words of the text in place of `start` and `end`, or beside them to review: `communique anchor` makes offsets of them.",
  type: "string",
  minLength: 1,
};

/** Returns the JSON Schema (draft 2020-12) of records as written. */
export function recordJsonSchema(): JsonSchema {
  const { $schema, $defs, ...rest } = z.toJSONSchema(recordSchema, {
    io: "input",
    override: ({ jsonSchema, path }) => {
      // A record as a whole carries none: its document does.
      if (path.length > 0) allowTodo(jsonSchema);
    },
  });
  const citation = $defs!.citation as JsonSchema;
  citation.properties = { ...citation.properties, quote: QUOTE };
  return {
    $schema,
    title: "communique-record/1",
    ...rest,
    $defs: { ...$defs, [TODO]: { ...TODO_SCHEMA } },
  };
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
