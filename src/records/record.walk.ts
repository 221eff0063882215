import { type Field, fullKey } from "./record.fields.js";
import {
  CITATION,
  DOCUMENT,
  type RecordCitation,
  type RecordNoun,
  SETTLEMENT,
  type SourceRecord,
} from "./record.format.js";
import type { ItemFormat } from "./record.item.js";
import { formatOf, RECORD_LISTS } from "./record.items.js";
import { KEY, type PartyKeys } from "./record.parts.js";
import type { RecordPath } from "./record.path.js";
import type { Json } from "./record.row.js";

/** A reference in a record, by key, to an item that is defined in it, another record or the database. */
export interface RecordReference {
  path: RecordPath;
  noun: RecordNoun;
  key: string;
}

/** Returns the key of a record's document. */
export function documentKeyOf({ document }: SourceRecord): string {
  return typeof document === "string" ? document : document.key;
}

/** Returns the full key of a label: prefixed with the document's key. */
export function fullKeyIn(record: SourceRecord, label: string): string {
  return fullKey(documentKeyOf(record), label);
}

/** Returns every citation in the record; those of an item before those of its entries. */
export function citationsOf(record: SourceRecord): [path: RecordPath, citation: RecordCitation][] {
  const citations: [RecordPath, RecordCitation][] = [];
  for (const { format, given, path } of partsOf(record))
    if (format === CITATION) citations.push([path, given]);
  return citations;
}

/** A field of an item or a part, and its value in a record. */
interface GivenField {
  path: RecordPath;
  field: Field;
  value: unknown;
  /** The item or part. */
  given: Json;
}

/** Returns a function that returns the values of the fields that `pick` returns true for. */
export function valuesOf(pick: (field: Field) => boolean): (record: SourceRecord) => GivenField[] {
  const picked = fieldsThat(pick);
  return (record) => {
    const found: GivenField[] = [];
    for (const { fields, given, path, valueAt } of partsOf(record))
      for (const [property, field] of picked(fields)) {
        const value = given[property];
        if (value) found.push({ path: [...path, valueAt ?? property], field, value, given });
      }
    return found;
  };
}

const referencesIn = fieldsThat(({ reference, nounOf }) => Boolean(reference ?? nounOf));
const references = new WeakMap<SourceRecord, readonly RecordReference[]>();

/** Returns every reference: those of items, then of parties, then of citations. */
export function referencesOf(record: SourceRecord): readonly RecordReference[] {
  const known = references.get(record) ?? findReferences(record);
  references.set(record, known);
  return known;
}

function findReferences(record: SourceRecord): RecordReference[] {
  const ofItems: RecordReference[] = [];
  const ofParties: RecordReference[] = [];
  const ofCitations: RecordReference[] = [];
  const documentKey = documentKeyOf(record);
  if (record.document === documentKey)
    ofItems.push({ path: ["document"], noun: "document", key: documentKey });
  for (const { fields, format, partyKeys, given, path, valueAt } of partsOf(record)) {
    const list = partyKeys ? ofParties : format === CITATION ? ofCitations : ofItems;
    for (const [property, { reference, nounOf, isLabel }] of referencesIn(fields)) {
      const value = given[property] as string | string[] | null | undefined;
      if (!value) continue;
      const noun = (reference?.noun ?? nounOf!(given)) as RecordNoun;
      const hasLabel = nounOf ? formatOf(noun).hasLabel : isLabel;
      for (const key of Array.isArray(value) ? value : [value])
        list.push({
          path: property === KEY ? path : [...path, valueAt ?? property],
          noun,
          key: hasLabel ? fullKey(documentKey, key) : key,
        });
    }
  }
  return [...ofItems, ...ofParties, ...ofCitations];
}

/** Returns a function that picks fields, and does so once for the fields of a format. */
function fieldsThat(
  pick: (field: Field) => boolean,
): (fields: ItemFormat["fields"]) => ItemFormat["fields"] {
  const picked = new WeakMap<ItemFormat["fields"], ItemFormat["fields"]>();
  return (fields) => {
    const known = picked.get(fields) ?? fields.filter(([, field]) => pick(field));
    picked.set(fields, known);
    return known;
  };
}

/** An item of a record, an entry, a part, or a settled value. */
interface Visited {
  fields: ItemFormat["fields"];
  /** Null for a part or a settled value. */
  format: ItemFormat | null;
  /** Set if it is a party. */
  partyKeys: PartyKeys | undefined;
  given: Json;
  path: RecordPath;
  /** The property at which the value stands, if it has another name there: in a settlement, `value`. */
  valueAt?: string;
}

const visited = new WeakMap<SourceRecord, readonly Visited[]>();

/** Returns all that a record consists of, each item before its parts and entries. Kept, since every rule asks for it. */
export function partsOf(record: SourceRecord): readonly Visited[] {
  const known = visited.get(record);
  if (known) return known;
  const found: Visited[] = [];
  const visitor = (one: Visited) => void found.push(one);
  if (typeof record.document !== "string")
    visitItem(DOCUMENT, record.document, ["document"], visitor);
  for (const [list, format] of RECORD_LISTS)
    for (const [i, given] of record[list].entries()) visitItem(format, given, [list, i], visitor);
  visited.set(record, found);
  return found;
}

/** Visits the value that a settlement gives for a field of another item. */
function visitSettled(
  { kind, field, value }: Json,
  path: RecordPath,
  visitor: (visited: Visited) => void,
): void {
  const { fields, parts } = formatOf(kind as string);
  const own = fields.filter(([property]) => property === field);
  const part = parts.filter(([property]) => property === field && Array.isArray(value));
  const given = { [field as string]: value };
  visitor({ fields: own, format: null, partyKeys: undefined, given, path, valueAt: "value" });
  visitParts(part, given, path, visitor, "value");
}

function visitItem(
  format: ItemFormat,
  given: Json,
  path: RecordPath,
  visitor: (visited: Visited) => void,
): void {
  visitor({ fields: format.fields, format, partyKeys: format.options.partyKeys, given, path });
  if (format === SETTLEMENT) visitSettled(given, path, visitor);
  visitParts(format.parts, given, path, visitor);
  for (const [property, { entry }] of format.entries)
    for (const [i, one] of (given[property] as Json[]).entries())
      visitItem(entry, one, [...path, property, i], visitor);
}

function visitParts(
  parts: ItemFormat["parts"],
  given: Json,
  path: RecordPath,
  visitor: (visited: Visited) => void,
  valueAt?: string,
): void {
  for (const [property, { fields, partyKeys }] of parts) {
    const list = [...path, valueAt ?? property];
    for (const [i, one] of (given[property] as (Json | string)[]).entries()) {
      const part = typeof one === "string" ? { [KEY]: one } : one;
      visitor({ fields, format: null, partyKeys, given: part, path: [...list, i] });
    }
  }
}
