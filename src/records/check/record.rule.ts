import type { Finding } from "../record.faults.js";
import type { RecordNoun, SourceRecord } from "../record.format.js";
import type { RecordNames } from "./record.names.js";
import { documentKeyOf } from "../record.walk.js";

/** Whether something is already on record elsewhere: in the store, say. */
export type IsKnown = (noun: RecordNoun, key: string) => boolean;

/**
 * The first of the keys that a thing has had, by any of them: what ids are made of, so that they stay when a slug
 * changes. The key itself where nothing is known of it.
 */
export type FirstKey = (noun: RecordNoun, key: string) => string;

/** The first keys of all things that have this key. More than one is a fault. */
export type FirstKeys = (noun: RecordNoun, key: string) => Iterable<string>;

/** What a rule may look at. */
export interface CheckContext {
  record: SourceRecord;
  /** What all records checked together define. */
  names: RecordNames;
  isKnown: IsKnown;
  firstKey: FirstKey;
  firstKeys: FirstKeys;
}

/** One rule over one record: a small named function that yields what it finds. */
export type Rule<Context extends CheckContext = CheckContext> = (
  context: Context,
) => Iterable<Finding>;

/**
 * Whether a document is known to allow no more than short quotations: it names no licence. A document that is
 * not among the records checked may have one, so nothing is held against its citations here.
 */
export function isUnlicensed({ record, names }: CheckContext, document?: string): boolean {
  return names.documents.get(document ?? documentKeyOf(record))?.licence === null;
}
