import type { z } from "zod";
import { fault, type Finding, type RecordPath, suggesting } from "../record.faults.js";
import { recordSchema, type SourceRecord } from "../record.format.js";
import { type JsonSchema, recordJsonSchema } from "../record.json-schema.js";
import { withoutTodos } from "../record.todo.js";
import { nearestTo } from "./record.suggestion.js";

/** A parsed record, or the schema's findings. */
export interface ParsedRecord {
  record: SourceRecord | null;
  findings: Finding[];
  /** The value without its todos. */
  value: unknown;
  /** The findings of the schema, including those of properties missing beside a todo. */
  refused: Finding[];
}

/**
 * Parses a value with the record schema; findings say in plain words what was expected. Each todo is a finding; a property missing beside
 * one is not. A record that only has todos is returned with their findings.
 */
export function parseRecord(given: unknown): ParsedRecord {
  const { value, findings, mayLack } = withoutTodos(given);
  const result = recordSchema.safeParse(value, { error: describeIssue, reportInput: true });
  if (result.success) return { record: result.data, findings, value, refused: [] };
  const refused = result.error.issues.flatMap((issue) => findingsOf(issue, []));
  const reported = refused.filter(({ isMissing, path }) => !(isMissing && mayLack(path)));
  return { record: null, findings: [...findings, ...reported], value, refused };
}

const NOT_ANCHORED =
  "a quote in place of offsets; `communique anchor FILE --text TEXT` turns it into them";

/** A finding of the schema. */
type SchemaFinding = Finding & { isMissing?: boolean };

function findingsOf(issue: z.core.$ZodIssue, base: RecordPath): SchemaFinding[] {
  const path = [
    ...base,
    ...issue.path.map((part) => (typeof part === "number" ? part : String(part))),
  ];
  if (issue.code === "unrecognized_keys") {
    const known = propertiesAt(path);
    return issue.keys.map((key) => {
      if (key === "quote" && path.at(-2) === "citations")
        return { ...fault("not-anchored", [...path, key], NOT_ANCHORED), atName: true };
      const unknown = fault("schema", [...path, key], `unknown property "${key}"`);
      return { ...suggesting(unknown, nearestTo(key, known)), atName: true };
    });
  }
  if (issue.code === "invalid_union") {
    // The alternative with the right type is the one that was meant.
    const meant = issue.errors.find((issues) =>
      issues.every(({ code, path: at }) => code !== "invalid_type" || at.length > 0),
    );
    if (meant) return meant.flatMap((inner) => findingsOf(inner, path));
  }
  const isMissing = issue.input === undefined && issue.code.startsWith("invalid_");
  return [{ ...suggesting(fault("schema", path, issue.message), meantBy(issue)), isMissing }];
}

/** Suggests the nearest value of an enum, or what the schema of a value takes it to mean. */
function meantBy(issue: z.core.$ZodIssue): string | null {
  if (typeof issue.input !== "string") return null;
  if (issue.code === "invalid_value") return nearestTo(issue.input, issue.values.map(String));
  const meant = issue.code === "custom" ? (issue.params?.meantBy as Meant | undefined) : undefined;
  return meant?.(issue.input) ?? null;
}

type Meant = (given: string) => string | null;

const TYPES: Record<string, string> = {
  string: "a text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
};

const UNITS: Record<string, string> = { string: " characters", array: " entries" };

/** Returns a message in plain words; undefined to keep zod's. */
function describeIssue(issue: z.core.$ZodRawIssue): string | undefined {
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
  return `expected ${expected}`;
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  return TYPES[typeof value] ?? typeof value;
}

let jsonSchema: JsonSchema | undefined;

/** Returns the properties of the format at a path, from the JSON Schema, which is easier to walk than zod's. */
function propertiesAt(path: RecordPath): string[] {
  jsonSchema ??= recordJsonSchema();
  const { $defs = {} } = jsonSchema;
  let schemas = alternatives(jsonSchema, $defs);
  for (const part of path) {
    schemas = schemas.flatMap(({ items, properties }) =>
      alternatives(typeof part === "number" ? items : properties?.[part], $defs),
    );
  }
  return schemas.flatMap(({ properties }) => Object.keys(properties ?? {}));
}

function alternatives(
  schema: JsonSchema["items"],
  $defs: Record<string, JsonSchema>,
): JsonSchema[] {
  if (typeof schema !== "object" || Array.isArray(schema)) return [];
  const named = $defs[schema.$ref?.replace("#/$defs/", "") ?? ""];
  if (named) return alternatives(named, $defs);
  return schema.anyOf ? schema.anyOf.flatMap((one) => alternatives(one, $defs)) : [schema];
}
