import { unwrapResolverError } from "@apollo/server/errors";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { GraphQLError, type GraphQLFormattedError } from "graphql";
import { cut } from "./telemetry/cut.js";
import { ClientLeft, DatabaseTimeout, DatabaseUnavailable } from "./db/db.errors.js";
import { boundErrors } from "./graphql/error-bounds.js";
import { explain, LONGEST_MESSAGE, LONGEST_NAME } from "./graphql/error-messages.js";
import { answerType, JSON_ANSWER } from "./http/media-type.js";
import type { HooksOf } from "./http/request-hooks.js";
import { operationLabel } from "./telemetry/operation-label.js";

/** A client's mistake in an argument, which it names by its path: `filter.date.from`. */
export class BadUserInput extends GraphQLError {
  constructor(argument: string, message: string) {
    super(`${argument}: ${message}`, { extensions: { code: "BAD_USER_INPUT", argument } });
  }
}

/** A request that is refused before it is known what it asks. */
export class Refusal extends Error {
  constructor(
    readonly statusCode: number,
    readonly code: string,
    message: string,
  ) {
    super(message);
  }
}

const INTERNAL = "INTERNAL_SERVER_ERROR";
const MASK = "Something went wrong inside.";

/** How graphql-js begins to say that it tells no more of what is wrong with variables. */
const TOO_MANY_BAD_VALUES = "Too many errors processing variables";

/** The codes that clients see, and that requests are counted by; CLIENT_LEFT is only counted. */
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

/** A code as metrics and the log tell it, which keep what they have counted: ours, or `OTHER`. */
export function knownCode(code: unknown): string {
  return CODES.has(code as string) ? (code as string) : "OTHER";
}

/** The most places in the document that one error tells. */
const MOST_LOCATIONS = 10;

/** What a client sees of an error where the schema is not told: nothing that it has not named itself. */
export function formatWithoutSuggestions(
  formatted: GraphQLFormattedError,
  error: unknown,
): GraphQLFormattedError {
  return format(formatted, error, false);
}

/** What a client sees of an error: all of its own mistakes, nothing of what went wrong inside. */
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
  const locations = formatted.locations?.slice(0, MOST_LOCATIONS);
  const { message, argument } = explain(formatted.message, error, suggests);
  const told = { message, path, locations };
  const code = extensions?.code;
  const isBadInput = argument !== undefined || message.startsWith(TOO_MANY_BAD_VALUES);
  if (code === "BAD_USER_INPUT" || (isMadeByGraphQL(error) && isBadInput)) {
    return { ...told, extensions: { argument, ...extensions, code: "BAD_USER_INPUT" } };
  }
  if (code !== undefined && code !== INTERNAL) return { ...told, extensions };
  if (isRefusedByApollo(error)) {
    return { ...told, extensions: { ...extensions, code: "BAD_REQUEST" } };
  }
  const inside = insideError(unwrapResolverError(error));
  return { path, locations, message: inside.message, extensions: { code: inside.code } };
}

/** What may be said of an error that is no mistake of the client's. */
function insideError(error: unknown): { code: string; message: string } {
  if (error instanceof DatabaseTimeout) {
    return {
      code: "TIMEOUT",
      message: "This took too long and was given up. Ask for less at once.",
    };
  }
  if (error instanceof DatabaseUnavailable) {
    return {
      code: "UNAVAILABLE",
      message: "The database can't be asked just now. Try again later.",
    };
  }
  // Nobody reads it, but logs and metrics tell it by its code.
  if (error instanceof ClientLeft) return { code: "CLIENT_LEFT", message: error.message };
  return { code: INTERNAL, message: MASK };
}

function isMadeByGraphQL(error: unknown): boolean {
  const original = unwrapResolverError(error);
  return original instanceof GraphQLError && original.originalError === undefined;
}

/** Some of a client's mistakes, such as a hash that is not the query's, get no code from Apollo Server. */
function isRefusedByApollo(error: unknown): boolean {
  if (!(error instanceof GraphQLError)) return false;
  const { status = 500 } = (error.extensions.http ?? {}) as { status?: number };
  return status < 500;
}

/** The most internal errors of one request that are logged one by one. */
const MOST_LOGGED = 10;

/** Where an error is written for the operator. */
export interface ErrorLog {
  error(details: object, message: string): void;
}

/**
 * Refuses what the schema has no root for, logs what is masked, under the id that the client gets too, and bounds what
 * is told of all errors together.
 */
export function tellErrors(log: ErrorLog): HooksOf<{ requestId: string }> {
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
        if (++internal > MOST_LOGGED) return;
        // Under this name the logger writes an error's message and stack.
        const err = errors?.[i] && unwrapResolverError(errors[i]);
        const path = shown.path?.map((key) => cut(String(key), LONGEST_NAME));
        log.error({ ...ofOperation, path, err }, "internal error");
      });
      if (internal > MOST_LOGGED) {
        const more = internal - MOST_LOGGED;
        log.error({ ...ofOperation, more }, "more internal errors");
      }
      boundErrors(singleResult);
    },
  });
}

/** A body that is no JSON, too large or of another type is answered in the form that GraphQL clients read. */
export function answerInGraphQL(
  this: FastifyInstance,
  error: { statusCode?: number; code?: string; message: string },
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  const status = error.statusCode ?? 500;
  const isTold = status < 500 || error instanceof Refusal;
  // A client that leaves while its answer is compressed is no failure of ours.
  const isLeft = error.code === "ERR_STREAM_PREMATURE_CLOSE";
  if (!isTold && !isLeft) this.log.error({ requestId: request.id, err: error }, "internal error");
  const extensions = isTold
    ? { code: error instanceof Refusal ? error.code : "BAD_REQUEST" }
    : { code: INTERNAL, requestId: request.id };
  // Fastify's own quote what was sent, such as a path that can't be read.
  const message = isTold ? cut(error.message, LONGEST_MESSAGE) : MASK;
  const type = answerType(request.headers.accept) ?? JSON_ANSWER;
  void reply
    .code(status)
    .type(`${type}; charset=utf-8`)
    .send(JSON.stringify({ errors: [{ message, extensions }] }));
}
