import type { Sql } from "../../db/sql.js";
import type { ReadRecord } from "./record.batches.js";
import { bisect } from "./record.bisect.js";
import { type Changes, changesOf, type ItemChange } from "./record.changes.js";
import { DANGLING } from "../check/record.key.rules.js";
import { checkRules } from "../check/record.check.js";
import { faultsIn, type Finding, type RecordFault } from "../record.faults.js";
import { CITATION, DOCUMENT, ITEMS, type SourceRecord } from "../record.format.js";
import { idOf } from "../record.ids.js";
import type { ItemFormat } from "../record.item.js";
import { type KnownIds, KnownKeys } from "./record.known.js";
import type { LoadTexts } from "./record.load.texts.js";
import { faultOfDatabaseError } from "./record.load.refusal.js";
import { addChanges, addCounts, emptyOutcome, movedItem, type Outcome } from "./record.outcome.js";
import { NOUNS_IN_LOAD } from "./record.nouns.js";
import { readJudgedOrdered } from "./record.reorder.js";
import { type DeferredParent, withParentOf } from "../parents/record.deferred-parents.js";
import { createYielder } from "./record.yield.js";
import { type RecordRow, rowsOfRecord } from "./record.rows.js";
import { mergeRecord } from "./record.merge-record.js";
import { refreshAllJudged } from "../judgements/record.judgements.store.js";
import { restore, restorer } from "../judgements/record.restore.js";
import { refreshShown } from "../judgements/record.refresh.js";
import { showParents } from "../parents/record.parents.js";
import { type ItemIds, UnitOfWork } from "./record.unit-of-work.js";
import { documentKeyOf, referencesOf } from "../record.walk.js";
import { readIdsClaimedBy } from "./record.store.js";
import { redatedDocuments, write } from "./record.write.js";

