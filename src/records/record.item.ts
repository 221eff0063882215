import { isDeepStrictEqual } from "node:util";
import type { z } from "zod";
import {
  type ColumnIn,
  type Complete,
  type Fields,
  schemaOf,
  type SchemaOf,
} from "./record.declaration.js";
import type { Field, FieldUnion, WriteContext } from "./record.fields.js";
import {
  isParts,
  columnNamesOf,
  type PartTable,
  type PartyKeys,
  valuesOf,
} from "./record.parts.js";
import { columnOf, type Json, type Row } from "./record.row.js";
import type { RecordItemType } from "../revision/revision.enums.js";

/** A list of entries inside an item. Each entry has its own owner, because several records may add to the list. */
export interface EntriesField<Schema extends z.ZodType = z.ZodType> extends Field<never, Schema> {
  readonly entry: ItemFormat;
  /** The column with the id of the containing item. */
  readonly container: string;
  /** Whether every record must give at least one. */
  readonly isRequired: boolean;
}

/** Options of an item that is an entry of other items. */
interface EntryOptions<Container> {
  /** The properties with the id of the containing item; exactly one is set. */
  containers: readonly Container[];
  /** Returns the key that its id is derived from. */
  key: (
    entry: Json,
    container: { id: string; key: string },
    ids: Pick<WriteContext, "documentKey" | "firstKey">,
  ) => string;
  /** Returns a label for messages. `text` formats a column; references by key. */
  label: (text: (column: string) => string, container: string) => string;
  /** Returns what it is about: two entries of an item that are about the same are one. Null for what an item has no entry about. */
  subject: (row: Row, containerId: string) => string | null;
  /** The properties that records sort it by, if it has no position. */
  sortedBy?: readonly string[];
}

/** A citation of a fact, and the cited document. */
export interface Proof {
  citation: Row;
  document: Row | undefined;
}

interface ItemOptions<Noun, Entity, F extends Fields, Computed, Derived, Container> {
  /** Its name in messages and ids. */
  noun: Noun;
  /** How the API names its type in changes; absent if it is in no feed. */
  type?: `${RecordItemType}`;
  table: string;
  fields: F;
  /** Properties that only database triggers set. */
  computed?: readonly Computed[];
  /** Properties that the loader computes. */
  derived?: readonly Derived[];
  /** Properties that may be inherited, by the entity's property that flags them as inherited. */
  inherited?: Partial<Record<ColumnIn<Entity>, readonly (keyof F)[]>>;
  /** The reference to the item that they are inherited from, and the properties of that item that decide them. */
  inheritedFrom?: { reference: keyof F & string; properties: readonly string[] };
  /** Computes the derived columns from the row and its citations. */
  derive?: (row: Row, proofs: () => Proof[]) => Row;
  /** Returns messages: which published facts, which must not change, a record would change, and what to do instead. */
  changesOfPublished?: (before: Row, now: Row, format: ItemFormat) => string[];
  /** What its key stands for: what was removed comes back under its key only with the same value of this property; and the fault otherwise. */
  keyStandsFor?: { property: keyof F & string; otherwise: string };
  /** Constraints that a record can satisfy alone, but violate once merged with the database: the fault's code and message. */
  constraints?: Readonly<Record<string, readonly [code: string, message: string]>>;
  /** Groups of properties that are one value: all from one record. Facts with a common certainty are, too. */
  together?: readonly (readonly (keyof F & string)[])[];
  /** The dates of a start and an end, which different records may give. */
  period?: readonly [start: keyof F & string, end: keyof F & string];
  /** Of documents: returns a text by which their values are preferred, in ascending order. */
  preference?: (row: Row) => string;
  /** Set if it is an entry of other items. */
  entry?: EntryOptions<Container>;
  /** Returns its key, if the record does not give it one. */
  keyOf?: (given: Json, documentKey: string, fullKey: WriteContext["fullKey"]) => string;
  /** Set if it names a party: a person, country or organization. */
  partyKeys?: PartyKeys;
  /** Whether it owns itself, as a document does. */
  isOwnOwner?: boolean;
  /** The SQL expression that records sort it by, before its key. */
  sortedBy?: string;
  /** The SQL expression for its depth in its hierarchy. */
  depth?: string;
}

type AnyOptions = ItemOptions<string, object, Fields, string, string, string>;

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
    this.values = valuesOf(all, options.together);
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
