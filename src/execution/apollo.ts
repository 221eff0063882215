import {
  type ApolloServerOptions,
  type GraphQLRequest,
  type GraphQLResponse,
  HeaderMap,
} from "@apollo/server";
import { type DocumentNode, execute, type ExecutionResult, type GraphQLSchema } from "graphql";
import type { Context } from "../context.js";
import { MOST_TOLD, withoutCountless } from "../error-bounds.js";
import type { HooksOf } from "../http/request-hooks.js";
import { executorByPlans } from "./executor.js";

/** What any executor is told. Each error about a variable repeats its value, so that there are not many. */
export const EXECUTION_OPTIONS = { maxCoercionErrors: MOST_TOLD };

type Gateway = NonNullable<ApolloServerOptions<Context>["gateway"]>;
type Asked = Pick<GraphQLRequest, "variables" | "operationName">;

/**
 * Makes Apollo Server execute by plans: it is given both. Of its options only `gateway` takes an executor, but then it
 * makes of every request what the garbage collector is long busy with. So what can be answered without errors is
 * answered by a hook, and the gateway hands on results with errors, which Apollo Server formats as always.
 */
export function executeByPlans(schema: GraphQLSchema): {
  gateway: Gateway;
  hooks: HooksOf<Context>;
} {
  const executor = executorByPlans(schema);
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
        return answered(executor(argumentsOf(document, request, contextValue)), contextValue);
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
