import { z } from "zod";
import { boundsOfPartialDate, partialDateOf } from "../scalars/partial-date.js";
import { FactCertainty } from "../source/source.enums.js";
import { columnOf, type Json, type Row } from "./record.row.js";
import * as values from "./record.values.js";

/** What has to be known of a record, and of what it refers to, to make rows of it. */
export interface WriteContext {
  /** The key of the record's own document. */
  readonly documentKey: string;
  /** The id of what has this key; null where nothing has. */
  readonly id: (noun: string, key: string) => string | null;
  /** The first of the keys that the thing with this one has had: what ids are made of. */
  readonly firstKey: (noun: string, key: string) => string;
}

/** What has to be known to give rows as a record does. */
export interface ReadContext {
  /** The key of what a row refers to; undefined where it refers to nothing. */
  keyOf(noun: string, id: unknown): string | undefined;
  /** A full key as the record of the document writes it. */
  label(key: string): string;
}

/** How firmly a reference orders records. `added`: it can be told later, in an addition to what is there already. */
export type Firmness = "added" | "item" | "firm";

/** What a property of the record format is, and how the columns of a row hold it. */
export interface Field<Column extends string = string, Schema extends z.ZodType = z.ZodType> {
  readonly schema: Schema;
  /** The properties of the entity that hold it. */
  readonly properties: readonly Column[];
  /** Their columns. */
  readonly columns: readonly string[];
  /** What the column holds where a record says nothing of it. */
  readonly unset?: unknown;
  /** Whether it tells the item from others: the owner's to say, and what others name the item by. */
  readonly isIdentity?: boolean;
  readonly isCountry?: boolean;
  readonly isDate?: boolean;
  readonly isCertainty?: boolean;
  /** Whether it is a key to be completed with the document's. */
  readonly isLabel?: boolean;
  /** Of a certainty: the properties of which it says how certain they are; none for the item as a whole. */
  readonly facts?: readonly string[];
  readonly reference?: { noun: string; firmness: Firmness };
  /** Puts what the record says into a row. */
  write(row: Row, value: unknown, item: Json, ids: WriteContext): void;
  /** What a record says by the row; `item` has the properties before it. */
  read(row: Row, keys: ReadContext, item: Json): unknown;
}

/** A field whose value is that of its column. */
export interface ValueField<Column extends string, Schema extends z.ZodType> extends Field<
  Column,
  Schema
> {
  readonly isValue: true;
}

interface ValueOptions {
  /** The column, where it is not called as the property is. */
  column?: string;
  isIdentity?: boolean;
}

/** A property that a column holds as it is. */
export function value<const Column extends string, Schema extends z.ZodType>(
  property: Column,
  schema: Schema,
  described: string,
  { column = columnOf(property), isIdentity = false }: ValueOptions = {},
): ValueField<Column, Schema> {
  return {
    schema: schema.describe(described),
    properties: [property],
    columns: [column],
    unset: schema instanceof z.ZodDefault ? schema.def.defaultValue : null,
    isIdentity,
    isValue: true,
    write: (row, given) => void (row[column] = given ?? null),
    read: (row) => row[column],
  };
}

/** The same, where a record may leave it out. */
export function optional<const Column extends string, Schema extends z.ZodType>(
  property: Column,
  schema: Schema,
  described: string,
) {
  return value(property, schema.nullish(), described);
}

/** A list of objects in a column of JSON, whose database keeps their properties in an order of its own. */
export function objects<const Column extends string, Shape extends z.core.$ZodShape>(
  property: Column,
  object: z.ZodObject<Shape>,
  described: string,
) {
  const field = value(property, values.entriesOrNone(object), described);
  const names = Object.keys(object.shape);
  const inOrder = (one: Json) => Object.fromEntries(names.map((name) => [name, one[name]]));
  const read = (row: Row) => (row[field.columns[0]!] as Json[] | undefined)?.map(inOrder);
  return { ...field, read };
}

/** A country's code. */
export function country<const Column extends string>(property: Column, described: string) {
  return { ...optional(property, values.country(), described), isCountry: true };
}

