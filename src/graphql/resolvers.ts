import type { GraphQLFieldResolver, GraphQLResolveInfo, GraphQLSchema } from "graphql";
import { getMetadataStorage } from "type-graphql";
import type { Context } from "../context.js";
import { rowsByParent } from "../query/rows.js";
import { type EntityClass, isEntity, type Joined, shapeOf } from "../query/row-shape.js";
import { type DateField, partialDateOf } from "../scalars/partial-date.js";
import { selectionOf } from "./look-ahead.js";
import { refuseMembers, type ResolverClass } from "./unsupported.js";

type Row = Record<string, unknown>;
type Resolve = GraphQLFieldResolver<Row, Context, Record<string, unknown>>;
type Resolvers = Record<string, Record<string, Resolve>>;
type Metadata = ReturnType<typeof getMetadataStorage>;
type ClassMethod = Pick<Metadata["queries"][number], "target" | "methodName" | "params">;

/** The arguments of one call of a resolver. */
interface Call {
  root: Row;
  args: Record<string, unknown>;
  context: Context;
  info: GraphQLResolveInfo;
}

/**
 * Creates the resolvers of each type: fields that are read with their row, and methods of resolver classes. Methods are called
 * with the row and the arguments as they are; type-graphql's own resolvers would copy both into class instances, and return a
 * promise, for every field. Features of type-graphql that this does not support are refused (unsupported.ts).
 */
export function createResolvers(
  classes: readonly ResolverClass[],
  schema: GraphQLSchema,
): Resolvers {
  const storage = getMetadataStorage();
  refuseMembers(classes, schema);
  const instances = new Map(classes.map((target) => [target as unknown, new target()]));
  const resolvers: Resolvers = { Query: {} };
  const add = (type: string, field: string, resolve: Resolve) =>
    ((resolvers[type] ??= {})[field] = resolve);

  for (const query of storage.queries) {
    const instance = instances.get(query.target);
    if (instance) add("Query", query.schemaName, methodResolver(instance, query));
  }
  for (const { target: entity, name } of storage.objectTypes) {
    if (!isEntity(entity) || !schema.getType(name)) continue;
    for (const date of shapeOf(entity).dates) add(name, date.field, dateResolver(date));
  }
  for (const field of storage.fieldResolvers) {
    const instance = instances.get(field.target);
    if (!instance) continue;
    const target = field.getObjectType!();
    const { name } = storage.objectTypes.find((type) => type.target === target)!;
    const joined = isEntity(target) && shapeOf(target).joined.get(field.methodName);
    const resolve = joined
      ? joinedResolver(target, field.methodName, joined)
      : methodResolver(instance, field);
    add(name, field.schemaName, resolve);
  }
  return resolvers;
}

function dateResolver({ from, to }: DateField): Resolve {
  return (row) => partialDateOf(row[from] as string | null, row[to] as string | null);
}

/** Returns the rows that were read with the parent; loads them if they were not, such as beyond the depth of one statement. */
function joinedResolver(entity: EntityClass, field: string, joined: Joined): Resolve {
  if (joined.kind === "one") {
    const { property, target } = joined;
    return (row, _args, { loaders }) => {
      if (row[field] !== undefined) return row[field];
      const key = row[property] as string | null;
      return key === null ? null : loaders.byForeignKey(target, key);
    };
  }
  const lookup = rowsByParent(entity, field, joined);
  return (row, _args, { loaders }, info) =>
    row[field] ?? loaders.rows(lookup, selectionOf(info)).load(row.id as string);
}

function methodResolver(instance: object, { methodName, params = [] }: ClassMethod): Resolve {
  const parameters = params.toSorted((a, b) => a.index - b.index).map(parameterReader);
  const method = (instance as Record<string, (...given: unknown[]) => unknown>)[methodName]!;
  return (root, args, context, info) => {
    const call = { root, args, context, info };
    return method.apply(
      instance,
      parameters.map((parameter) => parameter(call)),
    );
  };
}

/** Returns a function that gets the value of one parameter of a method. */
function parameterReader(parameter: Metadata["params"][number]): (call: Call) => unknown {
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
