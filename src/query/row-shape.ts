import { getMetadataArgsStorage } from "typeorm";
import { type DateField, dateFieldsOf } from "../scalars/partial-date.js";

/** The class of an entity. */
export type EntityClass<Row extends object = object> = abstract new (...args: never[]) => Row;

/** A column and its property. */
interface Column {
  property: string;
  column: string;
  /** Whether it is read without a selection. */
  isReadByDefault: boolean;
}

/** A field whose rows, of another table, are read in the same statement as the row itself. */
export type Joined = { target: EntityClass } & (JoinedOne | JoinedMany);

/** The row that a foreign key points to. */
interface JoinedOne {
  kind: "one";
  /** The property with the foreign key. */
  property: string;
}

/** The rows that belong to a row of another table, as SQL for their alias. */
export interface ManyRows {
  /** The FROM clause. */
  from: (alias: string) => string;
  /** The column with the id of the parent. */
  parentId: (alias: string) => string;
  order: (alias: string) => string;
}

/** The rows of a table by the column with the id of their parent, in the order of another column. */
export const rowsBy = (table: string, parentId: string, order: string): ManyRows => ({
  from: (x) => `${table} ${x}`,
  parentId: (x) => `${x}.${parentId}`,
  order: (x) => `${x}.${order}`,
});

interface JoinedMany extends ManyRows {
  kind: "many";
}

/** The columns of an entity, and which of them its fields need. */
interface RowShape {
  columns: Column[];
  /** The properties of the primary key. */
  keys: string[];
  dates: readonly DateField[];
  /** Fields with rows of other tables. */
  joined: ReadonlyMap<string, Joined>;
  /** The properties that each field needs. */
  needs: ReadonlyMap<string, readonly string[]>;
}

/** The declarations of field decorators (graphql/row-fields.ts), by entity and field. */
const joinedFields = new Map<EntityClass, Map<string, Joined>>();
const neededProperties = new Map<EntityClass, Map<string, Set<string>>>();

const shapes = new Map<EntityClass, RowShape>();

/** Declares that a field of an entity resolves to rows of another table. */
export function declareJoined(entity: EntityClass, field: string, joined: Joined): void {
  mapOf(joinedFields, entity).set(field, joined);
  shapes.delete(entity);
}

/** Declares that a field of an entity needs a property of its row. */
export function declareNeed(entity: EntityClass, field: string, property: string): void {
  const fields = mapOf(neededProperties, entity);
  fields.set(field, (fields.get(field) ?? new Set()).add(property));
  shapes.delete(entity);
}

function mapOf<Declared>(all: Map<EntityClass, Map<string, Declared>>, entity: EntityClass) {
  let declared = all.get(entity);
  if (!declared) all.set(entity, (declared = new Map<string, Declared>()));
  return declared;
}

/** Whether a class is an entity. */
export function isEntity(target: unknown): target is EntityClass {
  return getMetadataArgsStorage().tables.some((table) => table.target === target);
}

/** Returns the shape of an entity, from a cache. */
export function shapeOf(entity: EntityClass): RowShape {
  let shape = shapes.get(entity);
  if (!shape) shapes.set(entity, (shape = readShape(entity)));
  return shape;
}

/** Returns the column of a property; of the primary key by default. */
export function columnOf(entity: EntityClass, property = shapeOf(entity).keys[0]): string {
  const column = shapeOf(entity).columns.find((one) => one.property === property);
  if (!column) throw new Error(`${entity.name} has no column for ${property}`);
  return column.column;
}

/** Whether a property of an entity is a foreign key to another entity, declared by its class or its name. */
export function hasForeignKey(entity: EntityClass, property: string, target: EntityClass): boolean {
  const classes = withParents(entity);
  return getMetadataArgsStorage().foreignKeys.some(
    ({ target: owner, propertyName, type }) =>
      classes.includes(owner as () => void) &&
      propertyName === property &&
      (typeof type === "string" ? type === target.name : (type as () => unknown)() === target),
  );
}

function readShape(entity: EntityClass): RowShape {
  const classes = withParents(entity);
  const declared = getMetadataArgsStorage().filterColumns(classes);
  const keys = declared.filter(({ options }) => options.primary).map((key) => key.propertyName);
  const joined = new Map(joinedFields.get(entity));
  const dates = classes.flatMap((one) => dateFieldsOf(one));
  const needs = new Map<string, readonly string[]>([
    ...dates.map(({ field, from, to }) => [field, [from, to]] as const),
    ...[...joined].map(
      ([field, one]) => [field, one.kind === "one" ? [one.property] : keys] as const,
    ),
    ...[...(neededProperties.get(entity) ?? [])].map(
      ([field, properties]) => [field, [...properties]] as const,
    ),
  ]);
  const needed = new Set([...needs.values()].flat());
  const columns = declared.map(({ propertyName, options }) => ({
    property: propertyName,
    column: options.name ?? propertyName,
    isReadByDefault: options.select !== false || needed.has(propertyName),
  }));
  for (const { property } of columns) {
    if (!needs.has(property)) needs.set(property, [property]);
  }
  return { columns, keys, dates, joined, needs };
}

/** Returns the class and those it extends, which may have columns too. */
function withParents(entity: object): (() => void)[] {
  const parent: unknown = Object.getPrototypeOf(entity);
  const parents = parent && parent !== Function.prototype ? withParents(parent) : [];
  return [entity as () => void, ...parents];
}
