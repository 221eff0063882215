import type { z } from "zod";
import {
  type ColumnIn,
  type Complete,
  type Fields,
  schemaOf,
  type SchemaOf,
} from "./record.declaration.js";
import type { Field, WriteContext } from "./record.fields.js";
import { addPart, columnOf, type Json, partRows, type Row } from "./record.row.js";

/** How parties are told apart. */
export interface PartyKeys {
  /** Returns the key of a party as a record gives it; empty if it names nobody. `firstKey` returns the first key of an item. */
  keyOf: (given: Json, firstKey: WriteContext["firstKey"]) => string;
  /** Returns the same for a row. */
  rowKeyOf: (row: Row) => string;
}

/** A table of parts: lists inside an item, whose rows belong to the item and have no owner of their own. */
export interface PartTable {
  readonly table: string;
  /** The column with the id of the containing item. */
  readonly container: string;
  /** The columns that identify a row. */
  readonly key: readonly string[];
  /** Whether its rows are stored in the order of the record. */
  readonly isOrdered: boolean;
  /** Set if each row names a party: a person, country or organization. */
  readonly partyKeys?: PartyKeys;
  /** Whether no row may be taken away from what was published, not even by redaction. */
  readonly isPublished?: boolean;
  /** The properties of a row. The only name is `KEY` if the list holds plain keys. */
  readonly fields: readonly (readonly [property: string, field: Field])[];
}

/** A property that is a list with its own table. */
export interface PartsField<Schema extends z.ZodType> extends Field<never, Schema> {
  readonly part: PartTable;
}

/** Returns whether a property is such a list. */
export function isParts(field: Field): field is PartsField<z.ZodType> {
  return "part" in field;
}

interface PartOptions<Entity, F extends Fields, Managed> {
  table: string;
  container: ColumnIn<Entity>;
  /** The properties that identify a row; by default an id derived from its position. */
  key?: readonly ColumnIn<Entity>[];
  /** Whether rows have a position, in the order of the record; true by default. */
  isOrdered?: boolean;
  partyKeys?: PartyKeys;
  isPublished?: boolean;
  /** The properties of the entity that the loader sets. */
  managed: readonly Managed[];
  fields: F;
}

/** Declares a part table. Does not compile unless every column is mapped. */
export function recordPart<Entity>() {
  return <F extends Fields<ColumnIn<Entity>>, const Managed extends ColumnIn<Entity>>(
    options: PartOptions<Entity, F, Managed> & Complete<Entity, F, Managed>,
  ): PartTable & { schema: SchemaOf<F> } => ({
    table: options.table,
    container: columnOf(options.container),
    key: (options.key ?? ["id"]).map(columnOf),
    isOrdered: options.isOrdered ?? true,
    partyKeys: options.partyKeys,
    isPublished: options.isPublished,
    fields: Object.entries(options.fields),
    schema: schemaOf(options.fields),
  });
}

/** Declares a list of parts, given as objects. */
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

/** The property name used for lists of plain keys. */
export const KEY = "";

/** Declares a list of parts, given as plain keys of other items. */
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

/** Reads properties from a row, without empty ones. */
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

/** Returns a predicate: whether a row has any column other than certainties. */
function saysMore({ fields }: PartTable): (row: Row) => boolean {
  const columns = fields.flatMap(([, field]) => (field.isCertainty ? [] : field.columns));
  return (row) => columns.some((column) => column in row);
}

/** Names the value of each column: a property or, if several are one value, the first of them. */
export function valueNamesOf(
  fields: PartTable["fields"],
  together: readonly (readonly string[])[] = [],
): ReadonlyMap<string, string> {
  const groups = [...together, ...fields.map(([name, { facts = [] }]) => [...facts, name])];
  const names = new Map<string, string>();
  for (const group of groups) {
    const name = group.map((one) => names.get(one)).find((one) => one !== undefined) ?? group[0];
    for (const one of group) names.set(one, name!);
  }
  return new Map(
    fields.flatMap(([property, field]) =>
      columnNamesOf(field).map((column) => [column, names.get(property)!] as const),
    ),
  );
}

/** Returns the columns of a property; for parts, the prefix of their columns. */
export function columnNamesOf(field: Field): readonly string[] {
  return isParts(field) ? [`${field.part.table}/`] : field.columns;
}
