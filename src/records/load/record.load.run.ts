import type { QueryRunner } from "typeorm";
import { LOAD_LOCK } from "../../db/locks.js";
import { type Sql, sqlOf } from "../../db/sql.js";
import { type Batch, batchesOf, ReadAhead } from "./record.batches.js";
import { withReferrers } from "../history/record.referrers.js";
import { recordFilesOf } from "../files/record.files.js";
import { storeCycle } from "./record.load.cycle.js";
import type { LoadOptions } from "./record.load.options.js";
import type { LoadTexts } from "./record.load.texts.js";
import { WholeOperation } from "./record.load.together.js";
import type { LoadReport } from "./record.load.report.js";
import { LoadReporter } from "./record.load.reporter.js";
import { emptyOutcome, type KeptItem, type Outcome } from "./record.outcome.js";
import { chooseAnew, refresh } from "./record.load.batch.js";
import { storeSourceOrder } from "./record.source-order.store.js";
import { prune } from "./record.prune.js";
import { dropMentioned, createMentioned, addMentioned } from "./record.prune.store.js";
import { discardPlans, lookUpById } from "./record.plans.js";
import { allowRestoring, forgetRedactions } from "../redaction/record.removed-items.store.js";
import type { RevisionWriter } from "../revisions/record.revision.js";
import { LoadPipeline } from "./record.pipeline.js";
import { ResumePoint } from "./record.resume.js";
import { WaitingRecords } from "./record.waiting.js";

/** Few enough that a concurrent load only waits a few seconds for the lock. */
const BATCHES_PER_TRANSACTION = 4;

/** One load: its batches, a few per transaction, and what follows when all are stored. */
export class Load {
  private readonly sql: Sql;
  private readonly whole: WholeOperation | undefined;
  private readonly reporter: LoadReporter;
  private readonly report: LoadReport;
  /** Whether a stopped load has read records that it has not stored. */
  private hasUnstored = false;
  private batches = 0;
  /** Absent if nothing is committed before the end. */
  private readonly resumePoint: ResumePoint | undefined;

  constructor(
    private readonly runner: QueryRunner,
    private readonly options: LoadOptions,
    private readonly onProgress: (records: number) => void,
    private readonly revisions: RevisionWriter,
    private readonly texts?: LoadTexts,
    /** The last revision before it, if it resumes another load. */
    since?: number,
  ) {
    this.sql = sqlOf(runner);
    this.reporter = new LoadReporter(options);
    this.report = this.reporter.report;
    this.whole = options.together && new WholeOperation(options.together);
    if (!options.dryRun && !this.whole)
      this.resumePoint = new ResumePoint(revisions.operation, since);
  }

