import type { RecordPath } from "./record.faults.js";
import type { RecordCitation, SourceRecord } from "./record.format.js";

/** What has a key of its own, by which one record can speak of what another defines. */
export type RecordNoun =
  | "document"
  | "person"
  | "place"
  | "organization"
  | "topic"
  | "meeting"
  | "agreement"
  | "statement";

/** A key that a record uses for something it, another record or the store defines. */
export interface RecordReference {
  path: RecordPath;
  noun: RecordNoun;
  key: string;
}

/** Who takes part, speaks, is spoken to, or is bound: all that such an entry may name. */
export interface RecordParty {
  path: RecordPath;
  person?: string | null;
  country?: string | null;
  organization?: string | null;
  description?: string | null;
}

type Placed<T> = readonly [path: RecordPath, value: T];

/** The key of the document that the record is of. */
export function documentKeyOf({ document }: SourceRecord): string {
  return typeof document === "string" ? document : document.key;
}

/** The full key of a statement: its label completed with the document's key. */
export function statementKeyOf(record: SourceRecord, label: string): string {
  return statementKeyIn(documentKeyOf(record), label);
}

/** The same, where of a record only its document's key is at hand. */
export function statementKeyIn(documentKey: string, label: string): string {
  return label.includes("/") ? label : `${documentKey}/${label}`;
}

/** The citations of each fact, in the record's order. */
export function* citationListsOf(record: SourceRecord): Generator<Placed<RecordCitation[]>> {
  for (const list of ["tenures", "meetings", "agreements", "statements"] as const) {
    for (const [i, item] of record[list].entries()) {
      yield [[list, i, "citations"], item.citations];
      if ("participations" in item)
        yield* listsOfParts(item.participations, [list, i, "participations"]);
      if ("relations" in item) yield* listsOfParts(item.relations, [list, i, "relations"]);
    }
  }
}

function* listsOfParts(
  parts: { citations: RecordCitation[] }[],
  path: RecordPath,
): Generator<Placed<RecordCitation[]>> {
  for (const [at, { citations }] of placed(parts, path)) yield [[...at, "citations"], citations];
}

/** Every citation of the record, in its order. */
export function* citationsOf(record: SourceRecord): Generator<Placed<RecordCitation>> {
  for (const [path, citations] of citationListsOf(record)) yield* placed(citations, path);
}

/** Every participation, party, speaker and addressee. */
export function* partiesOf(record: SourceRecord): Generator<RecordParty> {
  const party = ([path, value]: Placed<Omit<RecordParty, "path">>) => ({ ...value, path });
  for (const [i, { participations }] of record.meetings.entries())
    yield* placed(participations, ["meetings", i, "participations"]).map(party);
  for (const [i, { parties }] of record.agreements.entries())
    yield* placed(parties, ["agreements", i, "parties"]).map(party);
  for (const [i, { speakers, addressees }] of record.statements.entries()) {
    yield* placed(speakers, ["statements", i, "speakers"]).map(party);
    yield* placed(addressees, ["statements", i, "addressees"]).map(party);
  }
}

/** Every country code. */
export function* countriesOf(record: SourceRecord): Generator<Placed<string>> {
  const fields = ["country", "accreditedTo", "placeCountry"] as const;
  const lists = ["places", "tenures", "meetings", "statements"] as const;
  for (const list of lists) {
    for (const [path, item] of placed<Partial<Record<(typeof fields)[number], string | null>>>(
      record[list],
      [list],
    ))
      for (const field of fields) if (item[field]) yield [[...path, field], item[field]];
  }
  for (const { path, country } of partiesOf(record))
    if (country) yield [[...path, "country"], country];
}

/** Every use of a key. */
export function* referencesOf(record: SourceRecord): Generator<RecordReference> {
  for (const [path, noun, key] of keysIn(record)) if (key) yield { path, noun, key };
}

function* keysIn(
  record: SourceRecord,
): Generator<[path: RecordPath, noun: RecordNoun, key: string | null | undefined]> {
  const { document } = record;
  if (typeof document === "string") yield [["document"], "document", document];
  else {
    yield [["document", "issuer"], "organization", document.issuer];
    yield [["document", "syndicatedFrom"], "document", document.syndicatedFrom];
  }
  for (const [path, tenure] of placed(record.tenures, ["tenures"])) {
    yield [[...path, "person"], "person", tenure.person];
    yield [[...path, "organization"], "organization", tenure.organization];
  }
  for (const [path, meeting] of placed(record.meetings, ["meetings"])) {
    for (const [at, place] of placed(meeting.places, [...path, "places"]))
      yield [at, "place", place];
    yield [[...path, "convener"], "organization", meeting.convener];
    yield [[...path, "parent"], "meeting", meeting.parent];
  }
  for (const [path, agreement] of placed(record.agreements, ["agreements"])) {
    yield [[...path, "signedAt"], "meeting", agreement.signedAt];
    yield [[...path, "exchangedAt"], "meeting", agreement.exchangedAt];
  }
  for (const [path, statement] of placed(record.statements, ["statements"])) {
    yield [[...path, "meeting"], "meeting", statement.meeting];
    yield [[...path, "place"], "place", statement.place];
    for (const [at, topic] of placed(statement.topics, [...path, "topics"]))
      yield [at, "topic", topic];
    for (const [at, { statement: other }] of placed(statement.relations, [...path, "relations"]))
      yield [[...at, "statement"], "statement", statementKeyOf(record, other)];
  }
  for (const { path, person, organization } of partiesOf(record)) {
    yield [[...path, "person"], "person", person];
    yield [[...path, "organization"], "organization", organization];
  }
  for (const [path, citation] of citationsOf(record))
    yield [[...path, "document"], "document", citation.document];
}

function placed<T>(items: readonly T[], path: RecordPath): Placed<T>[] {
  return items.map((item, index) => [[...path, index], item]);
}
