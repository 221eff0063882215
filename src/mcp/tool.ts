import { z } from "zod";
import { type Ask, ToolError } from "./ask.js";

/** What a tool answers: one object, which agents read as data and as text. */
export interface ToolAnswer {
  /** What matches the tool's output schema. */
  content: Record<string, unknown>;
  /** A sentence that says the most important of it, first in the text. */
  lead?: string;
  /** What stands in the text as it is, instead of the property of that name in the outline. */
  verbatim?: "sdl" | "record";
}

/** A tool for agents. */
export interface Tool {
  /** Lower case, with underscores. */
  name: string;
  description: string;
  /** JSON Schemas of its arguments, and of what it answers. */
  inputSchema: ObjectSchema;
  outputSchema: ObjectSchema;
  /** Throws `ToolError` for what whoever called it did wrong, and for what could not be had. */
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

/** What a tool answers, as its output schema has it. */
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

/** How an answer says what was left out of it, how to read on, and which slugs it was given that are not on record. */
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

/** Says what is wrong with an argument, by its name; never its value, which may be long. */
function faultOf(issue: z.core.$ZodIssue, input: z.ZodObject): string {
  if (issue.code === "unrecognized_keys") {
    const unknown = issue.keys.slice(0, 5).map((key) => key.slice(0, 40));
    const known = Object.keys(input.shape).join(", ");
    return `${unknown.join(", ")}: unknown; the arguments are ${known}`;
  }
  return `${issue.path.join(".") || "arguments"}: ${issue.message}`;
}

/** A text as an argument. */
export function textArgument(most: number, example: string): z.ZodString {
  const expected = `expected a text of 1 to ${most} characters, for example ${example}`;
  return z.string(expected).trim().min(1, expected).max(most, expected);
}

/** How many items to answer, as an argument. */
export function countArgument(most: number, otherwise: number): z.ZodDefault<z.ZodNumber> {
  const expected = `expected a number from 1 to ${most}`;
  return z.int(expected).min(1, expected).max(most, expected).default(otherwise);
}

/** Where the page before ended, as an argument. */
export const AFTER = z
  .string("expected a cursor: `next` of the page before")
  .max(2_000, "expected a cursor: `next` of the page before")
  .optional()
  .describe("`next` of the page before, for the page after it.");
