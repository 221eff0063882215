import { type ApolloServerPlugin, type BaseContext } from "@apollo/server";
import { unwrapResolverError } from "@apollo/server/errors";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { GraphQLError, type GraphQLFormattedError } from "graphql";
import { DatabaseTimeout, DatabaseUnavailable } from "./db/db.errors.js";
import { answerType, JSON_ANSWER } from "./http/media-type.js";

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

/** What a client sees of an error where the schema is not told: nothing that it has not named itself. */
export function formatWithoutSuggestions(
  formatted: GraphQLFormattedError,
  error: unknown,
): GraphQLFormattedError {
  const { message, ...others } = formatError(formatted, error);
  // Apollo Server's own option leaves them in errors about variables.
  return { ...others, message: message.replace(/ ?Did you mean .*\?$/s, "") };
}

/** What a client sees of an error: all of its own mistakes, nothing of what went wrong inside. */
export function formatError(
  formatted: GraphQLFormattedError,
  error: unknown,
): GraphQLFormattedError {
  const code = formatted.extensions?.code;
  const argument = argumentIn(formatted.message);
  if (code === "BAD_USER_INPUT" || (isMadeByGraphQL(error) && argument)) {
    return {
      ...formatted,
      extensions: { argument, ...formatted.extensions, code: "BAD_USER_INPUT" },
    };
  }
  if (code !== undefined && code !== INTERNAL) return formatted;
  if (isRefusedByApollo(error)) {
    return { ...formatted, extensions: { ...formatted.extensions, code: "BAD_REQUEST" } };
  }
  const { path, locations } = formatted;
  const { code: inside, message } = insideError(unwrapResolverError(error));
  return { message, path, locations, extensions: { code: inside } };
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
  return { code: INTERNAL, message: MASK };
}

/** The argument that graphql-js names in a message about a value it can't take. */
function argumentIn(message: string): string | undefined {
  const inside = /^Variable "\$[^"]+" got invalid value .*? at "([^"]+)"; /s.exec(message);
  const whole = /^(?:Variable "\$([^"]+)"|Argument "([^"]+)") /.exec(message);
  return inside?.[1] ?? whole?.[1] ?? whole?.[2];
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

/** Where an error is written for the operator. */
export interface ErrorLog {
  error(details: object, message: string): void;
}

/** Refuses what the schema has no root for, and logs what is masked, under the id that the client gets too. */
export function errorPlugin<Context extends BaseContext & { requestId: string }>(
  log: ErrorLog,
): ApolloServerPlugin<Context> {
  return {
    async requestDidStart() {
      return {
        async didResolveOperation({ operation, schema }) {
          if (operation && !schema.getRootType(operation.operation)) {
            throw new GraphQLError(`This service has no ${operation.operation}s, only queries.`, {
              nodes: operation,
              extensions: { code: "GRAPHQL_VALIDATION_FAILED", http: { status: 400 } },
            });
          }
        },
        async willSendResponse({ response, errors, contextValue, operationName }) {
          if (response.body.kind !== "single") return;
          response.body.singleResult.errors?.forEach((shown, i) => {
            if (shown.extensions?.code !== INTERNAL) return;
            const { requestId } = contextValue;
            shown.extensions.requestId = requestId;
            // Under this name the logger writes an error's message and stack.
            const err = errors?.[i] && unwrapResolverError(errors[i]);
            log.error({ requestId, operationName, path: shown.path, err }, "internal error");
          });
        },
      };
    },
  };
}

/** A body that is no JSON, too large or of another type is answered in the form that GraphQL clients read. */
export function answerInGraphQL(
  this: FastifyInstance,
  error: { statusCode?: number; message: string },
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  const status = error.statusCode ?? 500;
  const isClients = status < 500;
  if (!isClients) this.log.error({ requestId: request.id, err: error }, "internal error");
  const extensions = isClients
    ? { code: error instanceof Refusal ? error.code : "BAD_REQUEST" }
    : { code: INTERNAL, requestId: request.id };
  const type = answerType(request.headers.accept) ?? JSON_ANSWER;
  void reply
    .code(status)
    .type(`${type}; charset=utf-8`)
    .send(JSON.stringify({ errors: [{ message: isClients ? error.message : MASK, extensions }] }));
}
