import type { GraphQLFieldResolver, GraphQLResolveInfo, GraphQLSchema } from "graphql";
import { getMetadataStorage } from "type-graphql";
import type { Context } from "../context.js";
import { rowsUnder } from "../query/lookups.js";
import { type EntityClass, isEntity, type Joined, shapeOf } from "../query/rows.js";
import { type DateField, partialDateOf } from "../scalars/partial-date.js";
import { selectedIn } from "./look-ahead.js";
import { refuseMembers, type ResolverClass } from "./unsupported.js";

type Row = Record<string, unknown>;
type Resolve = GraphQLFieldResolver<Row, Context, Record<string, unknown>>;
type Resolvers = Record<string, Record<string, Resolve>>;
type Metadata = ReturnType<typeof getMetadataStorage>;
type ClassMethod = Pick<Metadata["queries"][number], "target" | "methodName" | "params">;

/** What a resolver is called with. */
interface Call {
  root: Row;
  args: Record<string, unknown>;
  context: Context;
  info: GraphQLResolveInfo;
}

/**
 * The resolvers of each type: fields that come with their row, and methods of classes. These are called with what there is:
 * type-graphql itself copies the row into an instance of its class for every field, the arguments too, and makes a promise
 * of each. What of type-graphql this leaves out is refused.
 */
export function resolversOf(classes: readonly ResolverClass[], schema: GraphQLSchema): Resolvers {
  const storage = getMetadataStorage();
  refuseMembers(classes, schema);
  const instances = new Map(classes.map((target) => [target as unknown, new target()]));
  const resolvers: Resolvers = { Query: {} };
  const add = (type: string, field: string, resolve: Resolve) =>
    ((resolvers[type] ??= {})[field] = resolve);

  for (const query of storage.queries) {
    const instance = instances.get(query.target);
    if (instance) add("Query", query.schemaName, methodOf(instance, query));
  }
  for (const { target: entity, name } of storage.objectTypes) {
    if (!isEntity(entity) || !schema.getType(name)) continue;
    for (const date of shapeOf(entity).dates) add(name, date.field, dateOf(date));
  }
  for (const field of storage.fieldResolvers) {
    const instance = instances.get(field.target);
    if (!instance) continue;
    const target = field.getObjectType!();
    const { name } = storage.objectTypes.find((type) => type.target === target)!;
    const joined = isEntity(target) && shapeOf(target).joined.get(field.methodName);
    const resolve = joined ? joinedOf(target, field.methodName, joined) : methodOf(instance, field);
    add(name, field.schemaName, resolve);
  }
  return resolvers;
}

function dateOf({ from, to }: DateField): Resolve {
  return (row) => partialDateOf(row[from] as string | null, row[to] as string | null);
}

/** What was read with the row; loaders are asked for what was not, such as beyond the depth of one statement. */
function joinedOf(entity: EntityClass, field: string, joined: Joined): Resolve {
  if (joined.kind === "one") {
    const { property, target } = joined;
    return (row, _args, { loaders }) => {
      if (row[field] !== undefined) return row[field];
      const key = row[property] as string | null;
      return key === null ? null : loaders.pointedTo(target, key);
    };
  }
  const lookup = rowsUnder(entity, field, joined);
  return (row, _args, { loaders }, info) =>
    row[field] ?? loaders.rows(lookup, selectedIn(info)).load(row.id as string);
}

function methodOf(instance: object, { methodName, params = [] }: ClassMethod): Resolve {
  const parameters = params.toSorted((a, b) => a.index - b.index).map(parameterOf);
  const method = (instance as Record<string, (...given: unknown[]) => unknown>)[methodName]!;
  return (root, args, context, info) => {
    const call = { root, args, context, info };
    return method.apply(
      instance,
      parameters.map((parameter) => parameter(call)),
    );
  };
}

/** What a method gets for one of its parameters. */
function parameterOf(parameter: Metadata["params"][number]): (call: Call) => unknown {
  switch (parameter.kind) {
    case "root": {
      const property = parameter.propertyName;
      return property === undefined ? ({ root }) => root : ({ root }) => root[property];
    }
    case "context": {
      const property = parameter.propertyName as keyof Context | undefined;
      return property === undefined ? ({ context }) => context : ({ context }) => context[property];
    }
    case "info":
      return ({ info }) => info;
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
