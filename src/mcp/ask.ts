import type { FormattedExecutionResult } from "graphql";

/** Asks the service a GraphQL question, within the limits that any client has. */
export type Ask = (
  document: string,
  variables?: Record<string, unknown>,
) => Promise<FormattedExecutionResult>;

/** What a tool can't do, said for whoever called it: what is wrong, and with which argument. */
export class ToolError extends Error {}

/** Returns the data of an answer to one of the service's own questions. Throws `ToolError` if it failed, or timed out. */
export async function dataOf<T>(
  ask: Ask,
  document: string,
  variables: Record<string, unknown>,
): Promise<T> {
  const { data, errors } = await ask(document, variables);
  if (errors?.length || !data) throw new ToolError(messageOf(errors));
  return data as T;
}

/** How many errors of an answer are told. */
const MAX_ERRORS = 5;

/** Tells the errors of an answer: each with its code, which ends the line. */
export function messageOf(errors: FormattedExecutionResult["errors"] = []): string {
  const lines = errors.slice(0, MAX_ERRORS).map(({ message, extensions, locations }) => {
    const code = codeIn(extensions);
    // Of a fault in the document; an argument is named by the message.
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
 * Returns an `Ask` that lasts so many milliseconds for all questions of one call together. Whatever it asks has the time limit of a
 * request besides.
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
