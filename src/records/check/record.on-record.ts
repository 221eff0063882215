import type { Finding } from "../record.faults.js";
import type { RecordNoun, SourceRecord } from "../record.format.js";
import type { SourceText } from "./record.source-text.js";
import type { KnownDocument, RecordNames } from "./record.names.js";

/** What rules need of a document on record. */
export type StoredDocument = Pick<KnownDocument, "licence" | "sha256">;

/** Another person on record who has the name of a new one. */
export interface Namesake {
  slug: string;
  /** The name that both have, as the record gives it. */
  name: string;
}

/** What is on record of what a record names. Keys of meetings and people are their first slugs. */
export interface OnRecord {
  /** Returns whether an item is on record. */
  isKnown: (noun: RecordNoun, key: string) => boolean;
  /** Returns the first keys of the items on record with this key. */
  firstKeys: (noun: RecordNoun, key: string) => Iterable<string>;
  /** Returns a document on record. */
  document: (key: string) => StoredDocument | undefined;
  /** Returns the document that a document is a copy of. */
  originalOf: (document: string) => string | undefined;
  /** Returns the statements that a statement corrects. */
  correctedBy: (statement: string) => Iterable<string>;
  /** Returns all names of a person, place or organization; none if it is not on record. */
  namesOf: (noun: RecordNoun, key: string) => readonly string[];
  /** Returns the key of a document whose record gives such an item the name that it shows; null if that is not known. */
  giverOf: (noun: RecordNoun, key: string) => string | null;
  /** Returns who else has the name of a person that is not on record. */
  namesakeOf: (person: string) => Namesake | undefined;
  /** What the loader would report of the record. */
  findings: readonly Finding[];
}

/** Nothing is on record. */
export const NOTHING_ON_RECORD: OnRecord = {
  isKnown: () => false,
  firstKeys: () => [],
  document: () => undefined,
  originalOf: () => undefined,
  correctedBy: () => [],
  namesOf: () => [],
  giverOf: () => null,
  namesakeOf: () => undefined,
  findings: [],
};

/** Looks up what is on record, for some records at a time. */
export interface LookUp {
  /** Returns what is on record of each record; `names` are those of all records checked together. */
  lookUp(records: SourceRecord[], names: RecordNames): Promise<(record: SourceRecord) => OnRecord>;
  /** Returns how many characters of a document's text statements on record quote, other than those that these records give. */
  quotedElsewhere(document: string, names: RecordNames): Promise<number>;
  /** Returns a text that is kept, by its sha256; null if it is not. */
  keptText(sha256: string): Promise<SourceText | null>;
}
