import {
  buildSchema,
  getNamedType,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  printType,
} from "graphql";
import { z } from "zod";
import { ToolError } from "./ask.js";
import { defineTool } from "./tool.js";
import { wordsIn } from "./quotation.js";

/** The maximum number of types and fields listed for words, and the maximum length of the output. */
const MAX_LISTED = 20;
const MAX_LENGTH = 12_000;

const NAME = "expected the name of a type, or of a field, for example Statement or Query.person";
const WORDS = "expected words of 1 to 200 characters, for example counterparts of a person";

/** Makes the tool `introspect`, for the API schema as SDL. */
export function introspectTool(sdl: () => string) {
  let schema: GraphQLSchema | undefined;
  return defineTool({
    name: "introspect",
    description:
      "Shows a part of the GraphQL schema, for `execute`: a type or field by `name` (Statement, Query.people, StatementFilter), or what has some `words` in its name or description. " +
      "Without arguments, the fields of Query.",
    input: z.strictObject({
      name: z
        .string(NAME)
        .min(1, NAME)
        .max(200, NAME)
        .optional()
        .describe("A type, or Type.field."),
      words: z
        .string(WORDS)
        .min(1, WORDS)
        .max(200, WORDS)
        .optional()
        .describe("Words to look for."),
    }),
    output: z.object({
      sdl: z
        .string()
        .describe("Definitions in the GraphQL schema language, or one line for each field."),
    }),
    async run({ name, words }) {
      schema ??= buildSchema(sdl());
      if (name !== undefined && words !== undefined)
        throw new ToolError("name, words: give one of them");
      const text =
        name !== undefined
          ? named(schema, name)
          : words !== undefined
            ? having(schema, words)
            : fieldsOf(schema.getQueryType()!).map(lineOf).join("\n");
      if (text.length <= MAX_LENGTH) return { content: { sdl: text }, verbatim: "sdl" };
      const notice = `The first ${MAX_LENGTH} of ${text.length} characters are shown. Ask for one field, as Type.field.`;
      return { content: { sdl: text.slice(0, MAX_LENGTH), notices: [notice] }, verbatim: "sdl" };
    },
  });
}

interface Listed {
  type: string;
  field: GraphQLField<unknown, unknown>;
}

function named(schema: GraphQLSchema, name: string): string {
  const [typeName = "", fieldName] = name.split(".");
  const type = schema.getType(typeName);
  if (!type || typeName.startsWith("__"))
    throw new ToolError(`name: no type ${shortened(typeName)}; look for it by words`);
  if (fieldName === undefined) return printType(type);
  const field = fieldsOf(type).find((each) => each.field.name === fieldName);
  if (!field)
    throw new ToolError(
      `name: ${typeName} has no field ${shortened(fieldName)}; ask for ${typeName}`,
    );
  const { description, args } = field.field;
  return [
    ...(description ? [`# ${description}`] : []),
    signatureOf(field.field),
    ...args.map((arg) => `#   ${arg.name}: ${arg.description ?? ""}`),
    ...(isObjectType(getNamedType(field.field.type))
      ? [`# of type ${String(field.field.type)}`]
      : []),
  ].join("\n");
}

/** Lists the types and fields that match words best; names count more than descriptions. */
function having(schema: GraphQLSchema, words: string): string {
  const wanted = [...new Set(wordsIn(words))];
  const types = Object.values(schema.getTypeMap()).filter(({ name }) => !name.startsWith("__"));
  const listed = types.flatMap((type) => [
    textOf(typeLine(type), type.name, type.description),
    ...fieldsOf(type).map((each) => textOf(lineOf(each), each.field.name, each.field.description)),
  ]);
  // Inverse document frequency: a word that many have counts little.
  const weights = wanted.map((word) => {
    const having = listed.filter(({ all }) => all.has(word)).length;
    return Math.log((1 + listed.length) / (1 + having));
  });
  const scoreOf = ({ own, all }: Text) =>
    wanted.reduce(
      (sum, word, i) => sum + weights[i]! * ((own.has(word) ? 3 : 0) + (all.has(word) ? 1 : 0)),
      0,
    );
  const found = listed
    .map((text) => ({ line: text.line, score: scoreOf(text) }))
    .filter(({ score }) => score > 0)
    .sort((one, other) => other.score - one.score);
  if (found.length === 0)
    throw new ToolError("words: nothing in the schema has any of these words");
  return found
    .slice(0, MAX_LISTED)
    .map(({ line }) => line)
    .join("\n");
}

/** A line of the list, with the words of its name and of all of it. */
interface Text {
  line: string;
  own: Set<string>;
  all: Set<string>;
}

function textOf(line: string, name: string, description?: string | null): Text {
  const own = new Set(wordsIn(name.replace(/([a-z])([A-Z])/g, "$1 $2")));
  return { line, own, all: new Set([...own, ...wordsIn(description ?? "")]) };
}

function fieldsOf(type: GraphQLNamedType): Listed[] {
  if (isInputObjectType(type)) return [];
  if (!isObjectType(type) && !isInterfaceType(type)) return [];
  return Object.values(type.getFields()).map((field) => ({ type: type.name, field }));
}

function typeLine({ name, description }: GraphQLNamedType): string {
  return `type ${name}  # ${firstSentence(description)}`;
}

function lineOf({ type, field }: Listed): string {
  return `${type}.${signatureOf(field)}  # ${firstSentence(field.description)}`;
}

function signatureOf({ name, args, type }: GraphQLField<unknown, unknown>): string {
  const list = args.map((arg) => `${arg.name}: ${String(arg.type)}`).join(", ");
  return `${name}${list ? `(${list})` : ""}: ${String(type)}`;
}

function firstSentence(description?: string | null): string {
  const [first = ""] = (description ?? "").split(/(?<=[.:;]) /);
  return first.slice(0, 160);
}

function shortened(name: string): string {
  return JSON.stringify(name.slice(0, 60));
}
