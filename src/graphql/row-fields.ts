import { Extensions, FieldResolver, Root } from "type-graphql";
import { declareJoined, declareNeed, type ManyRows } from "../query/rows.js";

/** What a field's decorator tells type-graphql besides its type. */
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
 * Gives a resolver's method one property of its row. Only what the fields of a question need is read of a row, so that a
 * method says here what that is: there is no other way to it. The compiler checks that the property is there and that it
 * is what the parameter takes.
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
 * Declares a field that comes with its row: what the foreign key in `property` points to is read in the same statement
 * (query/rows.ts), and by its key where the row came without it.
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

/** The same of a list: the rows of another table that belong to the row. `listSize`: how long it is taken to be (cost/). */
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
