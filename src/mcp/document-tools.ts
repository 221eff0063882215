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

/** How many documents become tools: an agent reads the list of all of them before it does anything. */
const MAX_DOCUMENT_TOOLS = 60;

/** How long the description of a tool is at most. */
const MAX_DESCRIPTION = 1_000;

const OUTPUT = jsonSchemaOf(GRAPHQL_ANSWER.extend({ notices: NOTICES }));

/**
 * Makes a tool of each operation in some documents: named after the operation, described by the comment above it, with its variables as
 * arguments. Operations without a name are left out, and so is one whose name is taken.
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

/** `WhatHeSaidThere` as `what_he_said_there`; empty if it has no name that a tool may have. */
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

/** The comment in the lines just above a part of a document, as one text. */
function commentOf({ loc }: { loc?: Location }): string {
  const lines: string[] = [];
  let token = loc?.startToken.prev;
  while (token?.kind === TokenKind.COMMENT) {
    lines.unshift(token.value.trim());
    token = token.prev;
  }
  return lines.join(" ").trim();
}
