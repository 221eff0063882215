import {
  type DocumentNode,
  type GraphQLSchema,
  Kind,
  type Location,
  type OperationDefinitionNode,
  parse,
  separateOperations,
  TokenKind,
} from "graphql";
import { ToolError } from "./ask.js";
import { argumentSchemaOf } from "./argument-schema.js";
import { answerTo, GRAPHQL_ANSWER } from "./graphql-answer.js";
import { jsonSchemaOf, NOTICES, type Tool } from "./tool.js";

/** The maximum number of tools made of documents: an agent reads the list of all tools before it does anything. */
const MAX_DOCUMENT_TOOLS = 60;

/** The maximum length of the description of a tool. */
const MAX_DESCRIPTION = 1_000;

const OUTPUT = jsonSchemaOf(GRAPHQL_ANSWER.extend({ notices: NOTICES }));

/**
 * Makes a tool of each operation in some documents: named after the operation, described by the comment above it, with its variables
 * as arguments. Leaves out operations without a name, and those whose name is taken.
 */
export function documentTools(
  schema: GraphQLSchema,
  documents: Iterable<string>,
  taken: readonly string[] = [],
): { tools: Tool[]; leftOut: string[] } {
  const tools = new Map<string, Tool>();
  const leftOut: string[] = [];
  for (const text of new Set([...documents].map((document) => document.trimEnd()))) {
    const document = parse(text);
    for (const [operation, own] of Object.entries(separateOperations(document))) {
      const name = toolNameOf(operation);
      if (!name || taken.includes(name) || tools.has(name) || tools.size >= MAX_DOCUMENT_TOOLS)
        leftOut.push(operation || "(without a name)");
      else tools.set(name, toolOf(schema, name, own));
    }
  }
  return { tools: [...tools.values()], leftOut };
}

function toolOf(schema: GraphQLSchema, name: string, document: DocumentNode): Tool {
  const operation = document.definitions.find(
    (definition): definition is OperationDefinitionNode =>
      definition.kind === Kind.OPERATION_DEFINITION,
  )!;
  const inputSchema = argumentSchemaOf(schema, operation, commentOf);
  const known = Object.keys(inputSchema.properties as object);
  return {
    name,
    description: (commentOf(operation) || wordsOf(name)).slice(0, MAX_DESCRIPTION),
    inputSchema,
    outputSchema: OUTPUT,
    async run(args, ask) {
      const unknown = Object.keys(args).filter((argument) => !known.includes(argument));
      if (unknown.length > 0)
        throw new ToolError(
          `${unknown
            .slice(0, 5)
            .map((each) => each.slice(0, 40))
            .join(", ")}: unknown; ` +
            (known.length > 0 ? `the arguments are ${known.join(", ")}` : "there are no arguments"),
        );
      return answerTo(document, args, schema, ask);
    },
  };
}

/** Returns `WhatHeSaidThere` as `what_he_said_there`; empty if the name is too long for a tool. */
function toolNameOf(operation: string): string {
  const name = operation
    .replace(/([a-z\d])([A-Z])/g, "$1_$2")
    .replace(/([A-Z])([A-Z][a-z])/g, "$1_$2")
    .toLowerCase();
  return name.length <= 64 ? name : "";
}

function wordsOf(name: string): string {
  return `${name.charAt(0).toUpperCase()}${name.slice(1).replaceAll("_", " ")}.`;
}

/** Returns the comment in the lines just above a part of a document, as one text. */
function commentOf({ loc }: { loc?: Location }): string {
  const lines: string[] = [];
  let token = loc?.startToken.prev;
  while (token?.kind === TokenKind.COMMENT) {
    lines.unshift(token.value.trim());
    token = token.prev;
  }
  return lines.join(" ").trim();
}
