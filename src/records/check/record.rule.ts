import type { Finding } from "../record.faults.js";
import type { RecordNoun, SourceRecord } from "../record.format.js";
import type { RecordNames } from "./record.names.js";
import { isOpenLicence } from "../../source/open-licence.js";
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
 * Returns whether a document is known to have no open licence, so that only short quotations are allowed. False for a document
 * that is not among the records checked, which may have one.
 */
export function isUnlicensed({ record, names }: CheckContext, document?: string): boolean {
  const known = names.documents.get(document ?? documentKeyOf(record));
  return known !== undefined && !isOpenLicence(known.licence);
}

/** Says why only short quotations of such a document are allowed. */
export function whyUnlicensed({ record, names }: CheckContext, document?: string): string {
  const licence = names.documents.get(document ?? documentKeyOf(record))?.licence;
  if (!licence) return "its document names no open licence";
  const given = licence.length > 60 ? `${licence.slice(0, 60)}…` : licence;
  return `its document's licence "${given}" is none that is known to be open (an SPDX id, or public-domain)`;
}
