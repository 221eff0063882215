import { unwrapResolverError } from "@apollo/server/errors";
import { GraphQLError, type GraphQLFormattedError } from "graphql";
import { ClientLeft, DatabaseTimeout, DatabaseUnavailable, RowsTooLarge } from "./db/db.errors.js";
import { clientMessage } from "./graphql/error-messages.js";

/** An invalid argument, named by its path: `filter.date.from`. */
export class BadUserInput extends GraphQLError {
  constructor(argument: string, message: string) {
    super(`${argument}: ${message}`, { extensions: { code: "BAD_USER_INPUT", argument } });
  }
}

/** An HTTP request that is rejected before it reaches GraphQL. */
export class RequestError extends Error {
  constructor(
    readonly statusCode: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

/** The code of internal errors, and the message that clients get. */
export const INTERNAL = "INTERNAL_SERVER_ERROR";
export const INTERNAL_MESSAGE = "Internal server error.";

/** The start of graphql-js's message when it stops at the maximum number of variable errors. */
const TOO_MANY_BAD_VALUES = "Too many errors processing variables";

/** The error codes in responses and metrics; CLIENT_LEFT is in metrics only. */
const CODES = new Set([
  "ANSWER_TOO_LARGE",
  "BAD_REQUEST",
  "BAD_USER_INPUT",
  "CLIENT_LEFT",
  "FORBIDDEN",
  "GRAPHQL_PARSE_FAILED",
  "GRAPHQL_VALIDATION_FAILED",
  INTERNAL,
  "OPERATION_RESOLUTION_FAILURE",
  "PERSISTED_QUERY_NOT_FOUND",
  "PERSISTED_QUERY_NOT_IN_LIST",
  "QUERY_TOO_COSTLY",
  "TIMEOUT",
  "UNAUTHENTICATED",
  "UNAVAILABLE",
]);

/** An error code as a label in metrics and log: one of ours, or `OTHER`, to limit cardinality. */
export function knownCode(code: unknown): string {
  return CODES.has(code as string) ? (code as string) : "OTHER";
}

/** The maximum number of locations in one error. */
const MAX_LOCATIONS = 10;

/**
 * Returns a function that formats an error for the client: its own mistakes in full, internal errors masked. Unless it
 * `suggests`, there are no names from the schema that the client did not send.
 */
export function errorFormatter(suggests: boolean) {
  return (formatted: GraphQLFormattedError, error: unknown) => format(formatted, error, suggests);
}

function format(
  formatted: GraphQLFormattedError,
  error: unknown,
  suggests: boolean,
): GraphQLFormattedError {
  const { path, extensions } = formatted;
  const locations = formatted.locations?.slice(0, MAX_LOCATIONS);
  const { message, argument } = clientMessage(formatted.message, error, suggests);
  const shown = { message, path, locations };
  const code = extensions?.code;
  const isBadInput = argument !== undefined || message.startsWith(TOO_MANY_BAD_VALUES);
  if (code === "BAD_USER_INPUT" || (isMadeByGraphQL(error) && isBadInput)) {
    return { ...shown, extensions: { argument, ...extensions, code: "BAD_USER_INPUT" } };
  }
  if (code !== undefined && code !== INTERNAL) return { ...shown, extensions };
  if (isRejectedByApollo(error)) {
    return { ...shown, extensions: { ...extensions, code: "BAD_REQUEST" } };
  }
  const internal = serverError(unwrapResolverError(error));
  return { path, locations, message: internal.message, extensions: { code: internal.code } };
}

/** The code and message of an error that is not the client's mistake. */
function serverError(error: unknown): { code: string; message: string } {
  if (error instanceof DatabaseTimeout) {
    return {
      code: "TIMEOUT",
      message: "Request timed out. Request less data at once.",
    };
  }
  if (error instanceof RowsTooLarge) {
    return {
      code: "ANSWER_TOO_LARGE",
      message:
        `The rows for this request are larger than the limit of ${error.limit} bytes. ` +
        "Request smaller pages (`first`) or fewer fields.",
    };
  }
  if (error instanceof DatabaseUnavailable) {
    return {
      code: "UNAVAILABLE",
      message: "The database is unavailable. Try again later.",
    };
  }
  // The client is gone, but log and metrics record the code.
  if (error instanceof ClientLeft) return { code: "CLIENT_LEFT", message: error.message };
  return { code: INTERNAL, message: INTERNAL_MESSAGE };
}

function isMadeByGraphQL(error: unknown): boolean {
  const original = unwrapResolverError(error);
  return original instanceof GraphQLError && original.originalError === undefined;
}

/** Apollo Server gives no code to some client errors, such as a hash that does not match the query. */
function isRejectedByApollo(error: unknown): boolean {
  if (!(error instanceof GraphQLError)) return false;
  const { status = 500 } = (error.extensions.http ?? {}) as { status?: number };
  return status < 500;
}
