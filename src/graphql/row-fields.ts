import { createParameterDecorator, Extensions, FieldResolver, Root } from "type-graphql";
import { declareJoined, declareNeed, type ManyRows } from "../query/row-shape.js";

/** The options of a field for type-graphql, besides its type. */
interface FieldOptions {
  nullable?: boolean;
  description: string;
}

type Entity<Row extends object = object> = new () => Row;

type Parameter<Class, Method extends keyof Class, Index extends number> = Class[Method] extends (
  ...parameters: infer Parameters
) => unknown
  ? Parameters[Index]
  : never;

/**
 * Parameter decorator: passes one property of the row to a method. Only the columns that the selected fields need are read, so
 * a method declares each property that it needs. The compiler checks that the property exists and has the type of the
 * parameter.
 */
export function FromRow<Row extends object, Property extends keyof Row & string>(
  entity: Entity<Row>,
  property: Property,
) {
  return <Class extends object, Method extends keyof Class & string, Index extends number>(
    prototype: Class,
    method: Method,
    index: Index & (Row[Property] extends Parameter<Class, Method, Index> ? unknown : never),
  ): void => {
    declareNeed(entity, method, property);
    Root(property)(prototype, method, index);
  };
}

/**
 * Parameter decorator: passes several properties of the row to a method, as an object. The compiler checks that the parameter has no
 * others.
 */
export function AllFromRow<Row extends object, Property extends keyof Row & string>(
  entity: Entity<Row>,
  properties: readonly Property[],
) {
  return <Class extends object, Method extends keyof Class & string, Index extends number>(
    prototype: Class,
    method: Method,
    index: Index & (Pick<Row, Property> extends Parameter<Class, Method, Index> ? unknown : never),
  ): void => {
    for (const property of properties) declareNeed(entity, method, property);
    createParameterDecorator(({ root }) => root as Row)(prototype, method, index);
  };
}

/**
 * Declares a field that resolves to the row behind a foreign key. It is read in the same statement as its parent
 * (query/rows.ts), or else by a loader.
 */
export function JoinedRow<Row extends object>(
  entity: Entity<Row>,
  property: keyof Row & string,
  target: Entity,
  options: FieldOptions,
): PropertyDecorator {
  return (prototype, field) => {
    declareJoined(entity, field as string, { kind: "one", property, target });
    FieldResolver(() => target, options)(prototype, field, {});
  };
}

/** Declares a field that resolves to the rows of another table that belong to the row. `listSize` is the assumed length (cost/). */
export function JoinedRows(
  entity: Entity,
  target: Entity,
  rows: ManyRows,
  { listSize, ...options }: FieldOptions & { listSize: number },
): PropertyDecorator {
  return (prototype, field) => {
    declareJoined(entity, field as string, { kind: "many", target, ...rows });
    FieldResolver(() => [target], options)(prototype, field, {});
    Extensions({ listSize })(prototype, field, {});
  };
}