  async run(batches: AsyncGenerator<Batch>): Promise<LoadReport> {
    const { runner, sql, report, whole } = this;
    const { dryRun, prune: isPruning } = this.options;
    try {
      if (dryRun || whole) await this.begin();
      if (isPruning) await createMentioned(sql);
      if (this.options.sources) await this.inTransaction(() => this.setSourceOrder());
      await this.storeAll(batches);
      const isStored = report.refused + report.waiting === 0 && !report.isStopped;
      // The items of a record that is not loaded would look as if no record mentioned them.
      report.isPruned = isPruning === true && isStored;
      whole?.assertLoaded(report);
      if (report.isPruned) await this.inTransaction(() => this.prune());
      if (whole) await this.finish(whole);
      if (isStored) await this.resumePoint?.keepEnd(sql);
      if (dryRun) await runner.rollbackTransaction();
      else if (isPruning) await dropMentioned(sql);
      return report;
    } catch (error) {
      // Rollback fails on a lost connection; the first error says more.
      if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => {});
      if (isPruning) await dropMentioned(sql).catch(() => {});
      throw error;
    } finally {
      await runner.release();
    }
  }

  private async prune(): Promise<Outcome[]> {
    const { sql, whole } = this;
    const withdrawn = this.options.together?.withdrawn ?? [];
    const mentions = withdrawn.map((id) => ({ id, documentId: id }));
    if (mentions.length > 0) await addMentioned(sql, mentions);
    const outcomes: Outcome[] = [];
    const kept: KeptItem[] = [];
    for await (const outcome of prune(sql, withdrawn)) {
      // The refusal of an operation in one transaction names them.
      if (!whole) outcome.kept = await withReferrers(sql, outcome.kept);
      // There may be many, so that an operation in one transaction reports each by itself.
      if (whole) await this.inTransaction(() => Promise.resolve([outcome]));
      else outcomes.push(outcome);
      kept.push(...outcome.kept);
    }
    await whole?.assertPruned(sql, kept);
    return outcomes;
  }

  private async finish(whole: WholeOperation): Promise<void> {
    await whole.finish(this.sql, this.revisions, async (file) => {
      await this.storeAll(batchesOf(await recordFilesOf([file])));
      whole.assertLoaded(this.report);
    });
    if (!this.options.dryRun) await this.runner.commitTransaction();
  }

  private async setSourceOrder(): Promise<Outcome[]> {
    const outcome = emptyOutcome();
    const documents = await storeSourceOrder(this.sql, this.options.sources!);
    if (documents) await chooseAnew(this.sql, documents, outcome);
    return [outcome];
  }

  /** Stores batches, and then those that waited, again and again, until no record is left or no more can be stored. */
  private async storeAll(batches: AsyncGenerator<Batch>): Promise<void> {
    const { report, options } = this;
    let waiting = new WaitingRecords();
    try {
      await this.store(batches, waiting);
      for (let left = Infinity; waiting.count > 0 && waiting.count < left && !report.isStopped;) {
        const before = waiting;
        left = before.count;
        waiting = new WaitingRecords();
        await this.store(before.batches(), waiting).finally(() => before.close());
        if (waiting.count === left) await this.storeCycles(waiting);
      }
      report.waiting = waiting.count;
      for await (const { faults } of waiting.all())
        for (const one of faults) options.onFault?.(one);
    } finally {
      await waiting.close();
    }
  }

  /** Stores records that wait for nothing but each other, a cycle at a time. */
  private async storeCycles(waiting: WaitingRecords): Promise<void> {
    const { report, options, sql } = this;
    const cycles = report.isStopped ? [] : await waiting.cycles();
    if (cycles.length > 0) await waiting.remove(cycles.flat());
    for (const cycle of cycles) {
      report.isStopped = options.signal?.aborted ?? false;
      const outcomes = report.isStopped
        ? [{ ...emptyOutcome(), waiting: cycle }]
        : await this.inTransaction(async () => {
            await lookUpById(sql);
            const outcome = await storeCycle(sql, cycle, this.texts);
            if (options.prune) await addMentioned(sql, outcome.mentioned);
            return [outcome];
          });
      for (const outcome of outcomes) await waiting.add(outcome.waiting);
    }
  }

  private async store(source: AsyncGenerator<Batch>, waiting: WaitingRecords): Promise<void> {
    const { report, options } = this;
    const batches = new ReadAhead(source);
    try {
      while (!report.isStopped && (await batches.wait())) {
        const outcomes = await this.inTransaction(() => this.storeBatches(batches));
        for (const outcome of outcomes) await waiting.add(outcome.waiting);
        this.onProgress(report.records + report.refused);
        if (!options.signal?.aborted) continue;
        const isStored = waiting.count === 0 && !this.hasUnstored && !options.prune;
        report.isStopped = !(isStored && (await batches.isAtEnd()));
      }
    } finally {
      batches.end();
    }
  }

  /** Stores as many batches as belong in one transaction. */
  private async storeBatches(batches: ReadAhead<Batch>): Promise<Outcome[]> {
    const { sql, options } = this;
    await lookUpById(sql);
    let left = BATCHES_PER_TRANSACTION;
    const next = async () => (left-- > 0 ? batches.take() : undefined);
    const pipeline = new LoadPipeline(sql, next, this.texts);
    const outcomes: Outcome[] = [];
    for (;;) {
      const outcome = await pipeline.store();
      if (!outcome) return outcomes;
      outcomes.push(outcome);
      if (options.prune) await addMentioned(sql, outcome.mentioned);
      this.hasUnstored = pipeline.hasUnstored;
      await discardPlans(sql, ++this.batches);
      if (options.signal?.aborted) return outcomes;
    }
  }

  private async begin(): Promise<void> {
    // One load after the other: two at once must not define the same item twice.
    // The database's triggers rely on it, whatever the default of the server.
    await this.runner.startTransaction("READ COMMITTED");
    await this.sql.query("loadTurn", `SELECT pg_advisory_xact_lock(${LOAD_LOCK})`);
    await this.sql.query("waitWithRules", "SET CONSTRAINTS ALL DEFERRED");
    await this.revisions.begin(this.sql);
    this.resumePoint?.begin(this.revisions.last);
    if (this.options.restore) await allowRestoring(this.sql);
  }

  /** Runs work in a transaction (a dry run is all one), and reports its outcomes once it is committed. */
  private async inTransaction(work: () => Promise<Outcome[]>): Promise<Outcome[]> {
    const { whole } = this;
    const isOwn = !this.options.dryRun && !whole;
    if (isOwn) await this.begin();
    const outcomes = await work();
    // What was restored for records that were then refused.
    const restored = emptyOutcome();
    await refresh(this.sql, restored);
    if (isOwn) await this.revisions.end(this.sql, [...outcomes, restored]);
    if (isOwn && this.options.restore) await forgetRedactions(this.sql);
    await this.resumePoint?.keepAfter(this.sql, outcomes, this.revisions.last);
    await whole?.add(this.sql, [...outcomes, restored]);
    const report = await this.reporter.prepare(this.sql, outcomes);
    if (isOwn) await this.runner.commitTransaction();
    report();
    return outcomes;
  }
}
