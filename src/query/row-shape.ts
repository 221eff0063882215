import { getMetadataArgsStorage } from "typeorm";
import { type DateField, dateFieldsOf } from "../scalars/partial-date.js";

/** The class of a table's rows. */
export type EntityClass<Row extends object = object> = abstract new (...args: never[]) => Row;

/** A column, and the property that holds it. */
interface Column {
  property: string;
  column: string;
  /** Whether it is read of rows that are read whole. */
  isShown: boolean;
}

/** A field that is answered by rows of another table, which are read in the same statement as the row itself. */
export type Joined = { target: EntityClass } & (One | Many);

/** The row that a foreign key points to. */
interface One {
  kind: "one";
  /** The property that holds the key. */
  property: string;
}

/** Rows that belong to one of another table, as SQL for an alias of theirs. */
export interface ManyRows {
  /** The table, and what it is joined to. */
  from: (alias: string) => string;
  /** The id of the row they belong to. */
  parentId: (alias: string) => string;
  order: (alias: string) => string;
}

interface Many extends ManyRows {
  kind: "many";
}

/** How the rows of an entity are read, and what its fields need of them. */
interface RowShape {
  columns: Column[];
  /** The properties of the primary key. */
  keys: string[];
  dates: readonly DateField[];
  /** Fields that are answered by rows of other tables. */
  joined: ReadonlyMap<string, Joined>;
  /** Which properties a field needs. */
  needs: ReadonlyMap<string, readonly string[]>;
}

/** What resolvers say of their fields, by entity and field (graphql/row-fields.ts). */
const joinedFields = new Map<EntityClass, Map<string, Joined>>();
const neededProperties = new Map<EntityClass, Map<string, Set<string>>>();

const shapes = new Map<EntityClass, RowShape>();

/** Declares that a field of an entity is answered by rows of another table. */
export function declareJoined(entity: EntityClass, field: string, joined: Joined): void {
  ofEntity(joinedFields, entity).set(field, joined);
  shapes.delete(entity);
}

/** Declares that a field of an entity needs a property of its row. */
export function declareNeed(entity: EntityClass, field: string, property: string): void {
  const fields = ofEntity(neededProperties, entity);
  fields.set(field, (fields.get(field) ?? new Set()).add(property));
  shapes.delete(entity);
}

function ofEntity<Declared>(all: Map<EntityClass, Map<string, Declared>>, entity: EntityClass) {
  let declared = all.get(entity);
  if (!declared) all.set(entity, (declared = new Map<string, Declared>()));
  return declared;
}

/** Whether a class has a table. */
export function isEntity(target: unknown): target is EntityClass {
  return getMetadataArgsStorage().tables.some((table) => table.target === target);
}

/** The name of an entity's table. */
export function tableOf(entity: EntityClass): string {
  return getMetadataArgsStorage().tables.find(({ target }) => target === entity)!.name!;
}

/** How the rows of an entity are read. */
export function shapeOf(entity: EntityClass): RowShape {
  let shape = shapes.get(entity);
  if (!shape) shapes.set(entity, (shape = readShape(entity)));
  return shape;
}

/** The column that holds a property, or that is the primary key. */
export function columnOf(entity: EntityClass, property = shapeOf(entity).keys[0]): string {
  const column = shapeOf(entity).columns.find((one) => one.property === property);
  if (!column) throw new Error(`${entity.name} has no column for ${property}`);
  return column.column;
}

/** Whether the foreign key of an entity in a property points to another entity, which it may name by its class. */
export function pointsTo(entity: EntityClass, property: string, target: EntityClass): boolean {
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
  const joined = new Map(joinedFields.get(entity));
  const dates = classes.flatMap((one) => dateFieldsOf(one));
  const needed = [...(neededProperties.get(entity) ?? [])];
  const keys = declared.filter(({ options }) => options.primary).map((key) => key.propertyName);
  return {
    columns: declared.map(({ propertyName, options }) => ({
      property: propertyName,
      column: options.name ?? propertyName,
      isShown:
        options.select !== false || needed.some(([, properties]) => properties.has(propertyName)),
    })),
    keys,
    dates,
    joined,
    needs: new Map<string, readonly string[]>([
      ...declared.map(({ propertyName }) => [propertyName, [propertyName]] as const),
      ...dates.map(({ field, from, to }) => [field, [from, to]] as const),
      ...[...joined].map(
        ([field, one]) => [field, one.kind === "one" ? [one.property] : keys] as const,
      ),
      ...needed.map(([field, properties]) => [field, [...properties]] as const),
    ]),
  };
}

/** The class and those it extends, which may hold columns too. */
function withParents(entity: object): (() => void)[] {
  const parent: unknown = Object.getPrototypeOf(entity);
  const parents = parent && parent !== Function.prototype ? withParents(parent) : [];
  return [entity as () => void, ...parents];
}
