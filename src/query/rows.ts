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

/** Rows of a table that hold the id of the one they belong to, in the order of a column. */
export const rowsBy = (table: string, parentId: string, order: string): ManyRows => ({
  from: (x) => `${table} ${x}`,
  parentId: (x) => `${x}.${parentId}`,
  order: (x) => `${x}.${order}`,
});

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
    isShown: options.select !== false || needed.has(propertyName),
  }));
  for (const { property } of columns) {
    if (!needs.has(property)) needs.set(property, [property]);
  }
  return { columns, keys, dates, joined, needs };
}

/** The class and those it extends, which may hold columns too. */
function withParents(entity: object): (() => void)[] {
  const parent: unknown = Object.getPrototypeOf(entity);
  const parents = parent && parent !== Function.prototype ? withParents(parent) : [];
  return [entity as () => void, ...parents];
}

/** Fields that a question selects, and what it selects of each. */
export interface Selection {
  [field: string]: Selection;
}

/** Something that a row is read with: a property, or a field that is answered by rows of another table. */
interface Part {
  name: string;
  sql: string;
}

/** Beyond so many steps from a row its surroundings are read by the loaders, for all rows at once. */
const DEEPEST = 3;

const ALL: Selection = {};
// What is selected is gathered once for a document, so that its SQL is made once too.
const texts = new WeakMap<Selection, Map<string, string>>();

/**
 * The select list that reads rows of the table `alias` in the shape of their entity: `p.sort_name AS "sortName"`. With a
 * selection, the columns that show what is selected, and as JSON under its field's name what the rows point to; without
 * one, all columns but those that are declared with `select: false`, which show nothing.
 */
export function select(entity: EntityClass, alias: string, selected?: Selection): string {
  const known = texts.get(selected ?? ALL) ?? new Map<string, string>();
  texts.set(selected ?? ALL, known);
  const key = `${entity.name} ${alias}`;
  let text = known.get(key);
  if (text === undefined) {
    const parts = partsOf(entity, alias, selected, 1);
    text = parts.map(({ name, sql }) => `${sql} AS "${name}"`).join(", ");
    known.set(key, text);
  }
  return text;
}

/** In the order of the entity, so that who selects the same in another order asks the same of PostgreSQL. */
function partsOf(
  entity: EntityClass,
  alias: string,
  selected: Selection | undefined,
  depth: number,
): Part[] {
  const { columns, keys, joined, needs } = shapeOf(entity);
  const comes = [...joined].filter(([field]) => selected?.[field] && depth <= DEEPEST);
  const others = Object.keys(selected ?? {}).filter(
    (field) => !comes.some(([joinedField]) => joinedField === field),
  );
  // A search selects fields of several types at once: those that this one lacks get its key.
  const wanted = new Set(others.flatMap((field) => needs.get(field) ?? keys));
  if (comes.length + wanted.size === 0) for (const key of keys) wanted.add(key);
  return [
    ...columns
      .filter(({ property, isShown }) => (selected ? wanted.has(property) : isShown))
      .map(({ property, column }) => ({ name: property, sql: `${alias}.${column}` })),
    ...comes.map(([field, rows]) => {
      const inner = `${alias}_${field.toLowerCase()}`;
      const parts = partsOf(rows.target, inner, selected![field], depth + 1);
      return { name: field, sql: joinedSql(rows, inner, parts, entity, alias) };
    }),
  ];
}

/** What rows of the table `alias` point to, or what belongs to them, as JSON: an object or null, or a list. */
function joinedSql(
  joined: Joined,
  inner: string,
  parts: Part[],
  entity: EntityClass,
  alias: string,
): string {
  const object = `json_build_object(${parts.map(({ name, sql }) => `'${name}', ${sql}`).join(", ")})`;
  if (joined.kind === "one") {
    const { target, property } = joined;
    return `(SELECT ${object} FROM ${tableOf(target)} ${inner}
      WHERE ${inner}.${columnOf(target)} = ${alias}.${columnOf(entity, property)})`;
  }
  return `(SELECT coalesce(json_agg(listed.row), '[]') FROM (
    SELECT ${object} AS row FROM ${joined.from(inner)}
    WHERE ${joined.parentId(inner)} = ${alias}.id ORDER BY ${joined.order(inner)}) AS listed)`;
}
