import {
  type DocumentNode,
  GraphQLError,
  type GraphQLSchema,
  parse,
  print,
  validate,
} from "graphql";
import { z } from "zod";
import { type Ask, messageOf, ToolError } from "./ask.js";
import { withCitations } from "./cite.js";
import type { DefinedAnswer } from "./tool.js";
import { unknownSlugs } from "./unknown-slugs.js";

/** The output of tools that run a GraphQL document. */
export const GRAPHQL_ANSWER = z.object({
  data: z
    .record(z.string(), z.unknown())
    .describe(
      "The answer, by the document's fields; with `citations` of what is proved by passages.",
    ),
  errors: z
    .array(z.string())
    .optional()
    .describe("What of the answer is null because it could not be had."),
});

/**
 * Runs a document with citations added to it, or as it is if they would cost too much. Notices name unknown slugs, for which the
 * answer would otherwise look like an empty record.
 */
export async function answerTo(
  document: DocumentNode,
  variables: Record<string, unknown>,
  schema: GraphQLSchema,
  ask: Ask,
): Promise<DefinedAnswer<typeof GRAPHQL_ANSWER>> {
  const own = document.loc?.source.body ?? print(document);
  const cited = withCitations(schema, document);
  // Citations can't be added if a fragment uses one of their response names for another field.
  const isValid = cited !== own && validate(schema, parse(cited)).length === 0;
  const notices: string[] = [];
  let result = await ask(isValid ? cited : own, variables);
  if (isValid && result.errors?.some(({ extensions }) => extensions?.code === "QUERY_TOO_COSTLY")) {
    result = await ask(own, variables);
    notices.push(
      "Citations were left out, since with them the query costs too much. Use smaller pages.",
    );
  }
  const { data, errors } = result;
  const isEmpty = !data || Object.values(data).every((value) => value === null);
  if (!data || (errors?.length && isEmpty)) throw new ToolError(messageOf(errors));
  notices.push(...(await unknownSlugs(schema, document, variables, ask)));
  return {
    content: {
      data: data,
      ...(errors?.length ? { errors: messageOf(errors).split("\n") } : {}),
      ...(notices.length > 0 ? { notices } : {}),
    },
  };
}

/** Parses a document that was given as an argument. */
export function parsedArgument(argument: string, text: string): DocumentNode {
  try {
    return parse(text, { maxTokens: 10_000 });
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error;
    const [at] = error.locations ?? [];
    throw new ToolError(
      `${argument}: ${error.message.slice(0, 300)}${at ? ` (line ${at.line})` : ""}`,
    );
  }
}
