import { isDeepStrictEqual } from "node:util";
import type { z } from "zod";
import {
  type ColumnIn,
  type Complete,
  type Fields,
  schemaOf,
  type SchemaOf,
} from "./record.declaration.js";
import { type Field, fullKey, type WriteContext, type ReadContext } from "./record.fields.js";
import { isParts, type PartTable, readFields } from "./record.parts.js";
import { columnOf, type Json, type Row } from "./record.row.js";

/** A list of items inside another one which have owners of their own, as several records may add to it. */
export interface EntriesField<Schema extends z.ZodType = z.ZodType> extends Field<never, Schema> {
  readonly entry: ItemFormat;
  /** The column that says in which item an entry is listed. */
  readonly container: string;
  /** Whether there is at least one, in every record. */
  readonly isRequired: boolean;
}

/** What an item is that is listed in another one. */
interface EntryOptions<Container> {
  /** The properties that say in which item it is listed: one of them is set. */
  containers: readonly Container[];
  /** What tells it from the others: its id is made of this. */
  key: (entry: Json, container: { id: string; key: string }, ids: WriteContext) => string;
  /** What a reader knows it by. `text` gives a column, what it refers to by its key. */
  label: (text: (column: string) => string, container: string) => string;
  /** The properties that a record sorts it by, where it has no position. */
  sortedBy?: readonly string[];
}

/** A passage that proves a fact, and the document it is in. */
export interface Proof {
  citation: Row;
  document: Row | undefined;
}

interface ItemOptions<Noun, Entity, F extends Fields, Computed, Derived, Container> {
  /** What readers and ids call it. */
  noun: Noun;
  table: string;
  fields: F;
  /** Properties that only triggers of the database set. */
  computed?: readonly Computed[];
  /** Properties that the loader works out. */
  derived?: readonly Derived[];
  /** Properties of records by that of the entity which says that they are inherited, and not the item's own. */
  inherited?: Partial<Record<ColumnIn<Entity>, readonly (keyof F)[]>>;
  /** More columns that follow from the row and the passages that prove it. */
  derive?: (row: Row, proofs: () => Proof[]) => Row;
  /** Which of its facts a record would change that are published and stay as they are. */
  changesOfPublished?: (before: Row, now: Row, format: ItemFormat) => string[];
  /** What a record has to repeat to add to it, where that is not what every record has to give. */
  repeats?: (row: Row) => readonly string[];
  /** What it is as an entry of others. */
  entry?: EntryOptions<Container>;
  /** Whether it names who takes part. */
  isParty?: boolean;
  /** Whether it belongs to no other document but itself. */
  isOwnOwner?: boolean;
  /** What it is sorted by in a record before its key, in SQL. */
  sortedBy?: string;
  /** How many are above it, in SQL. */
  depth?: string;
}

type AnyOptions = ItemOptions<string, object, Fields, string, string, string>;

/** What the record format says of a noun: its schema, and how its properties are columns of a table. */
export class ItemFormat {
  readonly noun: string;
  readonly table: string;
  /** All properties in the format's order. */
  readonly fields: readonly (readonly [property: string, field: Field])[];
  readonly parts: readonly (readonly [property: string, part: PartTable])[];
  /** What is listed in it; entries without any of their own first. */
  readonly entries: readonly (readonly [property: string, field: EntriesField])[];
  /** The property and column by which others name it; null for an entry. */
  readonly key: "slug" | "key" | null;
  /** Whether its key is completed with the document's. */
  readonly hasLabel: boolean;
  /** Whether it has a place among others in its list or document. */
  readonly hasPosition: boolean;
  /** The column of the document that owns it. */
  readonly owner: string;
  /** The column by which it refers to another one of its noun that is above it. */
  readonly parentColumn: string | undefined;
  /** Columns that only the database sets. */
  readonly computed: readonly string[];
  /** Columns, by that which says that they are inherited. */
  readonly inherited: readonly (readonly [flag: string, columns: readonly string[]])[];
  /** Columns that hold something other than null where a record says nothing. */
  readonly unset: Readonly<Record<string, unknown>>;
  /** What its certainties are of: columns, and names of parts with a slash. */
  readonly certainties: readonly (readonly [certainty: string, facts: readonly string[]])[];
  /** The columns that name it, which are its owner's alone to say. */
  readonly identity: ReadonlySet<string>;
  /** The columns, and names of parts, that every record gives that speaks of it. */
  readonly required: readonly string[];