/** A date, held by its first and last day. The entity shows it under the name that it has in records. */
export function date<const From extends string, const To extends string>(
  from: From,
  to: To,
  described: string,
) {
  const columns = [columnOf(from), columnOf(to)] as const;
  const [first, last] = columns;
  return {
    schema: values.partialDate().nullish().describe(described),
    properties: [from, to] as readonly (From | To)[],
    columns,
    isDate: true as const,
    write: (row: Row, given: unknown) => {
      const bounds = given ? boundsOfPartialDate(given as string) : null;
      row[first] = bounds?.from ?? null;
      row[last] = bounds?.to ?? null;
    },
    read: (row: Row) => {
      const day = (column: string) => (row[column] ?? null) as string | null;
      return partialDateOf(day(first), day(last)) ?? undefined;
    },
  };
}

/** The key of another item, held by its id. */
export function referenceBy<const Column extends string, Schema extends z.ZodType>(
  noun: string,
  property: Column,
  schema: Schema,
  firmness: Firmness = "item",
): Field<Column, Schema> {
  const column = columnOf(property);
  return {
    schema,
    properties: [property],
    columns: [column],
    reference: { noun, firmness },
    write: (row, key, _item, ids) => void (row[column] = key ? ids.id(noun, key as string) : null),
    read: (row, keys) => keys.keyOf(noun, row[column]),
  };
}

/** The same by a slug, which a record may leave out. */
export function reference<const Column extends string>(
  noun: string,
  property: Column,
  described: string,
  firmness?: Firmness,
) {
  return referenceBy(noun, property, values.slug().nullish().describe(described), firmness);
}

/** A reference to a document, the record's own where it is left out. */
export function referenceToDocument<const Column extends string>(
  property: Column,
  described: string,
) {
  const field = referenceBy("document", property, values.key().optional().describe(described));
  const write: Field["write"] = (row, key, item, ids) =>
    field.write(row, key ?? ids.documentKey, item, ids);
  return { ...field, isIdentity: true, write };
}

/** A key that begins with the document's: a label without a slash is completed with it. */
export function label<const Column extends string>(property: Column, described: string) {
  const column = columnOf(property);
  const write: Field["write"] = (row, given, _item, ids) =>
    void (row[column] = fullKey(ids.documentKey, given as string));
  const read: Field["read"] = (row, keys) => keys.label(row[column] as string);
  return { ...value(property, values.key(), described), isLabel: true, write, read };
}

/** A reference by such a key. */
export function referenceByLabel<const Column extends string>(
  noun: string,
  property: Column,
  described: string,
  firmness: Firmness,
) {
  const field = referenceBy(noun, property, values.key().describe(described), firmness);
  const write: Field["write"] = (row, key, item, ids) =>
    field.write(row, fullKey(ids.documentKey, key as string), item, ids);
  return { ...field, isLabel: true, write };
}

/** The full key for a label: completed with the document's key. */
export function fullKey(documentKey: string, label: string): string {
  return label.includes("/") ? label : `${documentKey}/${label}`;
}

/** How certain the facts are that these properties before it give, or the item as a whole. */
export function certainty<const Column extends string, const Fact extends string = never>(
  property: Column,
  of: string,
  facts: readonly Fact[] = [],
) {
  const column = columnOf(property);
  const isGiven = (item: Json) => facts.length === 0 || facts.some((fact) => isPresent(item[fact]));
  return {
    schema: values.certainty(of),
    properties: [property] as readonly Column[],
    columns: [column],
    facts: facts as readonly NoInfer<Fact>[],
    isCertainty: true,
    write: (row: Row, given: unknown, item: Json) =>
      void (row[column] = isGiven(item) ? (given ?? FactCertainty.STATED) : null),
    // Said only of a fact that is said too, and only where it is not STATED.
    read: (row: Row, _keys: ReadContext, item: Json) =>
      isGiven(item) && row[column] !== FactCertainty.STATED ? row[column] : undefined,
  };
}

/** Whether a property says anything. */
export function isPresent(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}
