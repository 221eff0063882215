import { type Finding, fault } from "../record.faults.js";
import { givenBy, withClaim, withoutClaim } from "./record.claims.js";
import { wrongDocumentKind } from "../check/record.fact.rules.js";
import type { ItemFormat } from "../record.item.js";
import type { RecordPath } from "../record.path.js";
import { columnOf, type Row } from "../record.row.js";
import type { RemovedItem } from "../redaction/record.removed-items.store.js";
import type { RecordRow } from "./record.rows.js";
import type { LiveItem } from "./record.unit-item.js";
import type { UnitOfWork } from "./record.unit-of-work.js";

/**
 * Merges the rows of a record into a unit: what it gave before is replaced, what other records give is left alone. Returns why that
 * is impossible, if it is; then nothing is changed.
 */
export function mergeRecord(unit: UnitOfWork, documentId: string, rows: RecordRow[]): Finding[] {
  const findings: Finding[] = [];
  const mentioned = new Set(rows.map(({ id }) => id));
  unit.attempt(() => {
    for (const row of rows) mergeItem(unit, documentId, row, findings);
    findings.push(...wrongDocumentKinds(unit, documentId, rows));
    for (const id of mentioned) {
      for (const entry of unit.entriesOf(id))
        if (!mentioned.has(entry.id)) withdraw(unit, documentId, entry);
    }
    return findings.length === 0;
  });
  return findings;
}

function mergeItem(
  unit: UnitOfWork,
  documentId: string,
  { format, id, row, path }: RecordRow,
  findings: Finding[],
): void {
  const state = unit.get(id)?.now;
  const { changesOfPublished } = format.options;
  const before = changesOfPublished && state && givenBy(format, state, documentId);
  if (before) {
    for (const message of changesOfPublished(before, row))
      findings.push(fault(`published-${format.noun}`, path, message));
  }
  const removed = state ? undefined : unit.removed(id);
  if (removed) findings.push(...faultsOfReturn(format, removed, row, path));
  unit.set(format, id, withClaim(format, state, documentId, row));
}

/** Finds why a removed item may not come back as this record gives it. */
function* faultsOfReturn(
  { noun, options: { keyStandsFor } }: ItemFormat,
  { because, keyStoodFor }: RemovedItem,
  row: Row,
  path: RecordPath,
): Generator<Finding> {
  if (because !== null)
    yield fault("redacted", path, `this ${noun} was redacted: ${because}; --restore loads it`);
  else if (keyStoodFor && keyStandsFor) {
    const now = row[columnOf(keyStandsFor.property)] as string;
    if (!keyStoodFor.includes(now)) yield fault(`published-${noun}`, path, keyStandsFor.otherwise);
  }
}

/** Finds what only documents of another kind give. The check does not know the kind of a document that is on record. */
function* wrongDocumentKinds(
  unit: UnitOfWork,
  documentId: string,
  rows: RecordRow[],
): Generator<Finding> {
  // Neither given nor on record: `check` reports that there is no such document.
  const stored = unit.get(documentId)?.now.row as { kind: string } | undefined;
  if (!stored) return;
  const { kind } = stored;
  for (const { format, row, path } of rows) {
    for (const [property, { onlyFrom, columns }] of format.fields) {
      const isGiven = onlyFrom && (row[columns[0]!] ?? null) !== null;
      if (isGiven && !onlyFrom.includes(kind))
        yield wrongDocumentKind([...path, property], onlyFrom, kind);
    }
  }
}

/** Removes what a record no longer says of an item and its entries. Items that no other record gives are deleted. */
export function withdraw(unit: UnitOfWork, documentId: string, item: LiveItem): void {
  const { format, id, now } = item;
  if (!givenBy(format, now, documentId)) return;
  for (const entry of unit.entriesOf(id)) withdraw(unit, documentId, entry);
  unit.set(format, id, withoutClaim(format, now, documentId));
}
