import type { DataSource } from "typeorm";
import { type Sql, sqlOf } from "../../db/sql.js";
import { batchesOf, ReadAhead } from "./record.batches.js";
import type { RecordFault } from "../record.faults.js";
import { recordFilesOf, sizeOf } from "../files/record.files.js";
import { LoadRefused } from "./record.load.refusal.js";
import { describeChange, describeKept, type LoadReport } from "./record.load.report.js";
import { addCounts, type Outcome } from "./record.outcome.js";
import { prune } from "./record.prune.js";
import { dropMentioned, makeMentioned, noteMentioned } from "./record.prune.store.js";
import { readLabels } from "./record.store.js";
import { Turn } from "./record.turn.js";
import { idsToLabel, type Labels } from "./record.wording.js";

export type { LoadReport } from "./record.load.report.js";

/** How to load, and whom to tell of it. */
export interface LoadOptions {
  /** Find out what would change, and change nothing. */
  dryRun?: boolean;
  /** Delete what the loaded records once defined and mention no more. */
  prune?: boolean;
  /** Stops the load after the batch that it is at. */
  signal?: AbortSignal;
  /** Told of each fault of a record that is refused. */
  onFault?: (fault: RecordFault) => void;
  /** Told, in a line, of each item that was on record and is changed, deleted, or kept though it should go. */
  onChange?: (line: string) => void;
  /** Told after each batch how many bytes of how many have been read, and how many records are done. */
  onProgress?: (step: { read: number; total: number | null; records: number }) => void;
}

// Transactions take turns, so that two loads at once can't define the same thing twice.
const LOAD_LOCK = 740_513_202;

/** So many batches are stored in one transaction: a load that waits for its turn waits for some seconds. */
const BATCHES_A_TURN = 8;

// What a batch asks for, its foreign keys too, is found by ids. A plan for tables that are still small would read them from
// end to end, and is kept while they grow a thousandfold.
const LOOK_UP_BY_ID =
  "SELECT set_config('enable_seqscan', 'off', true), set_config('jit', 'off', true)";

/**
 * Loads record files in batches, each of which is on record for good once it is stored. A record with a fault
 * is refused as a whole, and the others are loaded. What is there already and equal is not touched, so that a
 * load can be run again at any time: after it was killed, or for a record that has changed.
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
    // The rules of the database want it, whatever the default of the server.
    await runner.startTransaction("READ COMMITTED");
    await sql.query("loadTurn", "SELECT pg_advisory_xact_lock($1)", [LOAD_LOCK]);
  };
  const inTransaction = async (work: () => Promise<Outcome[]>) => {
    if (!dryRun) await begin();
    const outcomes = await work();
    const told: [Outcome, Labels][] = [];
    for (const outcome of outcomes) told.push([outcome, await labelsFor(sql, outcome, options)]);
    if (!dryRun) await runner.commitTransaction();
    for (const [outcome, labels] of told) tell(outcome, labels, report, options);
  };
  const files = await recordFilesOf(paths);
  const total = await sizeOf(files);
  let read = 0;
  const progress = () =>
    options.onProgress?.({ read, total, records: report.records + report.refused });
  const batches = new ReadAhead(batchesOf(files, (count) => (read += count)));
  const isStopped = () => options.signal?.aborted ?? false;
  const takeTurn = async () => {
    await sql.query("lookUpById", LOOK_UP_BY_ID);
    let left = BATCHES_A_TURN;
    const turn = new Turn(sql, async () => (left-- > 0 ? batches.take() : undefined));
    const outcomes: Outcome[] = [];
    for (;;) {
      const outcome = await turn.store();
      if (!outcome) return outcomes;
      outcomes.push(outcome);
      if (options.prune) await noteMentioned(sql, outcome.documents, outcome.mentioned);
      if (isStopped()) return outcomes;
    }
  };
  try {
    if (dryRun) await begin();
    if (options.prune) await makeMentioned(sql);
    while (!report.isStopped && (await batches.wait())) {
      await inTransaction(takeTurn);
      progress();
      report.isStopped = isStopped();
    }
    // What a refused record mentions would look like what nobody mentions.
    report.isPruned = options.prune === true && report.refused === 0 && !report.isStopped;
    if (report.isPruned) await inTransaction(async () => [await prune(sql)]);
    if (dryRun) await runner.rollbackTransaction();
    else if (options.prune) await dropMentioned(sql);
    return report;
  } catch (error) {
    // Where the connection is lost there is nothing to roll back, and the first error says more.
    if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => {});
    if (options.prune) await dropMentioned(sql).catch(() => {});
    throw error;
  } finally {
    batches.end();
    await runner.release();
  }
}

/** Loads record files of which none may be refused. Rejects with the faults where one is. */
export async function loadAll(dataSource: DataSource, paths: string[]): Promise<LoadReport> {
  const faults: RecordFault[] = [];
  const report = await loadFiles(dataSource, paths, { onFault: (fault) => faults.push(fault) });
  if (faults.length > 0) throw new LoadRefused(faults);
  return report;
}

function tell(
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

/** What the items in the lines told are called. */
async function labelsFor(
  sql: Sql,
  { items, kept }: Outcome,
  { onChange }: LoadOptions,
): Promise<Labels> {
  const rows = items.flatMap(({ before, now }) => [before, now]);
  const ids = [...idsToLabel(rows), ...kept.map(({ id }) => id)];
  if (!onChange || ids.length === 0) return new Map();
  const labels = await readLabels(sql, ids);
  // The deleted ones are on record no more.
  for (const { format, id, before } of items)
    if (before && format.key) labels.set(id, before[format.key] as string);
  return labels;
}
