import { type ApolloServerPlugin, type BaseContext } from "@apollo/server";
import { unwrapResolverError } from "@apollo/server/errors";
import { GraphQLError, type GraphQLFormattedError } from "graphql";

/** A client's mistake in an argument, which it names by its path: `filter.date.from`. */
export class BadUserInput extends GraphQLError {
  constructor(argument: string, message: string) {
    super(`${argument}: ${message}`, { extensions: { code: "BAD_USER_INPUT", argument } });
  }
}

const INTERNAL = "INTERNAL_SERVER_ERROR";

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
  return {
    message: "Something went wrong inside.",
    path,
    locations,
    extensions: { code: INTERNAL },
  };
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
