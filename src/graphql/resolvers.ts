import type { GraphQLFieldResolver, GraphQLResolveInfo } from "graphql";
import { getMetadataStorage } from "type-graphql";

type Resolve = GraphQLFieldResolver<unknown, object>;
type ClassMethod = Pick<Metadata["queries"][number], "target" | "methodName" | "params">;
type Metadata = ReturnType<typeof getMetadataStorage>;

/** What a resolver is called with. */
interface Call {
  root: unknown;
  args: Record<string, unknown>;
  context: object;
  info: GraphQLResolveInfo;
}

/**
 * The resolvers of each type, as their classes declare them. They are called with what there is: type-graphql itself
 * copies the row into an instance of its class for every field, the arguments too, and makes a promise of each.
 */
export function resolversOfClasses(): Record<string, Record<string, Resolve>> {
  const { queries, fieldResolvers, objectTypes } = getMetadataStorage();
  const names = new Map<unknown, string>(objectTypes.map(({ target, name }) => [target, name]));
  const instances = new Map<unknown, Record<string, (...given: unknown[]) => unknown>>();

  function resolverOf({ target, methodName, params = [] }: ClassMethod): Resolve {
    if (!instances.has(target)) instances.set(target, new (target as new () => never)());
    const instance = instances.get(target)!;
    const parameters = params.toSorted((a, b) => a.index - b.index).map(parameterOf);
    return (root, args: Call["args"], context, info) => {
      const call = { root, args, context, info };
      return instance[methodName]!(...parameters.map((parameter) => parameter(call)));
    };
  }

  const resolvers: Record<string, Record<string, Resolve>> = { Query: {} };
  for (const query of queries) resolvers.Query![query.schemaName] = resolverOf(query);
  for (const field of fieldResolvers) {
    const type = names.get(field.getObjectType!())!;
    (resolvers[type] ??= {})[field.schemaName] = resolverOf(field);
  }
  return resolvers;
}

/** What a method gets for one of its parameters. */
function parameterOf(parameter: Metadata["params"][number]): (call: Call) => unknown {
  switch (parameter.kind) {
    case "root":
      return ({ root }) => root;
    case "context":
      return ({ context }) => context;
    case "args":
      return ({ args }) => args;
    case "arg":
      return ({ args }) => args[parameter.name];
    case "custom":
      return (call): unknown => parameter.resolver(call);
    default:
      throw new Error(`${parameter.methodName}: @${parameter.kind} is not supported`);
  }
}
