import type { Fault, Finding, Warning } from "../record.faults.js";
import type { SourceRecord } from "../record.format.js";
import type { RecordNames } from "./record.names.js";
import type { OnRecord, StoredDocument } from "./record.on-record.js";
import { isOpenLicence } from "../../source/open-licence.js";
import { documentKeyOf } from "../record.walk.js";

/**
 * Returns the first key of an item by any of its keys; an unknown key itself. Ids are derived from first keys, so they do
 * not change with a slug.
 */
export type FirstKey = (noun: string, key: string) => string;

/** Returns the first keys of all items with this key. More than one is a fault. */
export type FirstKeys = (noun: string, key: string) => Iterable<string>;

/** The input of a rule. */
export interface CheckContext {
  record: SourceRecord;
  /** The names that all records checked together define. */
  names: RecordNames;
  /** What is on record already. */
  onRecord: OnRecord;
  firstKey: FirstKey;
  firstKeys: FirstKeys;
}

/** A rule: a function that yields the findings in one record. */
export type Rule<Context extends CheckContext = CheckContext> = (
  context: Context,
) => Iterable<Finding>;

/** A rule that a load applies, too. It finds faults alone: a warning refuses nothing. */
export type FaultRule = (context: CheckContext) => Iterable<Fault>;

/** A rule that only warns; a load skips it. */
export type WarningRule = (context: CheckContext) => Iterable<Warning>;

/** Returns what is known of a document: of the records checked together, or on record. */
export function documentOf(
  { record, names, onRecord }: CheckContext,
  key = documentKeyOf(record),
): StoredDocument | undefined {
  return names.documents.get(key) ?? onRecord.document(key);
}

/**
 * Returns whether a document is known to have no open licence, so that only short quotations are allowed. False for a document
 * that is neither among the records checked nor on record, which may have one.
 */
export function isUnlicensed(context: CheckContext, document?: string): boolean {
  const known = documentOf(context, document);
  return known !== undefined && !isOpenLicence(known.licence);
}

/** Says why only short quotations of such a document are allowed. */
export function whyUnlicensed(context: CheckContext, document?: string): string {
  const licence = documentOf(context, document)?.licence;
  if (!licence) return "its document names no open licence";
  const given = licence.length > 60 ? `${licence.slice(0, 60)}…` : licence;
  return `its document's licence "${given}" is none that is known to be open (an SPDX id, or public-domain)`;
}
