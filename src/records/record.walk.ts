import { fullKey, isPresent } from "./record.fields.js";
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
import { KEY } from "./record.parts.js";
import type { RecordPath } from "./record.path.js";
import type { Json } from "./record.row.js";
import type { NamedSide } from "../person/side.record.js";

/** A reference in a record, by key, to an item that is defined in it, another record or the database. */
export interface RecordReference {
  path: RecordPath;
  noun: RecordNoun;
  key: string;
}

/** A participant, speaker, addressee or agreement party. */
export interface RecordParty extends NamedSide {
  path: RecordPath;
}

type Placed<T> = readonly [path: RecordPath, value: T];

/** Returns the key of a record's document. */
export function documentKeyOf({ document }: SourceRecord): string {
  return typeof document === "string" ? document : document.key;
}

/** Returns the full key of a statement: its label, prefixed with the document's key. */
export function statementKeyOf(record: SourceRecord, label: string): string {
  return fullKey(documentKeyOf(record), label);
}

/** Returns the citations of each fact; those of an item before those of its entries. */
export function citationListsOf(record: SourceRecord): Placed<RecordCitation[]>[] {
  const lists: Placed<RecordCitation[]>[] = [];
  visit(record, ({ format, given, path }) => {
    for (const [property, { entry }] of format?.entries ?? [])
      if (entry === CITATION)
        lists.push([[...path, property], given[property] as RecordCitation[]]);
  });
  return lists;
}

/** Returns every citation in the record. */
export function citationsOf(record: SourceRecord): Placed<RecordCitation>[] {
  return citationListsOf(record).flatMap(([path, citations]) =>
    citations.map((citation, i) => [[...path, i], citation] as const),
  );
}

/** Returns every participant, speaker, addressee and agreement party. */
export function partiesOf(record: SourceRecord): RecordParty[] {
  const parties: RecordParty[] = [];
  visit(record, ({ isParty, given, path }) => {
    if (isParty) parties.push({ ...given, path });
  });
  return parties;
}

/** Returns every country code. */
export function countriesOf(record: SourceRecord): Placed<string>[] {
  const countries: Placed<string>[] = [];
  visit(record, ({ fields, given, path }) => {
    for (const [property, { isCountry }] of fields)
      if (isCountry && given[property])
        countries.push([[...path, property], given[property] as string]);
  });
  return countries;
}

/** Returns every property that only documents of some kinds give. */
export function propertiesOfKinds(
  record: SourceRecord,
): { path: RecordPath; kinds: readonly string[] }[] {
  const found: { path: RecordPath; kinds: readonly string[] }[] = [];
  visit(record, ({ fields, given, path }) => {
    for (const [property, { onlyFrom }] of fields)
      if (onlyFrom && given[property]) found.push({ path: [...path, property], kinds: onlyFrom });
  });
  return found;
}

/** Returns every certainty of single facts, and whether one of these facts is given. */
export function certaintiesOf(
  record: SourceRecord,
): { path: RecordPath; certainty: unknown; isGiven: boolean }[] {
  const certainties: { path: RecordPath; certainty: unknown; isGiven: boolean }[] = [];
  visit(record, ({ fields, given, path }) => {
    for (const [property, { facts = [] }] of fields) {
      if (facts.length === 0) continue;
      const isGiven = facts.some((fact) => isPresent(given[fact]));
      certainties.push({ path: [...path, property], certainty: given[property], isGiven });
    }
  });
  return certainties;
}

/** Returns every reference: those of items, then of parties, then of citations. */
export function referencesOf(record: SourceRecord): RecordReference[] {
  const references: RecordReference[] = [];
  const ofParties: RecordReference[] = [];
  const ofCitations: RecordReference[] = [];
  const documentKey = documentKeyOf(record);
  if (record.document === documentKey)
    references.push({ path: ["document"], noun: "document", key: documentKey });
  visit(record, ({ fields, format, isParty, given, path }) => {
    const list = isParty ? ofParties : format === CITATION ? ofCitations : references;
    for (const [property, { reference, nounOf, isLabel }] of fields) {
      if (!(reference || nounOf) || !given[property]) continue;
      const noun = (reference?.noun ?? nounOf!(given)) as RecordNoun;
      const hasLabel = nounOf ? formatOf(noun).hasLabel : isLabel;
      for (const key of [given[property]].flat() as string[])
        list.push({
          path: property === KEY ? path : [...path, property],
          noun,
          key: hasLabel ? fullKey(documentKey, key) : key,
        });
    }
  });
  return [...references, ...ofParties, ...ofCitations];
}

/** An item of a record, an entry, or a part. */
interface Visited {
  fields: ItemFormat["fields"];
  /** Null for a part. */
  format: ItemFormat | null;
  isParty: boolean;
  given: Json;
  path: RecordPath;
}

/** Walks the record depth-first; an item is visited before its parts and entries. */
function visit(record: SourceRecord, visitor: (visited: Visited) => void): void {
  if (typeof record.document !== "string")
    visitItem(DOCUMENT, record.document, ["document"], visitor);
  for (const [list, format] of RECORD_LISTS)
    for (const [i, given] of record[list].entries()) visitItem(format, given, [list, i], visitor);
}

/** Visits the value that a settlement gives for a field of another item. */
function visitSettled(
  { kind, field, value }: Json,
  path: RecordPath,
  visitor: (visited: Visited) => void,
): void {
  const { fields, parts, noun } = formatOf(kind as string);
  const own = fields.filter(([property]) => property === field);
  const part = parts.filter(([property]) => property === field && Array.isArray(value));
  const given = { [field as string]: value };
  const settled = { fields: own, parts: part, entries: [], noun, options: {} };
  visitItem(settled as unknown as ItemFormat, given, path, visitor);
}

function visitItem(
  format: ItemFormat,
  given: Json,
  path: RecordPath,
  visitor: (visited: Visited) => void,
): void {
  visitor({ fields: format.fields, format, isParty: format.options.isParty ?? false, given, path });
  if (format === SETTLEMENT) visitSettled(given, path, visitor);
  for (const [property, { fields, isParty = false }] of format.parts) {
    for (const [i, one] of (given[property] as (Json | string)[]).entries()) {
      const part = typeof one === "string" ? { [KEY]: one } : one;
      visitor({ fields, format: null, isParty, given: part, path: [...path, property, i] });
    }
  }
  for (const [property, { entry }] of format.entries)
    for (const [i, one] of (given[property] as Json[]).entries())
      visitItem(entry, one, [...path, property, i], visitor);
}
