import { partialDateSql } from "../../scalars/partial-date.js";
import type { Field } from "../record.fields.js";
import { isEntries, type ItemFormat } from "../record.item.js";
import { isParts, KEY } from "../record.parts.js";
import { columnOf } from "../record.row.js";

/** A column of a CSV file. */
export interface Column {
  name: string;
  /** The SQL expression of its value, in the row `x`. */
  sql: string;
  /** The field of the API that it is, `Type.field`, whose description, type and values are then its own. */
  field?: string;
  /** Its type, as Table Schema has it, and what it means, where no field of the API says so. */
  type?: "string" | "integer" | "boolean" | "date";
  description?: string;
  /** Whether every row has a value. */
  required?: boolean;
  /** A regular expression that every value matches. */
  pattern?: string;
  /** The noun that it refers to. */
  refersTo?: string;
}

/** A CSV file as the folder of its noun declares it. */
export interface NounTable<Of = Column> {
  /** The name of the file without `.csv`. */
  name: string;
  description: string;
  /** The noun whose items are its rows, if columns of other files refer to them. */
  noun?: string;
  /** The columns by which people know a row: a key that is unique, and a name in a few words. */
  readable?: readonly string[];
  /** The columns that identify a row. */
  primaryKey: readonly string[];
  /** The table that rows are read from, or a SELECT in parentheses. */
  from: string;
  /** The SQL expressions by which rows are sorted: of indexed columns where there may be many. */
  order: string;
  columns: readonly Of[];
}

/** The form of an id. */
export const UUID = "^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$";

/** A column of the row `x`; of this name there, unless it says otherwise. */
export function column(
  name: string,
  rest: Omit<Column, "name" | "sql"> & { sql?: string },
): Column {
  return { name, sql: `x.${name}`, ...rest };
}

/** The column that identifies an item, for ever and on every installation. */
export function id(field: string): Column {
  return column("id", { field, required: true, pattern: UUID });
}

/** The column for the item that a row belongs to, or for one of the kinds of items that it can belong to. */
export function link(noun: string, description = `The ${noun}.`, required = true): Column {
  return column(`${noun}_id`, { type: "string", description, refersTo: noun, required });
}

/** A partial date as the API gives it, and its first and last day, by which rows can be compared. */
export function partialDate(name: string, field: string, from: string, to: string): Column[] {
  const bound = (suffix: string, which: string, day: string) =>
    column(`${name}_${suffix}`, {
      type: "date",
      sql: `x.${day}::text`,
      description: `${which} day of \`${name}\`: that of the month or year where it is no more exact.`,
    });
  return [
    column(name, {
      field,
      sql: partialDateSql(`x.${from}`, `x.${to}`),
      pattern: "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$",
    }),
    bound("from", "First", from),
    bound("to", "Last", to),
  ];
}

/** The position of a part in the list that it is in. */
export function position(): Column {
  const description = "Its place in the list, from 0, in the order of the record.";
  return column("position", { type: "integer", description, required: true });
}

type FileOptions = Pick<NounTable, "name" | "description" | "readable">;

/** Columns by property. */
type ColumnsOf = Readonly<Record<string, readonly Column[] | undefined>>;

interface ItemOptions<Property extends string> extends FileOptions {
  /** If not all rows of its table are in it. */
  from?: string;
  /** Properties that only records need. Lists are left out anyway: they are other files. */
  leftOut?: readonly Property[];
  /** The columns of a property, where they do not follow from the format. */
  written?: { readonly [Name in Property | "id"]?: readonly Column[] };
  /** Columns of its own, by the property that they stand before. */
  before?: { readonly [Name in Property]?: readonly Column[] };
}

/** A file with a row for each item of a noun: its id, and its properties in the order of the format. */
export function itemTable<Shape extends object>(
  format: ItemFormat & { readonly schema: { readonly shape: Shape } },
  options: ItemOptions<keyof Shape & string>,
): NounTable {
  const { from = format.table, leftOut = [], written, before, ...rest } = options;
  const own: ColumnsOf = { ...written };
  const inserted: ColumnsOf = { ...before };
  const type = format.options.typename!;
  const properties = format.fields.filter(
    ([property, field]) => !isList(field) && !(leftOut as readonly string[]).includes(property),
  );
  return {
    noun: format.noun,
    primaryKey: ["id"],
    from,
    order: "x.id",
    columns: [
      ...(own.id ?? [id(`${type}.id`)]),
      ...properties.flatMap(([property, field]) => [
        ...(inserted[property] ?? []),
        ...(own[property] ?? columnsOf(type, property, field)),
      ]),
    ],
    ...rest,
  };
}

function isList(field: Field): boolean {
  return isParts(field) || isEntries(field) || Array.isArray(field.unset);
}

interface PartOptions extends FileOptions {
  /** The type of the API that a row is; absent if a row is no more than a link. */
  type?: string;
}

/** A file with a row for each entry of a list inside items, all of whose properties are columns. */
export function partTable(
  format: ItemFormat,
  list: string,
  { type, ...rest }: PartOptions,
): NounTable {
  const { table, container, key, isOrdered, fields } = new Map(format.parts).get(list)!;
  const order = [
    container,
    ...(isOrdered ? ["position"] : []),
    ...key.filter((one) => one !== "id"),
  ];
  return {
    primaryKey: key,
    from: table,
    order: [...new Set(order)].map((one) => `x.${one}`).join(", "),
    columns: [
      ...(key.includes("id") ? [id(`${type!}.id`)] : []),
      link(format.noun),
      ...(isOrdered ? [position()] : []),
      ...fields.flatMap(([property, field]) =>
        property === KEY ? link(field.reference!.noun) : columnsOf(type!, property, field),
      ),
    ],
    ...rest,
  };
}

/** The columns of a property of the record format, which the API has under the same name. */
function columnsOf(type: string, property: string, field: Field): Column[] {
  const [name, api] = [columnOf(property), `${type}.${property}`];
  const [first, last] = field.columns as [string, string];
  if ("isDate" in field) return [...partialDate(name, api, first, last)];
  const { reference, codeOf, facts, schema } = field;
  const refersTo = codeOf ?? reference?.noun;
  // What records may omit has a value all the same if there is a default.
  const omitted = schema.safeParse(undefined);
  const required = facts?.length === 0 || !omitted.success || (omitted.data ?? null) !== null;
  return [{ name: refersTo ? first : name, sql: `x.${first}`, field: api, refersTo, required }];
}
