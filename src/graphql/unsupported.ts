import type { GraphQLSchema } from "graphql";
import { getMetadataStorage } from "type-graphql";
import { columnOf, isEntity, hasForeignKey, shapeOf } from "../query/row-shape.js";

/** A class whose methods resolve fields. */
export type ResolverClass = new () => object;

type Metadata = ReturnType<typeof getMetadataStorage>;
type Param = Metadata["params"][number];
type FieldResolver = Metadata["fieldResolvers"][number];

/** A class, or a member of it, with a declaration that is not supported. */
interface Declared {
  target: unknown;
  fieldName?: string;
  methodName?: string;
}

const NO_MIDDLEWARE = "@UseMiddleware is not supported";
const NO_AUTHORIZATION = "@Authorized is not supported";

/**
 * Throws at startup, naming class and method, for decorators of type-graphql that resolvers.ts does not support: an ignored
 * one might be an authorization. Call it before the schema is built from these classes.
 */
export function refuseHandlers(classes: readonly ResolverClass[]): void {
  const storage = getMetadataStorage();
  const used = new Set<unknown>(classes);
  refuse(storage.mutations, used, "a @Mutation is not supported");
  refuse(storage.subscriptions, used, "a @Subscription is not supported");
  refuse(storage.middlewares, used, NO_MIDDLEWARE);
  refuse(storage.resolverMiddlewares, used, NO_MIDDLEWARE);
  refuse(storage.authorizedFields, used, NO_AUTHORIZATION);
  refuse(storage.authorizedResolver, used, NO_AUTHORIZATION);
}

/** Throws for unsupported decorators on the types of a schema, and for methods that use a row without declaring its properties. */
export function refuseMembers(classes: readonly ResolverClass[], schema: GraphQLSchema): void {
  const storage = getMetadataStorage();
  const types = new Set<unknown>(
    [...storage.objectTypes, ...storage.inputTypes]
      .filter(({ name }) => schema.getType(name))
      .concat(storage.argumentTypes) // which are no types of the schema
      .map(({ target }) => target),
  );
  refuse(storage.middlewares, types, NO_MIDDLEWARE);
  refuse(storage.authorizedFields, types, NO_AUTHORIZATION);
  const renamed = storage.fields.filter(({ name, schemaName }) => name !== schemaName);
  refuse(
    renamed.map(({ target, name }) => ({ target, fieldName: name })),
    types,
    "a @Field of another name than its property is not supported",
  );
  const used = new Set<unknown>([...classes, ...types]);
  for (const field of storage.fieldResolvers) if (used.has(field.target)) check(field, storage);
  for (const { params = [] } of [...storage.queries, ...storage.fieldResolvers]) {
    for (const param of params) if (used.has(param.target)) checkParameter(param);
  }
}

function refuse(declared: readonly Declared[], used: ReadonlySet<unknown>, why: string): void {
  const one = declared.find(({ target }) => used.has(target));
  if (one) throw unsupported(one, why);
}

function check(field: FieldResolver, { objectTypes }: Metadata): void {
  const type = field.getObjectType?.();
  if (field.kind === "internal" || !objectTypes.some(({ target }) => target === type)) {
    throw unsupported(field, "only a @FieldResolver of an object type is supported");
  }
  if (field.schemaName !== field.methodName) {
    throw unsupported(field, "another name for a @FieldResolver is not supported");
  }
  if (!isEntity(type)) return;
  const joined = shapeOf(type).joined.get(field.methodName);
  if (joined?.kind === "one" && !hasForeignKey(type, joined.property, joined.target)) {
    throw unsupported(field, `${joined.property} is not a foreign key to ${joined.target.name}`);
  }
  if (!joined && !(field.methodName in (field.target.prototype as object))) {
    throw unsupported(field, `@JoinedRow or @JoinedRows must name the entity ${type.name}`);
  }
  for (const param of field.params ?? []) {
    if (param.kind !== "root") continue;
    const { propertyName } = param;
    if (!propertyName || !shapeOf(type).needs.get(field.methodName)?.includes(propertyName)) {
      throw unsupported(
        field,
        `declare each property of the row that it needs, by @FromRow(${type.name}, …)`,
      );
    }
    try {
      columnOf(type, propertyName);
    } catch (cause) {
      throw unsupported(field, String(cause));
    }
  }
}

function checkParameter(param: Param): void {
  if (param.kind === "pubSub") throw unsupported(param, "@PubSub is not supported");
  if (
    (param.kind === "arg" || param.kind === "args") &&
    (param.validateFn ?? param.validateSettings)
  ) {
    throw unsupported(param, "validation by a parameter is not supported");
  }
}

function unsupported({ target, fieldName, methodName }: Declared, why: string): Error {
  const names = [(target as { name: string }).name, methodName ?? fieldName].filter(Boolean);
  return new Error(`${names.join(".")}: ${why}.`);
}