  constructor(readonly options: AnyOptions) {
    const { noun, table, fields, computed = [], derived = [], inherited = {} } = options;
    const all = Object.entries(fields);
    const columnsOf = (properties: readonly PropertyKey[]) =>
      properties.flatMap((property) => namesOf(fields[property as string]!));
    this.noun = noun;
    this.table = table;
    this.fields = all;
    this.parts = all.flatMap(([name, field]) => (isParts(field) ? [[name, field.part]] : []));
    this.entries = all
      .filter((one): one is [string, EntriesField] => isEntries(one[1]))
      .sort(([, one], [, other]) => one.entry.entries.length - other.entry.entries.length);
    this.key = fields.slug ? "slug" : fields.key ? "key" : null;
    this.hasLabel = fields.key?.isLabel ?? false;
    this.hasPosition = derived.includes("position");
    this.owner = options.isOwnOwner ? "id" : "owner_id";
    this.parentColumn = all.find(([, { reference }]) => reference?.noun === noun)?.[1].columns[0];
    this.computed = computed.map(columnOf);
    this.inherited = Object.entries<readonly string[]>(inherited).map(([flag, properties]) => [
      columnOf(flag),
      columnsOf(properties),
    ]);
    this.unset = Object.fromEntries(
      all.flatMap(([, { columns, unset }]) =>
        (unset ?? null) === null ? [] : [[columns[0]!, unset]],
      ),
    );
    this.certainties = all.flatMap(([, { columns, facts = [] }]) =>
      facts.length > 0 ? [[columns[0]!, columnsOf(facts)]] : [],
    );
    this.identity = new Set(all.flatMap(([, field]) => (field.isIdentity ? field.columns : [])));
    this.required = all.flatMap(([, field]) =>
      field.isIdentity || !field.schema.safeParse(undefined).success ? namesOf(field) : [],
    );
  }
}

/** The columns of a property; of a list with a table of its own what those begin with. */
function namesOf(field: Field): readonly string[] {
  return isParts(field) ? [`${field.part.table}/`] : field.columns;
}

/** An item whose entries may be listed in others by these properties. */
type Declared<Noun extends string, F extends Fields, Container> = ItemFormat & {
  readonly noun: Noun;
  readonly schema: SchemaOf<F>;
  readonly containers: readonly Container[];
};

/** Declares what the record format says of an entity: every column of it, or it does not compile. */
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

/** A list of entries of an item. */
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

/** Whether a property is a list of entries. */
function isEntries(field: Field): field is EntriesField {
  return "entry" in field;
}

/** Puts what a record gives of an item into its columns, its parts among them. */
export function writeRow(row: Row, { fields }: ItemFormat, given: Json, ids: WriteContext): void {
  for (const [property, field] of fields) field.write(row, given[property], given, ids);
}

/** What a record gives of an item by the columns said of it, in the format's order. */
export function propertiesOf(
  { fields }: ItemFormat,
  said: Row,
  keys: ReadContext,
  listed: (field: EntriesField) => Json[],
): Json {
  const all = fields.map(
    ([property, field]) =>
      [property, isEntries(field) ? { ...field, read: () => listed(field) } : field] as const,
  );
  return readFields(all, said, keys);
}

/** Whether a value leaves open what its column is about, so that another record may fill it in. */
export function isUnset({ unset }: ItemFormat, column: string, value: unknown): boolean {
  if (value === null || value === undefined) return true;
  return column in unset && isDeepStrictEqual(value, unset[column]);
}

/** The keys by which a record's item can be named, oldest first: the first makes its id. */
export function keysOf(format: ItemFormat, given: Json, documentKey: string): string[] {
  const own = given[format.key!] as string;
  if (format.hasLabel) return [fullKey(documentKey, own)];
  const former = given.formerSlugs as string[] | undefined;
  return former ? [...former, own] : [own];
}
