import type { Finding } from "../record.faults.js";
import type { RecordNoun, SourceRecord } from "../record.format.js";
import type { RecordNames } from "./record.names.js";
import { documentKeyOf } from "../record.walk.js";

/** Returns whether a key is defined elsewhere, such as in the database. */
export type IsKnown = (noun: RecordNoun, key: string) => boolean;

/**
 * Returns the first key of an item by any of its keys; an unknown key itself. Ids are derived from first keys, so they do
 * not change with a slug.
 */
export type FirstKey = (noun: RecordNoun, key: string) => string;

/** Returns the first keys of all items with this key. More than one is a fault. */
export type FirstKeys = (noun: RecordNoun, key: string) => Iterable<string>;

/** The input of a rule. */
export interface CheckContext {
  record: SourceRecord;
  /** The names that all records checked together define. */
  names: RecordNames;
  isKnown: IsKnown;
  firstKey: FirstKey;
  firstKeys: FirstKeys;
}

/** A rule: a function that yields the findings in one record. */
export type Rule<Context extends CheckContext = CheckContext> = (
  context: Context,
) => Iterable<Finding>;

/**
 * Returns whether a document is known to have no licence, so that only short quotations are allowed. False for a document
 * that is not among the records checked, which may have one.
 */
export function isUnlicensed({ record, names }: CheckContext, document?: string): boolean {
  return names.documents.get(document ?? documentKeyOf(record))?.licence === null;
}
