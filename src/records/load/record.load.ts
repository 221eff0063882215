import type { DataSource } from "typeorm";
import { type Sql, sqlOf } from "../../db/sql.js";
import { batchesOf, ReadAhead } from "./record.batches.js";
import type { RecordFault } from "../record.faults.js";
import { recordFilesOf, sizeOf } from "../files/record.files.js";
import { LoadRefused } from "./record.load.refusal.js";
import { describeChange, describeKept, type LoadReport } from "./record.load.report.js";
import { addCounts, type Outcome } from "./record.outcome.js";
import { prune } from "./record.prune.js";
import { dropMentioned, createMentioned, addMentioned } from "./record.prune.store.js";
import { readLabels } from "./record.store.js";
import { LoadPipeline } from "./record.pipeline.js";
import { idsToLabel, type Labels } from "./record.labels.js";

export type { LoadReport } from "./record.load.report.js";

/** Options of a load. */
export interface LoadOptions {
  /** Report what would change, but change nothing. */
  dryRun?: boolean;
  /** Delete what the loaded records defined before and no longer mention. */
  prune?: boolean;
  /** Stops the load after the current batch. */
  signal?: AbortSignal;
  /** Called for each fault of a rejected record. */
  onFault?: (fault: RecordFault) => void;
  /** Called with one line for each item that was changed, deleted, or could not be deleted. */
  onChange?: (line: string) => void;
  /** Called as the load proceeds: bytes read, total bytes, and records done. */
  onProgress?: (step: { read: number; total: number | null; records: number }) => void;
}

// An advisory lock: two loads at once must not define the same item twice.
const LOAD_LOCK = 740_513_202;

/** Few enough that a concurrent load only waits a few seconds for the lock. */
const BATCHES_PER_TRANSACTION = 8;

// All queries of a load, foreign keys included, look up ids. A plan made while tables are small would scan them, and would be
// kept in the cache while they grow a thousandfold.
const LOOK_UP_BY_ID =
  "SELECT set_config('enable_seqscan', 'off', true), set_config('jit', 'off', true)";

/**
 * Loads record files in batches, and commits every few batches. A record with a fault is rejected as a whole; the others
 * are loaded. Idempotent: rows that are already equal are not written, so a load can be repeated at any time.
 */
export async function loadFiles(
  dataSource: DataSource,
  paths: string[],
  options: LoadOptions = {},
): Promise<LoadReport> {
  const { dryRun = false } = options;
  const report: LoadReport = {
    records: 0,
    rows: 0,
    changes: new Map(),
    refused: 0,
    isStopped: false,
    isPruned: false,
  };
  const runner = dataSource.createQueryRunner();
  const sql = sqlOf(runner);
  const begin = async () => {
    // The database's triggers rely on it, whatever the default of the server.
    await runner.startTransaction("READ COMMITTED");
    await sql.query("loadTurn", "SELECT pg_advisory_xact_lock($1)", [LOAD_LOCK]);
  };
  const inTransaction = async (work: () => Promise<Outcome[]>) => {
    if (!dryRun) await begin();
    const outcomes = await work();
    const labelled: [Outcome, Labels][] = [];
    for (const outcome of outcomes)
      labelled.push([outcome, await labelsFor(sql, outcome, options)]);
    if (!dryRun) await runner.commitTransaction();
    for (const [outcome, labels] of labelled) reportOutcome(outcome, labels, report, options);
  };
  const files = await recordFilesOf(paths);
  const total = await sizeOf(files);
  let read = 0;
  const progress = () =>
    options.onProgress?.({ read, total, records: report.records + report.refused });
  const batches = new ReadAhead(batchesOf(files, (count) => (read += count)));
  const isStopped = () => options.signal?.aborted ?? false;
  const storeBatches = async () => {
    await sql.query("lookUpById", LOOK_UP_BY_ID);
    let left = BATCHES_PER_TRANSACTION;
    const pipeline = new LoadPipeline(sql, async () => (left-- > 0 ? batches.take() : undefined));
    const outcomes: Outcome[] = [];
    for (;;) {
      const outcome = await pipeline.store();
      if (!outcome) return outcomes;
      outcomes.push(outcome);
      if (options.prune) await addMentioned(sql, outcome.documents, outcome.mentioned);
      if (isStopped()) return outcomes;
    }
  };
  try {
    if (dryRun) await begin();
    if (options.prune) await createMentioned(sql);
    while (!report.isStopped && (await batches.wait())) {
      await inTransaction(storeBatches);
      progress();
      report.isStopped = isStopped();
    }
    // The items of a rejected record would look as if no record mentioned them.
    report.isPruned = options.prune === true && report.refused === 0 && !report.isStopped;
    if (report.isPruned) await inTransaction(async () => [await prune(sql)]);
    if (dryRun) await runner.rollbackTransaction();
    else if (options.prune) await dropMentioned(sql);
    return report;
  } catch (error) {
    // Rollback fails on a lost connection; the first error says more.
    if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => {});
    if (options.prune) await dropMentioned(sql).catch(() => {});
    throw error;
  } finally {
    batches.end();
    await runner.release();
  }
}

/** Loads record files; throws `LoadRefused` if any record is rejected. */
export async function loadAll(dataSource: DataSource, paths: string[]): Promise<LoadReport> {
  const faults: RecordFault[] = [];
  const report = await loadFiles(dataSource, paths, { onFault: (fault) => faults.push(fault) });
  if (faults.length > 0) throw new LoadRefused(faults);
  return report;
}

function reportOutcome(
  outcome: Outcome,
  labels: Labels,
  report: LoadReport,
  { onFault, onChange }: LoadOptions,
): void {
  report.records += outcome.records;
  report.rows += outcome.rows;
  report.refused += outcome.refused.length;
  addCounts(report.changes, outcome.counts);
  for (const fault of outcome.refused.flat()) onFault?.(fault);
  for (const change of outcome.items) onChange?.(describeChange(change, labels));
  for (const kept of outcome.kept) onChange?.(describeKept(kept, labels));
}

/** Returns the labels of the items to report. */
async function labelsFor(
  sql: Sql,
  { items, kept }: Outcome,
  { onChange }: LoadOptions,
): Promise<Labels> {
  const rows = items.flatMap(({ before, now }) => [before, now]);
  const ids = [...idsToLabel(rows), ...kept.map(({ id }) => id)];
  if (!onChange || ids.length === 0) return new Map();
  const labels = await readLabels(sql, ids);
  // Deleted items are no longer in the database.
  for (const { format, id, before } of items)
    if (before && format.key) labels.set(id, before[format.key] as string);
  return labels;
}
