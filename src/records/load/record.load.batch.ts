import type { Sql } from "../../db/sql.js";
import type { ReadRecord } from "./record.batches.js";
import { bisect } from "./record.bisect.js";
import { changesOf } from "./record.changes.js";
import { checkRules } from "../check/record.check.js";
import { faultsIn, type RecordFault } from "../record.faults.js";
import { CITATION, DOCUMENT, ITEMS, type SourceRecord } from "../record.format.js";
import { idOf } from "../record.ids.js";
import type { ItemFormat } from "../record.item.js";
import { KnownKeys } from "./record.known.js";
import { conflictFaults, faultOfDatabaseError } from "./record.load.refusal.js";
import { addChanges, emptyOutcome, type Outcome } from "./record.outcome.js";
import { createYielder } from "./record.yield.js";
import { type RecordRow, rowsOfRecord } from "./record.rows.js";
import { readLabels } from "./record.store.js";
import { type ItemConflict, type MergeErrors, mergeRecord } from "./record.merge-record.js";
import { UnitOfWork } from "./record.unit-of-work.js";
import { documentKeyOf } from "../record.walk.js";
import { idsToLabel } from "./record.labels.js";
import { write } from "./record.write.js";

/** Stores records in the current transaction: as prepared or, if the database rejects that, by bisection. */
export function storeRecords(
  sql: Sql,
  records: ReadRecord[],
  prepared: () => Promise<Outcome>,
): Promise<Outcome> {
  let isTried = false;
  const store = (_sql: Sql, some: ReadRecord[]) => {
    if (isTried) return storeBatch(sql, some);
    isTried = true;
    return prepared();
  };
  return bisect(sql, records, store, (error, { source }) => {
    const found = faultOfDatabaseError(error, source);
    return found && { ...emptyOutcome(), refused: [[found]] };
  });
}

/** A record that passed the rules, and its rows. */
export interface Candidate extends ReadRecord {
  /** The id of its document. */
  documentId: string;
  rows: RecordRow[];
}

async function storeBatch(sql: Sql, records: ReadRecord[]): Promise<Outcome> {
  const outcome = emptyOutcome();
  const known = new KnownKeys();
  await known.read(sql, withoutSources(records));
  const candidates = await checkRecords(known, records, outcome.refused);
  const unit = await UnitOfWork.load(sql, idsIn(candidates));
  const errors = await mergeRecords(unit, candidates, outcome);
  outcome.refused.push(...(await mergeFaults(sql, candidates, errors)));
  await writeChanges(sql, unit, outcome);
  return outcome;
}

/** Returns the records without their source texts. */
export function withoutSources(records: ReadRecord[]): SourceRecord[] {
  return records.map(({ record }) => record);
}

/** Merges records into a unit; returns those that cannot be merged, and why. */
export async function mergeRecords(
  unit: UnitOfWork,
  candidates: Candidate[],
  outcome: Outcome,
): Promise<Map<Candidate, MergeErrors>> {
  const refused = new Map<Candidate, MergeErrors>();
  const yieldIfDue = createYielder();
  for (const candidate of candidates) {
    const { documentId, rows } = candidate;
    const errors = mergeRecord(unit, documentId, rows);
    if (errors.conflicts.length + errors.findings.length === 0) {
      outcome.records++;
      outcome.rows += rows.length;
      outcome.documents.push(documentId);
      for (const { id } of rows) outcome.mentioned.push(id);
    } else refused.set(candidate, errors);
    await yieldIfDue();
  }
  return refused;
}

/** Returns the faults of each record that cannot be merged. */
export async function mergeFaults(
  sql: Sql,
  candidates: Candidate[],
  refused: ReadonlyMap<Candidate, MergeErrors>,
): Promise<RecordFault[][]> {
  const faults: RecordFault[][] = [];
  for (const [{ source }, { conflicts, findings }] of refused) {
    const labels = await readLabels(sql, idsOfConflicts(conflicts));
    // The database may not have the items that this batch defines.
    for (const { format, id, row } of candidates.flatMap((one) => one.rows))
      if (format.key) labels.set(id, row[format.key] as string);
    faults.push([...conflictFaults(source, conflicts, labels), ...faultsIn(source, findings)]);
  }
  return faults;
}

/** Writes the changes of a unit, and adds them to the outcome. */
export async function writeChanges(sql: Sql, unit: UnitOfWork, outcome: Outcome): Promise<void> {
  const changes = await changesOf(unit);
  addChanges(outcome, changes, await write(sql, changes));
}

/** Checks the rules of each record against the database and the records before it; returns those that pass. */
export async function checkRecords(
  known: KnownKeys,
  records: ReadRecord[],
  refused: RecordFault[][],
): Promise<Candidate[]> {
  const candidates: Candidate[] = [];
  const yieldIfDue = createYielder();
  for (const { source, record } of records) {
    const ids = known.idsFor(record);
    const faults = checkRules(record, {
      source,
      isKnown: (noun, key) => ids.get(noun, key) !== undefined,
      firstKeys: (noun, key) => ids.firstKeys(noun, key),
    }).filter(({ severity }) => severity === "fault");
    if (faults.length > 0) refused.push(faults);
    else {
      known.add(record);
      const documentId = idOf(DOCUMENT.noun, documentKeyOf(record));
      candidates.push({ source, record, documentId, rows: rowsOfRecord(record, ids) });
    }
    await yieldIfDue();
  }
  return candidates;
}

/** Returns the ids of the items in these records, and of the documents they cite. */
export function idsIn(candidates: Candidate[]): Map<ItemFormat, Set<string>> {
  const ids = new Map(ITEMS.map((format) => [format, new Set<string>()]));
  for (const { rows } of candidates) {
    for (const { format, id, row } of rows) {
      // Entries are read with the item that contains them.
      if (format === CITATION) ids.get(DOCUMENT)!.add(row.document_id as string);
      else if (!format.options.entry) ids.get(format)!.add(id);
    }
  }
  return ids;
}

function idsOfConflicts(conflicts: ItemConflict[]): string[] {
  const documentIds = conflicts.flatMap(({ conflict }) => conflict.documentIds);
  return [
    ...documentIds,
    ...idsToLabel(conflicts.flatMap(({ item, given }) => [item.now.row, given])),
  ];
}
