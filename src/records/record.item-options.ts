import type { RecordItemType } from "../revision/revision.enums.js";
import type { ColumnIn, Fields } from "./record.declaration.js";
import type { WriteContext } from "./record.fields.js";
import type { PartyKeys } from "./record.parts.js";
import type { Json, Row } from "./record.row.js";

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

/** Options of a noun's record format. */
export interface ItemOptions<Noun, Entity, F extends Fields, Computed, Derived, Container> {
  /** Its name in messages and ids. */
  noun: Noun;
  /** How the API names its type in changes; absent if it is in no feed. */
  type?: `${RecordItemType}`;
  /** The GraphQL type of its items; absent if none has their lists as records give them. */
  typename?: string;
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
  changesOfPublished?: (before: Row, now: Row) => string[];
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

/** The options of any noun. */
export type AnyOptions = ItemOptions<string, object, Fields, string, string, string>;
