import type { Finding } from "../record.faults.js";
import type { RecordNoun, SourceRecord } from "../record.format.js";
import type { SourceText } from "./record.source-text.js";
import type { CollectedDocument, RecordNames } from "./record.names.js";

/** What rules need of a document on record. */
export type StoredDocument = Pick<CollectedDocument, "licence" | "sha256">;

/** What is on record of what a record names. Keys of items with slugs are their first ones. */
export interface OnRecord {
  /** Returns whether an item is on record. */
  isKnown: (noun: RecordNoun, key: string) => boolean;
  /** Returns the first keys of the items on record with this key. */
  firstKeys: (noun: string, key: string) => Iterable<string>;
  /** Returns a document on record. */
  document: (key: string) => StoredDocument | undefined;
  /** Returns the next items on record in the chain of an item (see `Chain`). */
  leadsTo: (noun: RecordNoun, key: string) => Iterable<string>;
  /** Returns all names of an item; none if it has none or is not on record. */
  namesOf: (noun: RecordNoun, key: string) => readonly string[];
  /** Returns the key of a document whose record gives such an item the name that it shows; null if that is not known. */
  giverOf: (noun: RecordNoun, key: string) => string | null;
  /** What else was found of the record there. */
  findings: readonly Finding[];
}

/** Nothing is on record. */
export const NOTHING_ON_RECORD: OnRecord = {
  isKnown: () => false,
  firstKeys: () => [],
  document: () => undefined,
  leadsTo: () => [],
  namesOf: () => [],
  giverOf: () => null,
  findings: [],
};

/** Looks up what is on record, for some records at a time. */
export interface LookUp {
  /** Returns what is on record of each record; `names` are those of all records checked together. */
  lookUp(records: SourceRecord[], names: RecordNames): Promise<(record: SourceRecord) => OnRecord>;
  /** Adds to the names what rules need to know of a document whose text is checked: what is on record beside these records. */
  addOfText(document: string, names: RecordNames): Promise<void>;
  /** Returns a text that is kept, by its sha256; null if it is not. */
  keptText(sha256: string): Promise<SourceText | null>;
}
