import type { z } from "zod";
import {
  type ColumnIn,
  type Complete,
  type Fields,
  schemaOf,
  type SchemaOf,
} from "./record.declaration.js";
import type { Field } from "./record.fields.js";
import { addPart, columnOf, type Json, partRows, type Row } from "./record.row.js";

/** A table whose rows are lists inside an item, and have no owner of their own. */
export interface PartTable {
  readonly table: string;
  /** The column that says of which item. */
  readonly container: string;
  /** The columns that tell one of its rows from another. */
  readonly key: readonly string[];
  /** Whether its rows are stored in the order of the record. */
  readonly isOrdered: boolean;
  /** Whether each names who takes part, speaks, is spoken to or is bound. */
  readonly isParty?: boolean;
  /** The properties of an entry. Its name is empty where the entry is a key alone. */
  readonly fields: readonly (readonly [property: string, field: Field])[];
}

/** A property that is a list with a table of its own. */
export interface PartsField<Schema extends z.ZodType> extends Field<never, Schema> {
  readonly part: PartTable;
}

/** Whether a property is such a list. */
export function isParts(field: Field): field is PartsField<z.ZodType> {
  return "part" in field;
}

interface PartOptions<Entity, F extends Fields, Managed> {
  table: string;
  container: ColumnIn<Entity>;
  /** The properties that tell one row from another; without any, each has an id by its position. */
  key?: readonly ColumnIn<Entity>[];
  /** Whether it is stored in the order of the record, by its position; it is, unless said otherwise. */
  isOrdered?: boolean;
  isParty?: boolean;
  /** The properties of the entity that the loader sets. */
  managed: readonly Managed[];
  fields: F;
}

/** What the entries of a list inside an item hold: every column, or it does not compile. */
export function recordPart<Entity>() {
  return <F extends Fields<ColumnIn<Entity>>, const Managed extends ColumnIn<Entity>>(
    options: PartOptions<Entity, F, Managed> & Complete<Entity, F, Managed>,
  ): PartTable & { schema: SchemaOf<F> } => ({
    table: options.table,
    container: columnOf(options.container),
    key: (options.key ?? ["id"]).map(columnOf),
    isOrdered: options.isOrdered ?? true,
    isParty: options.isParty,
    fields: Object.entries(options.fields),
    schema: schemaOf(options.fields),
  });
}

/** A list of such entries. */
export function parts<Schema extends z.ZodType>(
  part: PartTable,
  schema: Schema,
): PartsField<Schema> {
  return {
    schema,
    part,
    properties: [],
    columns: [],
    write: (row, entries, _item, ids) => {
      for (const [i, entry] of (entries as Json[]).entries()) {
        const columns: Row = {};
        for (const [property, field] of part.fields)
          field.write(columns, entry[property], entry, ids);
        addPart(row, part.table, i, columns);
      }
    },
    read: (row, keys) =>
      partRows(part.table, row)
        .filter(saysMore(part))
        .map((one) => readFields(part.fields, one, keys)),
  };
}

/** The name of the only property of a list whose entries are keys. */
export const KEY = "";

/** A list of the keys of other items. */
export function keys<Schema extends z.ZodType>(
  part: PartTable,
  schema: Schema,
): PartsField<Schema> {
  const { table, isOrdered } = part;
  const [, field] = part.fields[0]!;
  const [column] = field.columns as [string];
  return {
    schema,
    part,
    properties: [],
    columns: [],
    write: (row, given, item, ids) => {
      const rows = (given as string[]).map((key) => {
        const columns: Row = {};
        field.write(columns, key, item, ids);
        return columns;
      });
      if (!isOrdered)
        rows.sort((one, other) => (String(one[column]) < String(other[column]) ? -1 : 1));
      for (const [i, columns] of rows.entries()) addPart(row, table, i, columns);
    },
    read: (row, known, item) => {
      const found = partRows(table, row).map((each) => field.read(each, known, item));
      return isOrdered ? found : found.sort();
    },
  };
}

/** The properties that a row gives, without those that say nothing. */
export function readFields(
  fields: PartTable["fields"],
  row: Row,
  keys: Parameters<Field["read"]>[1],
): Json {
  const item: Json = {};
  for (const [property, field] of fields) {
    const value = field.read(row, keys, item);
    if (value !== undefined && !(Array.isArray(value) && value.length === 0))
      item[property] = value;
  }
  return item;
}

/** Whether a row says more than how certain something is. */
function saysMore({ fields }: PartTable): (row: Row) => boolean {
  const columns = fields.flatMap(([, field]) => (field.isCertainty ? [] : field.columns));
  return (row) => columns.some((column) => column in row);
}