/** Stores records in the current transaction: as prepared or, if the database rejects that, by bisection. */
export function storeRecords(
  sql: Sql,
  records: ReadRecord[],
  prepared: () => Promise<Outcome>,
  texts?: LoadTexts,
): Promise<Outcome> {
  let isTried = false;
  const store = async (_sql: Sql, some: ReadRecord[]) => {
    const work = isTried ? storeBatch(sql, some) : prepared();
    isTried = true;
    const outcome = await work;
    await texts?.keep(sql, some, outcome);
    return outcome;
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
  const known = new KnownKeys(restorer());
  await known.read(sql, withoutSources(records));
  const candidates = await checkRecords(known, records, outcome);
  const unit = await UnitOfWork.load(sql, idsIn(candidates), documentsOf(candidates));
  const refused = await mergeRecords(unit, candidates, outcome);
  outcome.refused.push(...refused);
  await writeChanges(sql, unit, outcome);
  return outcome;
}

/** Reads items to change that no `KnownKeys` looked up: as recorded, whatever judgements say of them. */
export async function readAsRecorded(
  sql: Sql,
  ids: ItemIds,
  documents: Iterable<string> | null,
): Promise<UnitOfWork> {
  await restore(sql, [...new Set([...ids.values()].flatMap((some) => [...some]))]);
  return UnitOfWork.load(sql, ids, documents);
}

/** Returns the records without their source texts. */
export function withoutSources(records: ReadRecord[]): SourceRecord[] {
  return records.map(({ record }) => record);
}

/** Merges records into a unit; returns the faults of each that cannot be merged. */
export async function mergeRecords(
  unit: UnitOfWork,
  candidates: Candidate[],
  outcome: Outcome,
): Promise<RecordFault[][]> {
  const refused: RecordFault[][] = [];
  const yieldIfDue = createYielder();
  for (const { source, documentId, rows } of candidates) {
    const findings: Finding[] = mergeRecord(unit, documentId, rows);
    if (findings.length === 0) {
      outcome.records++;
      outcome.rows += rows.length;
      outcome.mentioned.push({ id: documentId, documentId });
      for (const { id } of rows) outcome.mentioned.push({ id, documentId });
    } else refused.push(faultsIn(source, findings));
    await yieldIfDue();
  }
  return refused;
}

/** Writes the changes of a unit, and adds them to the outcome. */
export async function writeChanges(sql: Sql, unit: UnitOfWork, outcome: Outcome): Promise<void> {
  await applyChanges(sql, await changesOf(unit), outcome);
}

/** Writes changes, and what follows from them, and adds both to the outcome. */
export async function applyChanges(sql: Sql, changes: Changes, outcome: Outcome): Promise<void> {
  const documents = redatedDocuments(changes);
  // What cites them gets another position, as recorded and as shown.
  if (documents.length > 0) await restore(sql, await readJudgedOrdered(sql, documents));
  addChanges(outcome, changes, await write(sql, changes));
  for (const { batchRules = [] } of NOUNS_IN_LOAD)
    for (const rule of batchRules) await rule(sql, changes);
  if (documents.length > 0) await chooseAnew(sql, documents, outcome, changes.deferred);
  else await refresh(sql, outcome, changes.deferred);
}

/** Recomputes shown values after all writes; `deferred` were written without their parents. */
export async function refresh(
  sql: Sql,
  outcome: Outcome,
  deferred: DeferredParent[] = [],
): Promise<void> {
  for (const one of await refreshShown(sql)) outcome.touched.push(one);
  const { changes, hasMoved } = await showParents(sql, deferred);
  addMoved(outcome, changes);
  for (const { format, id } of changes) {
    outcome.revised.push(movedItem(format, id));
    outcome.touched.push({ noun: format.noun, id });
  }
  outcome.hasMoved ||= hasMoved;
}

/** Adds that items have another parent to their changes to report. */
function addMoved(outcome: Outcome, moved: ItemChange[]): void {
  if (moved.length === 0) return;
  const reported = new Map(outcome.items.map((change) => [change.id, change]));
  for (const change of moved) {
    const known = reported.get(change.id);
    if (known?.now) known.now = withParentOf(change.format, known.now, change.now);
    else {
      outcome.items.push(change);
      const counts = { inserted: 0, updated: 1, deleted: 0 };
      addCounts(outcome.counts, new Map([[change.format.table, counts]]));
    }
  }
}

/** Chooses anew the values of all items to which the records of these documents make a claim. */
export async function chooseAnew(
  sql: Sql,
  documents: string[],
  outcome: Outcome,
  deferred: DeferredParent[] = [],
): Promise<void> {
  const all = [...deferred];
  for (let ids = await readIdsClaimedBy(sql, documents, null); ids.length > 0;) {
    const claimed = new Map(ITEMS.map((format) => [format, ids]));
    const unit = await readAsRecorded(sql, claimed, null);
    for (const { format, id, now } of [...unit.all()])
      if (now!.claims.size > 0) unit.set(format, id, { ...now!, isStale: true });
    const changes = await changesOf(unit);
    addChanges(outcome, changes, await write(sql, changes));
    // If deferred twice, keep the original state.
    const known = new Set(all.map(({ id }) => id));
    all.push(...changes.deferred.filter(({ id }) => !known.has(id)));
    ids = await readIdsClaimedBy(sql, documents, ids.at(-1)!);
  }
  await refreshAllJudged(sql);
  await refresh(sql, outcome, all);
}

/**
 * Checks the rules of each record against the database and the other records; returns those that pass, each after those it refers to.
 * A record whose only faults are references to unknown items waits for records that define these.
 */
export async function checkRecords(
  known: KnownKeys,
  records: ReadRecord[],
  { refused, waiting }: Outcome,
): Promise<Candidate[]> {
  const candidates: Candidate[] = [];
  const yieldIfDue = createYielder();
  let open = records;
  for (let left = Infinity; open.length < left;) {
    left = open.length;
    waiting.length = 0;
    for (const one of open) {
      const { candidate, faults, missing = [] } = checkOne(known, one);
      if (candidate) candidates.push(candidate);
      else if (faults.some(({ code }) => code !== DANGLING)) refused.push(faults);
      else waiting.push({ record: one, faults, missing });
      await yieldIfDue();
    }
    open = waiting.map(({ record }) => record);
  }
  return candidates;
}

function checkOne(
  known: KnownKeys,
  { source, record }: ReadRecord,
): { candidate?: Candidate; faults: RecordFault[]; missing?: string[] } {
  const ids = known.idsFor(record);
  const faults = checkRules(record, {
    source,
    onRecord: {
      isKnown: (noun, key) => ids.get(noun, key) !== undefined,
      firstKeys: (noun, key) => ids.firstKeys(noun, key),
      document: (key) => ids.document(key),
    },
  });
  if (faults.length > 0) return { faults, missing: missingIn(record, ids) };
  known.add(record);
  const documentId = idOf(DOCUMENT.noun, documentKeyOf(record));
  return { candidate: { source, record, documentId, rows: rowsOfRecord(record, ids) }, faults };
}

/** Returns the items that a record refers to and that nothing defines, by noun and key. */
function missingIn(record: SourceRecord, ids: KnownIds): string[] {
  return referencesOf(record).flatMap(({ noun, key }) =>
    ids.get(noun, key) === undefined ? [`${noun} ${key}`] : [],
  );
}

/** Returns the ids of the documents of these records. */
export function documentsOf(candidates: Candidate[]): Set<string> {
  return new Set(candidates.map(({ documentId }) => documentId));
}

/** Returns the ids of the items in these records, and of their documents and those they cite. */
export function idsIn(candidates: Candidate[]): Map<ItemFormat, Set<string>> {
  const ids = new Map(ITEMS.map((format) => [format, new Set<string>()]));
  for (const { documentId, rows } of candidates) {
    ids.get(DOCUMENT)!.add(documentId);
    for (const { format, id, row } of rows) {
      // Entries are read with the item that contains them.
      if (format === CITATION) ids.get(DOCUMENT)!.add(row.document_id as string);
      else if (!format.options.entry) ids.get(format)!.add(id);
    }
  }
  return ids;
}
