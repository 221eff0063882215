import { z } from "zod";
import { type Ask, ToolError } from "./ask.js";

/** The answer of a tool: one object, which agents read as data and as text. */
export interface ToolAnswer {
  /** Matches the tool's output schema. */
  content: Record<string, unknown>;
  /** A sentence with the most important of it, first in the text. */
  lead?: string;
  /** The property that the text has as it is, instead of in the outline. */
  verbatim?: "sdl" | "record";
}

/** A tool for agents. */
export interface Tool {
  /** Lower case, with underscores. */
  name: string;
  description: string;
  /** JSON Schemas of its arguments and of its answer. */
  inputSchema: ObjectSchema;
  outputSchema: ObjectSchema;
  /** Throws `ToolError` for a mistake of the caller, and if the service fails. */
  run: (args: Record<string, unknown>, ask: Ask) => Promise<ToolAnswer>;
}

/** A JSON Schema of an object. */
export interface ObjectSchema {
  type: "object";
  [keyword: string]: unknown;
}

interface Definition<In extends z.ZodObject, Out extends z.ZodObject> {
  name: string;
  description: string;
  input: In;
  output: Out;
  run: (args: z.output<In>, ask: Ask) => Promise<DefinedAnswer<Out>>;
}

/** The answer of a tool, typed by its output schema. */
export interface DefinedAnswer<Out extends z.ZodObject> {
  content: z.input<Out> & { notices?: string[] };
  lead?: string;
  verbatim?: "sdl" | "record";
}

/** Makes a tool whose arguments are checked by a schema, which also describes them. */
export function defineTool<In extends z.ZodObject, Out extends z.ZodObject>({
  name,
  description,
  input,
  output,
  run,
}: Definition<In, Out>): Tool {
  return {
    name,
    description,
    inputSchema: jsonSchemaOf(input),
    outputSchema: jsonSchemaOf(withNotices(output)),
    async run(args, ask) {
      const { data, error } = input.safeParse(args);
      if (error) throw new ToolError(error.issues.map((issue) => faultOf(issue, input)).join("\n"));
      return run(data, ask);
    },
  };
}

/** The notices of an answer: what was left out of it, how to get the rest, and which of the given slugs are not on record. */
export const NOTICES = z
  .array(z.string())
  .optional()
  .describe("What was left out of the answer, and how to get it; slugs given that nothing has.");

function withNotices(output: z.ZodObject): z.ZodObject {
  return output.extend({ notices: NOTICES });
}

/** Describes an object as JSON Schema. */
export function jsonSchemaOf(schema: z.ZodObject): ObjectSchema {
  const described = z.toJSONSchema(schema, { io: "input", reused: "inline" });
  return { ...described, $schema: undefined, type: "object" };
}

/** Returns what is wrong with an argument, with its name but never its value, which may be long. */
function faultOf(issue: z.core.$ZodIssue, input: z.ZodObject): string {
  if (issue.code === "unrecognized_keys") {
    const unknown = issue.keys.slice(0, 5).map((key) => key.slice(0, 40));
    const known = Object.keys(input.shape).join(", ");
    return `${unknown.join(", ")}: unknown; the arguments are ${known}`;
  }
  return `${issue.path.join(".") || "arguments"}: ${issue.message}`;
}

/** Makes the schema of an argument that is a text. */
export function textArgument(most: number, example: string): z.ZodString {
  const expected = `expected a text of 1 to ${most} characters, for example ${example}`;
  return z.string(expected).trim().min(1, expected).max(most, expected);
}

/** Makes the schema of an argument that is the number of items to return. */
export function countArgument(most: number, otherwise: number): z.ZodDefault<z.ZodNumber> {
  const expected = `expected a number from 1 to ${most}`;
  return z.int(expected).min(1, expected).max(most, expected).default(otherwise);
}

/** The schema of an argument that is the cursor at which the previous page ended. */
export const AFTER = z
  .string("expected a cursor: `next` of the page before")
  .max(2_000, "expected a cursor: `next` of the page before")
  .optional()
  .describe("`next` of the page before, for the page after it.");
