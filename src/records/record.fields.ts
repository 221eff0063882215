import { z } from "zod";
import { boundsOfPartialDate, partialDateOf } from "../scalars/partial-date.js";
import { FactCertainty } from "../source/source.enums.js";
import { columnOf, type Json, type Row } from "./record.row.js";
import * as values from "./record.values.js";

/** Resolves the keys in a record to ids, to write rows. */
export interface WriteContext {
  /** The key of the record's document. */
  readonly documentKey: string;
  /** Returns the id of the item with this key; null if there is none. */
  readonly id: (noun: string, key: string) => string | null;
  /** Returns the key of an item as it is stored: prefixed with the document's key if it is a label. */
  readonly fullKey: (noun: string, key: string) => string;
  /** Returns the first key of the item with this key. Ids are derived from first keys. */
  readonly firstKey: (noun: string, key: string) => string;
  /** Returns the sha256 of a document's text, by the document's key; null if it has none. */
  readonly sha256Of: (document: string) => string | null;
  /** Returns the columns of a property of another item. */
  readonly columnsOf: (noun: string, property: string, value: unknown) => Row;
}

/** Resolves ids to keys, to write a record. */
export interface ReadContext {
  /** Returns the key of the item that a row refers to; undefined if none. */
  keyOf(noun: string, id: unknown): string | undefined;
  /** Returns the sha256 of a document's text, by the document's id; null if it has none. */
  sha256Of(document: unknown): string | null;
  /** Returns a full key as the document's record writes it. */
  label(key: string): string;
  /** Returns the value of a property of another item, from its columns. */
  valueIn(noun: string, property: string, columns: Row): unknown;
}

/** How firmly a reference orders records in an export. `added`: a later record can add it. `firm`: it cannot be deferred. */
export type Firmness = "added" | "item" | "firm";

/** How the values of several records are united. */
export interface FieldUnion {
  readonly column: string;
  /** Returns what the columns of one record add. */
  readonly elements: (given: Row) => readonly unknown[];
  /** Returns what only one element can have; the preferred record's is kept. */
  readonly nameOf: (element: unknown) => string;
  /** The column that shows one of the elements, which is left out here. */
  readonly shownAs?: string;
}

/** A property of the record format, and its mapping to columns. */
export interface Field<Column extends string = string, Schema extends z.ZodType = z.ZodType> {
  readonly schema: Schema;
  /** The properties of the entity that store it. */
  readonly properties: readonly Column[];
  /** Their columns. */
  readonly columns: readonly string[];
  /** The value of the columns if a record does not give the property. */
  readonly unset?: unknown;
  /** The noun that it holds a code of, such as `country`. */
  readonly codeOf?: string;
  /** Of a date: the property with a date that it is not before. */
  readonly notBefore?: string;
  /** Whether its columns are one value, which messages show as a record writes it. */
  readonly isWhole?: boolean;
  /** The kinds of documents whose records may give it; any if absent. */
  readonly onlyFrom?: readonly string[];
  readonly isCertainty?: boolean;
  /** Whether it is a label: a key without the document's key. */
  readonly isLabel?: boolean;
  /** Of a certainty: the properties that it is about; empty for the whole item. */
  readonly facts?: readonly string[];
  readonly reference?: { noun: string; firmness: Firmness };
  /** Set if it refers to items whose noun depends on the item (or its row). */
  readonly nounOf?: (item: Json) => string;
  /** Set if the item shows what all records give, not what one of them does. */
  readonly unions?: readonly FieldUnion[];
  /** Writes the value of a record into a row. */
  write(row: Row, value: unknown, item: Json, ids: WriteContext): void;
  /** Reads the value for a record from a row; `item` has the properties before it. */
  read(row: Row, keys: ReadContext, item: Json): unknown;
}

/** A field with the same value as its column. */
export interface ValueField<Column extends string, Schema extends z.ZodType> extends Field<
  Column,
  Schema
> {
  readonly isValue: true;
}

/** Declares a property that is stored unchanged in one column. */
export function value<const Column extends string, Schema extends z.ZodType>(
  property: Column,
  schema: Schema,
  described: string,
  /** If its name differs from the property's. */
  column = columnOf(property),
): ValueField<Column, Schema> {
  return {
    schema: schema.describe(described),
    properties: [property],
    columns: [column],
    unset: schema instanceof z.ZodDefault ? schema.def.defaultValue : null,
    isValue: true,
    write: (row, given) => void (row[column] = given ?? null),
    read: (row) => row[column],
  };
}

/** Declares such a property that a record may omit. */
export function optional<const Column extends string, Schema extends z.ZodType>(
  property: Column,
  schema: Schema,
  described: string,
) {
  return value(property, schema.nullish(), described);
}

/** Declares a list of objects in a JSON column. Restores the order of their properties, which jsonb does not keep. */
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

/** Declares a partial date, stored as its first and last day. The entity has it under the same name as records do. */
export function date<const From extends string, const To extends string>(
  from: From,
  to: To,
  described: string,
  notBefore?: string,
) {
  const columns = [columnOf(from), columnOf(to)] as const;
  const [first, last] = columns;
  return {
    schema: values.partialDate().nullish().describe(described),
    properties: [from, to] as readonly (From | To)[],
    columns,
    isDate: true as const,
    notBefore,
    isWhole: true,
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

/** Declares a reference to another item by key, stored as its id. */
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

/** Declares an optional reference by slug. */
export function reference<const Column extends string>(
  noun: string,
  property: Column,
  described: string,
  firmness?: Firmness,
) {
  return referenceBy(noun, property, values.slug().nullish().describe(described), firmness);
}

/** Declares a reference to a document; defaults to the record's own. */
export function referenceToDocument<const Column extends string>(
  property: Column,
  described: string,
) {
  const field = referenceBy("document", property, values.key().optional().describe(described));
  const write: Field["write"] = (row, key, item, ids) =>
    field.write(row, key ?? ids.documentKey, item, ids);
  return { ...field, write };
}

/** Declares a key that is prefixed with the document's key unless it has a slash. */
export function label<const Column extends string>(property: Column, described: string) {
  const column = columnOf(property);
  const write: Field["write"] = (row, given, _item, ids) =>
    void (row[column] = fullKey(ids.documentKey, given as string));
  const read: Field["read"] = (row, keys) => keys.label(row[column] as string);
  return { ...value(property, values.key(), described), isLabel: true, write, read };
}

/** Declares a reference by such a key. */
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

/** Returns the full key of a label: prefixed with the document's key unless it has a slash. */
export function fullKey(documentKey: string, label: string): string {
  return label.includes("/") ? label : `${documentKey}/${label}`;
}

/** Declares the certainty of the given properties (which must come before it), or of the whole item. */
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
    // Omitted without its fact, and when STATED, which is the default.
    read: (row: Row, _keys: ReadContext, item: Json) =>
      isGiven(item) && row[column] !== FactCertainty.STATED ? row[column] : undefined,
  };
}

/** Returns whether a property has a value; an empty list has none. */
export function isPresent(value: unknown): boolean {
  return Array.isArray(value) ? value.length > 0 : Boolean(value);
}
