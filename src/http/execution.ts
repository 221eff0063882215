import {
  type ApolloServerOptions,
  type GraphQLRequest,
  type GraphQLResponse,
  HeaderMap,
} from "@apollo/server";
import { type DocumentNode, execute, type ExecutionResult, type GraphQLSchema } from "graphql";
import type { Context } from "../context.js";
import { MOST_TOLD, withoutCountless } from "../graphql/error-bounds.js";
import type { HooksOf } from "./request-hooks.js";

/** What graphql-js is told. Each error about a variable repeats its value, so that there are not many. */
const EXECUTION_OPTIONS = { maxCoercionErrors: MOST_TOLD };

type Gateway = NonNullable<ApolloServerOptions<Context>["gateway"]>;
type Asked = Pick<GraphQLRequest, "variables" | "operationName">;

/**
 * Has operations executed by graphql-js without what Apollo Server does around it for each: both parts are given to it. What
 * is answered without errors, a hook answers; results with errors the gateway hands on, which Apollo Server formats as
 * always. That is a tenth of the CPU of a small question.
 */
export function executeInHook(schema: GraphQLSchema): {
  gateway: Gateway;
  hooks: HooksOf<Context>;
} {
  const faulty = new WeakMap<object, ExecutionResult>();
  const argumentsOf = (document: DocumentNode, request: Asked, contextValue: Context) => ({
    schema,
    document,
    contextValue,
    variableValues: request.variables,
    operationName: request.operationName,
    options: EXECUTION_OPTIONS,
  });

  const answered = async (
    executed: ExecutionResult | Promise<ExecutionResult>,
    contextValue: Context,
  ): Promise<GraphQLResponse | null> => {
    const result = withoutCountless(await executed);
    if (result.errors) {
      faulty.set(contextValue, result);
      return null;
    }
    const http = { status: undefined, headers: new HeaderMap() };
    return { http, body: { kind: "single", singleResult: result } };
  };

  return {
    hooks: () => ({
      responseForOperation({ document, request, contextValue, metrics }) {
        if (metrics.captureTraces) return null; // which only the schema's own resolvers can be watched for
        return answered(execute(argumentsOf(document, request, contextValue)), contextValue);
      },
    }),
    gateway: {
      onSchemaLoadOrUpdate(tell) {
        tell({ apiSchema: schema, coreSupergraphSdl: "" });
        return () => {};
      },
      load: async () => ({
        executor: async ({ document, request, context }) =>
          faulty.get(context) ?? execute(argumentsOf(document, request, context as Context)),
      }),
      stop: async () => {},
    },
  };
}
