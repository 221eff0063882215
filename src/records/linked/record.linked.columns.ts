import { columnOf, type EntityClass, shapeOf } from "../../query/row-shape.js";
import { tableOf } from "../../query/rows.js";
import { partialDateSql } from "../../scalars/partial-date.js";
import { iri, type Node } from "./record.linked.context.js";

/** The SQL expression of a value, with the type of the value. */
export interface LinkedColumn<Value> {
  sql: string;
  /** Never set: it only carries the type. */
  value?: Value;
}

/** Columns by the name that a row has them under. */
export type LinkedColumns = Readonly<Record<string, LinkedColumn<unknown>>>;

/** A row of these columns. */
export type RowOf<Columns extends LinkedColumns> = {
  readonly [Name in keyof Columns]: Exclude<Columns[Name]["value"], undefined>;
};

/**
 * The columns of an entity, with its dates, in the row with this alias. As elsewhere, those that are not read by default (`select: false`)
 * are missing, whatever the type says: name them.
 */
export function columnsOf<Entity extends object>(entity: EntityClass<Entity>, alias: string) {
  const { columns, dates } = shapeOf(entity);
  const sqlOf = (property: string) => `${alias}.${columnOf(entity, property)}`;
  return Object.fromEntries([
    ...columns
      .filter(({ isReadByDefault }) => isReadByDefault)
      .map(({ property }) => [property, { sql: sqlOf(property) }]),
    ...dates.map(({ field, from, to }) => [field, { sql: partialDateSql(sqlOf(from), sqlOf(to)) }]),
  ]) as { readonly [Property in keyof Entity & string]: LinkedColumn<Entity[Property]> };
}

/** Returns what makes a reference to an item from its id: a node with its id and name. */
export const referenceTo =
  (entity: EntityClass, type: string, name = "name") =>
  (id: string): LinkedColumn<Node | null> => ({
    sql: `(SELECT json_strip_nulls(json_build_object('id', '${iri("")}' || r.id, 'type', '${type}', 'schema:name', r.${name}))
      FROM ${tableOf(entity)} r WHERE r.id = ${id})`,
  });

/** A list: these columns of each of these rows, in this order. */
export function list<Columns extends LinkedColumns>(
  columns: Columns,
  rows: string,
  order: string,
): LinkedColumn<RowOf<Columns>[]> {
  const values = Object.entries(columns).map(([name, { sql }]) => `'${name}', ${sql}`);
  return {
    sql: `(SELECT coalesce(json_agg(json_build_object(${values.join(", ")}) ORDER BY ${order}), '[]') FROM ${rows})`,
  };
}
