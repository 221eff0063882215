import type {
  ApolloServer,
  ApolloServerOptions,
  ApolloServerPlugin,
  BaseContext,
  GraphQLRequest,
  GraphQLRequestContext,
  GraphQLRequestContextDidResolveOperation,
  GraphQLRequestContextResponseForOperation,
  GraphQLRequestContextValidationDidStart,
  GraphQLRequestContextWillSendResponse,
  GraphQLResponse,
} from "@apollo/server";
import { HeaderMap } from "@apollo/server";
import type { FastifyReply, FastifyRequest } from "fastify";
import {
  type DocumentNode,
  execute,
  type ExecutionResult,
  GraphQLError,
  type GraphQLSchema,
} from "graphql";
import { ClientLeft } from "../db/db.errors.js";
import { RequestError } from "../errors.js";
import { MAX_DETAILED_ERRORS, limitErrorCount } from "../graphql/error-limits.js";

/** A long response takes half the memory as bytes, outside the JavaScript heap. */
const LONG_TEXT = 16_384;

/** Passes a request to Apollo Server, and aborts it if the client disconnects. */
export async function respond<Context extends { cancel: (reason: () => Error) => void }>(
  apollo: ApolloServer<Context>,
  newContext: (requestId: string) => Context,
  request: FastifyRequest,
  reply: FastifyReply,
): Promise<string | Buffer> {
  const context = async () => {
    const context = newContext(request.id);
    // Also releases what the request holds if Apollo Server fails without a response.
    reply.raw.once("close", () => context.cancel(() => new ClientLeft("the client disconnected")));
    return context;
  };
  const httpGraphQLRequest = {
    method: request.method,
    headers: headersOf(request),
    search: /\?.*/s.exec(request.url)?.[0] ?? "",
    body: request.body,
  };
  // Throws if it is bad: a hook cannot, since Apollo Server takes what it throws for an internal error.
  documentIdOf(httpGraphQLRequest);
  const { status, headers, body } = await apollo.executeHTTPGraphQLRequest({
    httpGraphQLRequest,
    context,
  });
  if (body.kind !== "complete") throw new Error("incremental delivery is not configured");
  for (const [name, value] of headers) reply.header(name, value);
  reply.code(status ?? 200);
  return body.string.length > LONG_TEXT ? Buffer.from(body.string) : body.string;
}

function headersOf(request: FastifyRequest): HeaderMap {
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value) headers.set(name, Array.isArray(value) ? value.join(", ") : value);
  }
  return headers;
}

/** The parts of a request to `/graphql` in which a client can name a trusted document. */
interface Sent {
  method: string;
  /** The search part of the URL, with its question mark. */
  search: string;
  body: unknown;
}

/**
 * The `documentId` of a request (persisted documents of GraphQL over HTTP): in the body of a POST, in the URL of a GET; undefined without one.
 * It stands instead of the document, so with another document or another id beside it the request is bad.
 */
export function documentIdOf({ method, search, body }: Sent): string | undefined {
  const { documentId, query, extensions } =
    method === "GET" ? parametersOf(search) : ((body ?? {}) as Record<string, unknown>);
  if (documentId === undefined || documentId === null) return undefined;
  if (typeof documentId !== "string" || documentId === "") {
    throw bad("expected a string that is not empty, once.");
  }
  if (query !== undefined && query !== null) {
    throw bad("send it or query, not both: it names a document, and query is the text of one.");
  }
  if (extensions instanceof Object && "persistedQuery" in extensions) {
    throw bad("send it or extensions.persistedQuery, not both: each names a document.");
  }
  return documentId;
}

function parametersOf(search: string): Record<string, unknown> {
  const parameters = new URLSearchParams(search);
  const ids = parameters.getAll("documentId");
  if (ids.length === 0) return {};
  return {
    documentId: ids.length === 1 ? ids[0] : ids,
    query: parameters.get("query"),
    extensions: jsonOf(parameters.get("extensions")),
  };
}

/** The value of a JSON text; undefined if it is none, which Apollo Server reports. */
function jsonOf(text: string | null): unknown {
  try {
    return JSON.parse(text ?? "null");
  } catch {
    return undefined;
  }
}

function bad(message: string): RequestError {
  return new RequestError(400, "BAD_REQUEST", `documentId: ${message}`);
}

