import type { FormattedExecutionResult } from "graphql";

/** Runs a GraphQL query on the service, within the limits that any client has. */
export type Ask = (
  document: string,
  variables?: Record<string, unknown>,
) => Promise<FormattedExecutionResult>;

/** An error for the caller of a tool: what is wrong, and with which argument. */
export class ToolError extends Error {}

/** Runs one of the tools' own queries and returns its data. Throws `ToolError` if it fails or times out. */
export async function dataOf<T>(
  ask: Ask,
  document: string,
  variables: Record<string, unknown>,
): Promise<T> {
  const { data, errors } = await ask(document, variables);
  if (errors?.length || !data) throw new ToolError(messageOf(errors));
  return data as T;
}

/** The maximum number of errors in a message. */
const MAX_ERRORS = 5;

/** Formats the errors of a response, a line each, which ends in the code. */
export function messageOf(errors: FormattedExecutionResult["errors"] = []): string {
  const lines = errors.slice(0, MAX_ERRORS).map(({ message, extensions, locations }) => {
    const code = codeIn(extensions);
    // Only for an error in the document: one in an argument has its name in the message.
    const at = code.startsWith("GRAPHQL") && locations?.[0] ? ` (line ${locations[0].line})` : "";
    return `${message}${at} [${code}]`;
  });
  if (errors.length > MAX_ERRORS) lines.push(`… and ${errors.length - MAX_ERRORS} more errors`);
  return lines.join("\n") || "The service gave no answer.";
}

function codeIn(extensions: Record<string, unknown> = {}): string {
  return typeof extensions.code === "string" ? extensions.code : "ERROR";
}

/**
 * Returns an `Ask` with one timeout for all queries of a tool call. Each query has the timeout of a request as well.
 */
export function askWithin(ask: Ask, ms: number): Ask {
  const until = performance.now() + ms;
  return async (document, variables) => {
    const left = until - performance.now();
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, fail) => {
      timer = setTimeout(() => fail(new ToolError(LATE)), Math.max(left, 0)).unref();
    });
    try {
      if (left <= 0) throw new ToolError(LATE);
      return await Promise.race([ask(document, variables), late]);
    } finally {
      clearTimeout(timer);
    }
  };
}

const LATE = "The call took too long. Ask for less at once. [TIMEOUT]";
