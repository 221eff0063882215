import { type GraphQLSchema, Kind, separateOperations } from "graphql";
import { z } from "zod";
import { ToolError } from "./ask.js";
import { answerTo, GRAPHQL_ANSWER, parsedArgument } from "./graphql-answer.js";
import { defineTool, textArgument } from "./tool.js";

/** Makes the tool `execute`, for documents of this schema. */
export function executeTool(schema: () => GraphQLSchema) {
  return defineTool({
    name: "execute",
    description:
      "Runs a GraphQL query on the record, within the service's cost limit; see `introspect` for the schema. Lists are connections: `nodes`, `totalCount`, `pageInfo { endCursor }`, `first`, `after`. " +
      "Citations are added to what has them. For questions that no other tool answers.",
    input: z.strictObject({
      query: textArgument(50_000, "{ people { totalCount } }").describe("A GraphQL document."),
      variables: z
        .record(z.string(), z.unknown(), "expected an object of variables")
        .optional()
        .describe("Values of its variables."),
      operationName: textArgument(200, "Statements")
        .optional()
        .describe("Which of its operations, where it has several."),
    }),
    output: GRAPHQL_ANSWER,
    async run({ query, variables = {}, operationName }, ask) {
      const document = parsedArgument("query", query);
      if (document.definitions.some(({ kind }) => !EXECUTABLE.has(kind)))
        throw new ToolError("query: defines types; only operations and fragments are run");
      const operations = separateOperations(document);
      const names = Object.keys(operations);
      if (operationName === undefined && names.length > 1)
        throw new ToolError(`operationName: name one of ${names.slice(0, 10).join(", ")}`);
      const chosen = operations[operationName ?? names[0] ?? ""];
      if (!chosen)
        throw new ToolError(
          operationName === undefined
            ? "query: contains no operation"
            : "operationName: the query has no operation of this name",
        );
      // The document as it was written, so that line numbers in errors are right.
      return answerTo(names.length === 1 ? document : chosen, variables, schema(), ask);
    },
  });
}

const EXECUTABLE = new Set<Kind>([Kind.OPERATION_DEFINITION, Kind.FRAGMENT_DEFINITION]);
