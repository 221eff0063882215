import { unwrapResolverError } from "@apollo/server/errors";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { GraphQLError, type GraphQLFormattedError } from "graphql";
import { truncate } from "./telemetry/truncate.js";
import { ClientLeft, DatabaseTimeout, DatabaseUnavailable } from "./db/db.errors.js";
import { limitErrors } from "./graphql/error-limits.js";
import { clientMessage, LONGEST_MESSAGE, LONGEST_NAME } from "./graphql/error-messages.js";
import { negotiateType, JSON_TYPE } from "./http/media-type.js";
import type { HooksOf } from "./http/request-hooks.js";
import { operationLabel } from "./telemetry/operation-label.js";

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

const INTERNAL = "INTERNAL_SERVER_ERROR";
const INTERNAL_MESSAGE = "Internal server error.";

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

/** Formats an error when introspection is off: without names from the schema that the client did not send. */
export function formatWithoutSuggestions(
  formatted: GraphQLFormattedError,
  error: unknown,
): GraphQLFormattedError {
  return format(formatted, error, false);
}

/** Formats an error for the client: its own mistakes in full, internal errors masked. */
export function formatError(
  formatted: GraphQLFormattedError,
  error: unknown,
): GraphQLFormattedError {
  return format(formatted, error, true);
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

/** How many internal errors of one request are logged individually. */
const MAX_LOGGED = 10;

/** The log for internal errors. */
export interface ErrorLog {
  error(details: object, message: string): void;
}

/**
 * Rejects operations without a root type (mutations, subscriptions), logs masked errors with the request id that the client
 * gets too, and limits the total size of errors in a response.
 */
export function reportErrors(log: ErrorLog): HooksOf<{ requestId: string }> {
  return () => ({
    didResolveOperation({ operation, schema }) {
      if (operation && !schema.getRootType(operation.operation)) {
        throw new GraphQLError(`This service has no ${operation.operation}s, only queries.`, {
          nodes: operation,
          extensions: { code: "GRAPHQL_VALIDATION_FAILED", http: { status: 400 } },
        });
      }
    },
    willSendResponse({ response, errors, contextValue, operationName }) {
      if (response.body.kind !== "single") return;
      const { singleResult } = response.body;
      if (!singleResult.errors?.length) return;
      const { requestId } = contextValue;
      const ofOperation = { requestId, operationName: operationLabel(operationName) };
      let internal = 0;
      singleResult.errors.forEach((shown, i) => {
        if (shown.extensions?.code !== INTERNAL) return;
        shown.extensions.requestId = requestId;
        if (++internal > MAX_LOGGED) return;
        // Under the key `err`, the logger serializes message and stack.
        const err = errors?.[i] && unwrapResolverError(errors[i]);
        const path = shown.path?.map((key) => truncate(String(key), LONGEST_NAME));
        log.error({ ...ofOperation, path, err }, "internal error");
      });
      if (internal > MAX_LOGGED) {
        const more = internal - MAX_LOGGED;
        log.error({ ...ofOperation, more }, "more internal errors");
      }
      limitErrors(singleResult);
    },
  });
}

/** Sends errors outside GraphQL (invalid JSON, body too large, wrong type) in the format of a GraphQL response. */
export function sendGraphqlError(
  this: FastifyInstance,
  error: { statusCode?: number; code?: string; message: string },
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  const status = error.statusCode ?? 500;
  const isPublic = status < 500 || error instanceof RequestError;
  // A client that disconnects while its response is compressed is not an internal error.
  const isDisconnect = error.code === "ERR_STREAM_PREMATURE_CLOSE";
  if (!isPublic && !isDisconnect)
    this.log.error({ requestId: request.id, err: error }, "internal error");
  const extensions = isPublic
    ? { code: error instanceof RequestError ? error.code : "BAD_REQUEST" }
    : { code: INTERNAL, requestId: request.id };
  // Fastify's own messages quote input, such as an invalid path.
  const message = isPublic ? truncate(error.message, LONGEST_MESSAGE) : INTERNAL_MESSAGE;
  const type = negotiateType(request.headers.accept) ?? JSON_TYPE;
  void reply
    .code(status)
    .type(`${type}; charset=utf-8`)
    .send(JSON.stringify({ errors: [{ message, extensions }] }));
}
