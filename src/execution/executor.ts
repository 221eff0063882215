import {
  execute,
  type ExecutionArgs,
  type ExecutionResult,
  type GraphQLField,
  type GraphQLFieldResolver,
  type GraphQLSchema,
  isObjectType,
  OperationTypeNode,
} from "graphql";
import { buildExecutionContext } from "graphql/execution/execute.js";
import { executePlan } from "./execute.js";
import { Plans } from "./plans.js";

/** What executes operations, with the same arguments and results as graphql-js's `execute`. */
export type Executor = (args: ExecutionArgs) => ExecutionResult | Promise<ExecutionResult>;

/** Executes queries of a schema by plans. */
export function executorByPlans(schema: GraphQLSchema): Executor {
  const resolvers = resolversIn(schema);
  const plans = new Plans((field) => (resolvers.has(field) ? resolvers.get(field) : field.resolve));
  return (args) => {
    const context = buildExecutionContext(args);
    if (!("schema" in context)) return { errors: context };
    if (context.operation.operation !== OperationTypeNode.QUERY) return execute(args);
    return executePlan(context, plans.planOf(args.document, context), schema.getQueryType()!);
  };
}

/** The resolvers as they are now. Apollo Server puts others around them when something is first traced. */
function resolversIn(schema: GraphQLSchema) {
  const resolvers = new Map<
    GraphQLField<unknown, unknown>,
    GraphQLFieldResolver<unknown, unknown> | undefined
  >();
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) resolvers.set(field, field.resolve);
  }
  return resolvers;
}
