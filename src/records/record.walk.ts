import { type Field, fullKey, isPresent } from "./record.fields.js";
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
  for (const { format, given, path } of partsOf(record))
    for (const [property, { entry }] of format?.entries ?? [])
      if (entry === CITATION)
        lists.push([[...path, property], given[property] as RecordCitation[]]);
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
  return partsOf(record)
    .filter(({ isParty }) => isParty)
    .map(({ given, path }) => ({ ...given, path }));
}

const countriesIn = fieldsThat(({ isCountry }) => isCountry === true);

/** Returns every country code. */
export function countriesOf(record: SourceRecord): Placed<string>[] {
  const countries: Placed<string>[] = [];
  for (const { fields, given, path } of partsOf(record))
    for (const [property] of countriesIn(fields))
      if (given[property]) countries.push([[...path, property], given[property] as string]);
  return countries;
}

const ofKindsIn = fieldsThat(({ onlyFrom }) => onlyFrom !== undefined);

/** Returns every property that only documents of some kinds give. */
export function propertiesOfKinds(
  record: SourceRecord,
): { path: RecordPath; kinds: readonly string[] }[] {
  const found: { path: RecordPath; kinds: readonly string[] }[] = [];
  for (const { fields, given, path } of partsOf(record))
    for (const [property, { onlyFrom }] of ofKindsIn(fields))
      if (given[property]) found.push({ path: [...path, property], kinds: onlyFrom! });
  return found;
}

const certaintiesIn = fieldsThat(({ facts = [] }) => facts.length > 0);

/** Returns every certainty that is given of single facts, none of which is. */
export function certaintiesOfNothing(record: SourceRecord): RecordPath[] {
  const paths: RecordPath[] = [];
  for (const { fields, given, path } of partsOf(record))
    for (const [property, { facts }] of certaintiesIn(fields))
      if (given[property] && !facts!.some((fact) => isPresent(given[fact])))
        paths.push([...path, property]);
  return paths;
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
  for (const { fields, format, isParty, given, path } of partsOf(record)) {
    const list = isParty ? ofParties : format === CITATION ? ofCitations : ofItems;
    for (const [property, { reference, nounOf, isLabel }] of referencesIn(fields)) {
      const value = given[property] as string | string[] | null | undefined;
      if (!value) continue;
      const noun = (reference?.noun ?? nounOf!(given)) as RecordNoun;
      const hasLabel = nounOf ? formatOf(noun).hasLabel : isLabel;
      for (const key of Array.isArray(value) ? value : [value])
        list.push({
          path: property === KEY ? path : [...path, property],
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

/** An item of a record, an entry, or a part. */
interface Visited {
  fields: ItemFormat["fields"];
  /** Null for a part. */
  format: ItemFormat | null;
  isParty: boolean;
  given: Json;
  path: RecordPath;
}

const visited = new WeakMap<SourceRecord, readonly Visited[]>();

/** Returns all that a record consists of, each item before its parts and entries. Kept, since every rule asks for it. */
function partsOf(record: SourceRecord): readonly Visited[] {
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