/** Hooks into the request lifecycle: some of Apollo Server's, but synchronous where possible. */
interface RequestHooks<Context extends BaseContext> {
  validationDidStart?(request: GraphQLRequestContextValidationDidStart<Context>): void;
  /** May be asynchronous. If it throws, that error is the response, and later hooks are not called. */
  didResolveOperation?(
    request: GraphQLRequestContextDidResolveOperation<Context>,
  ): Promise<void> | undefined | void;
  responseForOperation?(
    request: GraphQLRequestContextResponseForOperation<Context>,
  ): Promise<GraphQLResponse | null> | null;
  willSendResponse?(request: GraphQLRequestContextWillSendResponse<Context>): void;
}

/** Returns the hooks for a new request, if any. */
export type HooksOf<Context extends BaseContext = BaseContext> = (
  request: GraphQLRequestContext<Context>,
) => RequestHooks<Context> | undefined;

/** Returns the hooks only for requests whose `extensions` have this set to true. */
export function ifRequested<Context extends BaseContext>(
  name: string,
  hooksOf: HooksOf<Context>,
): HooksOf<Context> {
  return (all) => (all.request.extensions?.[name] === true ? hooksOf(all) : undefined);
}

/** Returns the hooks only for requests that name a document by `documentId`. */
export function ifDocumentNamed(hooksOf: HooksOf): HooksOf {
  return (all) =>
    all.request.http && documentIdOf(all.request.http) !== undefined ? hooksOf(all) : undefined;
}

/**
 * Combines these hooks into one Apollo Server plugin; they are called in order. Apollo Server awaits every plugin at every
 * hook, even those it does not implement, which takes a sixth of the time of the smallest request.
 */
export function pluginOf<Context extends BaseContext>(
  all: readonly HooksOf<Context>[],
): ApolloServerPlugin<Context> {
  return {
    async requestDidStart(request) {
      const hooks: RequestHooks<Context>[] = [];
      for (const hooksOf of all) {
        const forRequest = hooksOf(request);
        if (forRequest) hooks.push(forRequest);
      }
      return {
        async validationDidStart(context) {
          for (const each of hooks) each.validationDidStart?.(context);
        },
        async didResolveOperation(context) {
          for (const each of hooks) {
            const pending = each.didResolveOperation?.(context);
            if (pending) await pending;
          }
        },
        async responseForOperation(context) {
          for (const each of hooks) {
            const response = each.responseForOperation?.(context);
            if (response) return response;
          }
          return null;
        },
        async willSendResponse(context) {
          for (const each of hooks) each.willSendResponse?.(context);
        },
      };
    },
  };
}

/** Options of graphql-js. The number of variable errors is limited, since each repeats the value. */
const EXECUTION_OPTIONS = { maxCoercionErrors: MAX_DETAILED_ERRORS };

type Gateway = NonNullable<ApolloServerOptions<BaseContext>["gateway"]>;
interface Operation {
  document: DocumentNode;
  request: Pick<GraphQLRequest, "variables" | "operationName">;
  context: BaseContext;
}

/**
 * Executes operations with graphql-js directly, bypassing Apollo Server's execution pipeline, which takes a tenth of the CPU
 * of a small query. The hook returns results without errors. Results with errors go through the `gateway` option, so that
 * Apollo Server formats them as usual. Operations without a root type (mutations, subscriptions) are rejected.
 */
export function executeInHook(schema: GraphQLSchema): { gateway: Gateway; hooks: HooksOf } {
  const failed = new WeakMap<BaseContext, ExecutionResult>();
  const executeOperation = ({ document, request, context }: Operation) =>
    execute({
      schema,
      document,
      contextValue: context,
      variableValues: request.variables,
      operationName: request.operationName,
      options: EXECUTION_OPTIONS,
    });

  return {
    hooks: () => ({
      didResolveOperation({ operation }) {
        if (!operation || schema.getRootType(operation.operation)) return;
        throw new GraphQLError(`This service has no ${operation.operation}s, only queries.`, {
          nodes: operation,
          extensions: { code: "GRAPHQL_VALIDATION_FAILED", http: { status: 400 } },
        });
      },
      async responseForOperation({ document, request, contextValue, metrics }) {
        if (metrics.captureTraces) return null; // Apollo Server traces only its own execution
        const result = await executeOperation({ document, request, context: contextValue });
        if (result.errors) {
          failed.set(contextValue, limitErrorCount(result));
          return null;
        }
        const http = { status: undefined, headers: new HeaderMap() };
        return { http, body: { kind: "single", singleResult: result } };
      },
    }),
    gateway: {
      onSchemaLoadOrUpdate(notify) {
        notify({ apiSchema: schema, coreSupergraphSdl: "" });
        return () => {};
      },
      load: async () => ({
        executor: async (operation) => failed.get(operation.context) ?? executeOperation(operation),
      }),
      stop: async () => {},
    },
  };
}
