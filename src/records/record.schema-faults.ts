import { z } from "zod";
import { fault, type Finding, type RecordPath } from "./record.faults.js";
import { recordSchema, type SourceRecord } from "./record.format.js";
import { didYouMean } from "./record.suggestion.js";

/** What the schema makes of a value: the record, or why it is none. */
export interface ParsedRecord {
  record: SourceRecord | null;
  findings: Finding[];
}

/** Checks a value against the record format, and says what was expected in plain words. */
export function parseRecord(value: unknown): ParsedRecord {
  const result = recordSchema.safeParse(value, { error: inPlainWords });
  return result.success
    ? { record: result.data, findings: [] }
    : { record: null, findings: result.error.issues.flatMap((issue) => findingsOf(issue, [])) };
}

function findingsOf(issue: z.core.$ZodIssue, base: RecordPath): Finding[] {
  const path = [
    ...base,
    ...issue.path.map((part) => (typeof part === "number" ? part : String(part))),
  ];
  if (issue.code === "unrecognized_keys") {
    const known = propertiesAt(path);
    return issue.keys.map((key) =>
      fault("schema", [...path, key], `unknown property "${key}"${didYouMean(key, known)}`),
    );
  }
  if (issue.code === "invalid_union") {
    // The alternative that was meant is the one whose type fits.
    const meant = issue.errors.find((issues) =>
      issues.every(({ code, path: at }) => code !== "invalid_type" || at.length > 0),
    );
    if (meant) return meant.flatMap((inner) => findingsOf(inner, path));
  }
  return [fault("schema", path, issue.message)];
}

const TYPES: Record<string, string> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
};

const UNITS: Record<string, string> = { string: " characters", array: " entries" };

/** Messages for what the format itself says nothing special about. */
function inPlainWords(issue: z.core.$ZodRawIssue): string | undefined {
  switch (issue.code) {
    case "invalid_type": {
      const expected = `expected ${TYPES[issue.expected] ?? issue.expected}`;
      return issue.input === undefined
        ? `missing; ${expected}`
        : `${expected}, found ${kindOf(issue.input)}`;
    }
    case "invalid_value":
      return oneOf(issue.values.map(String), issue.input);
    case "invalid_union":
      return "expected an object, or the key of one defined elsewhere";
    case "too_small":
      if (issue.origin === "string") return "expected a text, found an empty one";
      if (issue.origin === "array") return "expected at least one, found an empty list";
      return `expected ${issue.minimum} or more`;
    case "too_big":
      return `expected at most ${issue.maximum}${UNITS[issue.origin] ?? ""}`;
    case "invalid_format":
      return issue.format === "url" ? "expected a web address (http or https)" : undefined;
    default:
      return undefined;
  }
}

function oneOf(values: string[], found: unknown): string {
  const expected = values.length === 1 ? `"${values[0]}"` : `one of ${values.join(", ")}`;
  if (found === undefined) return `missing; expected ${expected}`;
  if (typeof found !== "string") return `expected ${expected}, found ${kindOf(found)}`;
  return `expected ${expected}${didYouMean(found, values)}`;
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  return TYPES[typeof value] ?? typeof value;
}

type JsonSchema = z.core.JSONSchema.JSONSchema;
let jsonSchema: JsonSchema | undefined;

/** The properties that the format knows at a path. Read from the JSON Schema, which is plain data to walk. */
function propertiesAt(path: RecordPath): string[] {
  jsonSchema ??= z.toJSONSchema(recordSchema, { io: "input" });
  let schemas = alternatives(jsonSchema);
  for (const part of path) {
    schemas = schemas.flatMap(({ items, properties }) =>
      alternatives(typeof part === "number" ? items : properties?.[part]),
    );
  }
  return schemas.flatMap(({ properties }) => Object.keys(properties ?? {}));
}

function alternatives(schema: JsonSchema["items"]): JsonSchema[] {
  if (typeof schema !== "object" || Array.isArray(schema)) return [];
  return schema.anyOf ? schema.anyOf.flatMap(alternatives) : [schema];
}
