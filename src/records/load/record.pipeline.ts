import type { Sql } from "../../db/sql.js";
import type { Batch } from "./record.batches.js";
import { type Changes, changesOf } from "./record.changes.js";
import { KnownKeys } from "./record.known.js";
import { restorer } from "../judgements/record.restore.js";
import { MERGE, SETTLEMENT } from "../record.format.js";
import {
  applyChanges,
  withoutSources,
  type Candidate,
  documentsOf,
  idsIn,
  checkRecords,
  storeRecords,
  mergeRecords,
} from "./record.load.batch.js";
import type { LoadTexts } from "./record.load.texts.js";
import { emptyOutcome, type Outcome } from "./record.outcome.js";
import type { RecordFault } from "../record.faults.js";
import { UnitOfWork } from "./record.unit-of-work.js";
import { redatedDocuments } from "./record.write.js";

/** A batch in the pipeline, and the results of its stages so far. */
interface PendingBatch {
  batch: Batch;
  hasKeys?: boolean;
  checked?: { candidates: Candidate[]; outcome: Outcome };
  hasItems?: boolean;
  ready?: { changes: Changes; refused: RecordFault[][] };
}

/** One batch is written while the next one is compared, and the one after that is checked. */
const MAX_PENDING = 3;

/**
 * Stores batches in one transaction as a pipeline: while the database writes one, the next ones are prepared. All batches share
 * one unit of work, so each sees the changes of those before it even if they are not written yet.
 */
export class LoadPipeline {
  private known = new KnownKeys(restorer());
  private unit = new UnitOfWork();
  /** Whether merged items were put back into their tables, to be shown as one again after the next batch. */
  private hasRestored = false;
  private readonly pending: PendingBatch[] = [];

  /** `next` returns the next batch, or undefined if there is none. */
  constructor(
    private readonly sql: Sql,
    private readonly next: () => Promise<Batch | undefined>,
    private readonly texts?: LoadTexts,
  ) {}

  /** Whether records were taken that are not stored yet. */
  get hasUnstored(): boolean {
    return this.pending.some(({ batch }) => batch.records.length + batch.refused.length > 0);
  }

  /** Stores one batch; returns null if there is none. */
  async store(): Promise<Outcome | null> {
    await this.fill();
    const [first, second, third] = this.pending;
    if (!first) return null;
    await this.lookUp(first);
    await this.check(first);
    await this.readItems(first);
    await this.compare(first);
    if (this.mustRunAlone(first)) return this.writeAlone(first);
    if (second) {
      await this.lookUp(second);
      await this.check(second);
      await this.readItems(second);
    }
    if (third) await this.lookUp(third);
    // The refresh after this batch outdates what was read for the next ones.
    if (this.hasRestored) return this.writeAlone(first);

    const compared = second ? this.compare(second) : Promise.resolve();
    const prepared = compared.then(() => third && this.check(third));
    const [outcome] = await settleBoth(this.write(first), prepared);
    if (outcome !== first.checked!.outcome || outcome.hasMoved) this.reset();
    return outcome;
  }

  private async fill(): Promise<void> {
    while (this.pending.length < MAX_PENDING) {
      const batch = await this.next();
      if (!batch) return;
      this.pending.push({ batch });
    }
  }

  private async lookUp(one: PendingBatch): Promise<void> {
    if (one.hasKeys) return;
    one.hasKeys = true;
    const isRestored = await this.known.read(this.sql, withoutSources(one.batch.records));
    this.hasRestored ||= isRestored;
  }

  private async check(one: PendingBatch): Promise<void> {
    if (one.checked) return;
    const outcome = emptyOutcome();
    const { records, refused } = one.batch;
    outcome.refused.push(...refused);
    const candidates = await checkRecords(this.known, records, outcome);
    one.checked = { candidates, outcome };
  }

  private async readItems(one: PendingBatch): Promise<void> {
    if (one.hasItems) return;
    one.hasItems = true;
    const { candidates } = one.checked!;
    await this.unit.read(this.sql, idsIn(candidates), documentsOf(candidates));
  }

  private async compare(one: PendingBatch): Promise<void> {
    if (one.ready) return;
    const { candidates, outcome } = one.checked!;
    const refused = await mergeRecords(this.unit, candidates, outcome);
    const changes = await changesOf(this.unit);
    this.unit.settle(changes.rows);
    one.ready = { changes, refused };
  }

  /**
   * Returns whether later batches must be prepared again after this one: a new document date moves statements that no record
   * in the pipeline mentions, judgements change what other items show, and later checks counted on the items of a rejected record.
   */
  private mustRunAlone({ ready, batch }: PendingBatch): boolean {
    const { changes, refused } = ready!;
    return (
      redatedDocuments(changes).length > 0 ||
      changes.writes.some(({ table }) => table === MERGE.table || table === SETTLEMENT.table) ||
      refused.length > 0 ||
      batch.records.length === 0
    );
  }

  private async writeAlone(one: PendingBatch): Promise<Outcome> {
    const outcome = await this.write(one);
    this.reset();
    return outcome;
  }

  /** Writes a batch as prepared. If the database rejects it, returns another outcome (by bisection). */
  private async write(one: PendingBatch): Promise<Outcome> {
    this.pending.shift();
    const { checked, ready, batch } = one;
    const { position } = batch;
    const outcome = Object.assign(checked!.outcome, { position });
    if (batch.records.length === 0) return outcome;
    const prepared = async () => {
      outcome.refused.push(...ready!.refused);
      await applyChanges(this.sql, ready!.changes, outcome);
      return outcome;
    };
    const written = await storeRecords(this.sql, batch.records, prepared, this.texts);
    if (written === outcome) return outcome;
    written.refused.unshift(...batch.refused);
    return { ...written, position };
  }

  /** Discards everything read and prepared, which may be outdated. */
  private reset(): void {
    this.known = new KnownKeys(restorer());
    this.unit = new UnitOfWork();
    this.hasRestored = false;
    for (const [i, { batch }] of this.pending.entries()) this.pending[i] = { batch };
  }
}

/** Waits for both, even if one fails, so that nothing still runs when the error is reported. */
async function settleBoth<One, Other>(
  one: Promise<One>,
  other: Promise<Other>,
): Promise<[One, Other]> {
  await Promise.allSettled([one, other]);
  return Promise.all([one, other]);
}
