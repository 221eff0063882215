import { isDeepStrictEqual } from "node:util";
import type { z } from "zod";
import {
  type ColumnIn,
  type Complete,
  type Fields,
  schemaOf,
  type SchemaOf,
} from "./record.declaration.js";
import type { Field, FieldUnion } from "./record.fields.js";
import { isParts, columnNamesOf, type PartTable, valueNamesOf } from "./record.parts.js";
import type { AnyOptions, ItemOptions } from "./record.item-options.js";
import { columnOf } from "./record.row.js";

/** A list of entries inside an item. Each entry has its own owner, because several records may add to the list. */
export interface EntriesField<Schema extends z.ZodType = z.ZodType> extends Field<never, Schema> {
  readonly entry: ItemFormat;
  /** The column with the id of the containing item. */
  readonly container: string;
  /** Whether every record must give at least one. */
  readonly isRequired: boolean;
}

/** The record format of a noun: its schema, and the mapping of its properties to columns of a table. */
export class ItemFormat {
  readonly noun: string;
  readonly table: string;
  /** All properties, in the order of the format. */
  readonly fields: readonly (readonly [property: string, field: Field])[];
  readonly parts: readonly (readonly [property: string, part: PartTable])[];
  /** Its lists of entries; those without nested entries first. */
  readonly entries: readonly (readonly [property: string, field: EntriesField])[];
  /** The property and column by which others refer to it; null for an entry. */
  readonly key: "slug" | "key" | null;
  /** Whether its key is prefixed with the document's. */
  readonly hasLabel: boolean;
  /** Whether it has a position in its list or document. */
  readonly hasPosition: boolean;
  /** The column with the id of the document that owns it. */
  readonly owner: string;
  /** The column that refers to another item of the same noun, such as a meeting's parent. */
  readonly parentColumn: string | undefined;
  /** Columns that only database triggers set. */
  readonly computed: readonly string[];
  /** All others of its table. */
  readonly columns: readonly string[];
  /** Columns that may be inherited, by the column that flags them as inherited. */
  readonly inherited: readonly (readonly [flag: string, columns: readonly string[]])[];
  /** The noun that they are inherited from, the column that refers to it, and its properties that decide them. */
  readonly inheritedFrom:
    { noun: string; column: string; properties: readonly string[] } | undefined;
  /** The values of columns whose unset value is not null. */
  readonly unset: Readonly<Record<string, unknown>>;
  /** The columns that identify it in the database, and those that the loader derives. */
  readonly managed: readonly string[];
  /** The columns of the start and the end, if different records may give them. */
  readonly period: readonly [start: readonly string[], end: readonly string[]] | undefined;
  /** The columns that unite what all records give. */
  readonly unions: readonly FieldUnion[];
  private readonly values: ReadonlyMap<string, string>;

  constructor(readonly options: AnyOptions) {
    const { noun, table, fields, computed = [], derived = [], inherited = {} } = options;
    const all = Object.entries(fields);
    const columnsOf = (properties: readonly PropertyKey[]) =>
      properties.flatMap((property) => columnNamesOf(fields[property as string]!));
    this.noun = noun;
    this.table = table;
    this.fields = all;
    this.parts = all.flatMap(([name, field]) => (isParts(field) ? [[name, field.part]] : []));
    this.entries = all
      .filter((one): one is [string, EntriesField] => isEntries(one[1]))
      .sort(([, one], [, other]) => one.entry.entries.length - other.entry.entries.length);
    this.key = fields.slug ? "slug" : fields.key || options.keyOf ? "key" : null;
    this.hasLabel = fields.key?.isLabel ?? false;
    this.hasPosition = derived.includes("position");
    this.owner = options.isOwnOwner ? "id" : "owner_id";
    this.parentColumn = all.find(([, { reference }]) => reference?.noun === noun)?.[1].columns[0];
    this.computed = computed.map(columnOf);
    this.inherited = Object.entries<readonly string[]>(inherited).map(([flag, properties]) => [
      columnOf(flag),
      columnsOf(properties),
    ]);
    const from = options.inheritedFrom;
    this.inheritedFrom = from && {
      noun: fields[from.reference]!.reference!.noun,
      column: columnsOf([from.reference])[0]!,
      properties: from.properties,
    };
    this.unset = Object.fromEntries(
      all.flatMap(([, { columns, unset }]) =>
        (unset ?? null) === null ? [] : columns.map((column) => [column, unset]),
      ),
    );
    this.managed = [
      "id",
      ...derived.map(columnOf).filter((column) => !options.entry || column !== "position"),
      ...(options.entry?.containers ?? []).map(columnOf),
    ];
    this.columns = [
      ...new Set([
        this.owner,
        ...this.managed,
        ...derived.map(columnOf),
        ...all.flatMap(([, { columns }]) => columns),
      ]),
    ];
    this.period = options.period && [
      columnsOf([options.period[0]]),
      columnsOf([options.period[1]]),
    ];
    this.unions = all.flatMap(([, { unions = [] }]) => unions);
    this.values = valueNamesOf(all, options.together);
    if (options.entry && this.hasPosition)
      this.values = new Map([...this.values, ["position", "position"]]);
  }

  /** Returns the name of the value that a column belongs to, of which each comes from one record; undefined if no record gives it. */
  readonly valueOf = (column: string): string | undefined => {
    const end = column.indexOf("/");
    return this.values.get(end === -1 ? column : column.slice(0, end + 1));
  };
}

/** An item format with the types of its declaration. */
type Declared<Noun extends string, F extends Fields, Container> = ItemFormat & {
  readonly noun: Noun;
  readonly schema: SchemaOf<F>;
  readonly containers: readonly Container[];
};

/** Declares the record format of an entity. Does not compile unless every column is mapped. */
export function recordItem<Entity>() {
  return <
    const Noun extends string,
    F extends Fields<ColumnIn<Entity>>,
    const Computed extends ColumnIn<Entity> = never,
    const Derived extends ColumnIn<Entity> = never,
    const Container extends ColumnIn<Entity> = never,
  >(
    options: ItemOptions<Noun, Entity, F, Computed, Derived, Container> &
      Complete<Entity, F, Computed | Derived | Container>,
  ): Declared<Noun, F, Container> => {
    const format = new ItemFormat(options);
    const containers = options.entry?.containers ?? [];
    return Object.assign(format, {
      noun: options.noun,
      schema: schemaOf(options.fields),
      containers,
    });
  };
}

/** Declares a list of entries inside an item. */
export function entries<Container extends string, Schema extends z.ZodType>(
  entry: ItemFormat & { readonly containers: readonly Container[] },
  container: NoInfer<Container>,
  schema: Schema,
): EntriesField<Schema> {
  const none = () => undefined;
  return {
    schema,
    entry,
    container: columnOf(container),
    isRequired: !schema.safeParse([]).success,
    properties: [],
    columns: [],
    write: none,
    read: none,
  };
}

/** Returns whether a property is a list of entries. */
export function isEntries(field: Field): field is EntriesField {
  return "entry" in field;
}

/** Returns whether a column is unset, so that another record may fill it in. */
export function isUnset({ unset }: ItemFormat, column: string, value: unknown): boolean {
  if (value === null || value === undefined) return true;
  return column in unset && isDeepStrictEqual(value, unset[column]);
}
