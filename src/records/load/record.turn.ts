import type { Sql } from "../../db/sql.js";
import type { Batch } from "./record.batches.js";
import { type Changes, changesOf } from "./record.changes.js";
import { KnownKeys } from "./record.known.js";
import {
  bare,
  type Candidate,
  faultsOf,
  idsIn,
  keepingTheRules,
  storeRecords,
  takeInAll,
} from "./record.load.batch.js";
import { emptyOutcome, noteChanges, type Outcome } from "./record.outcome.js";
import type { Objections } from "./record.take-in.js";
import { UnitOfWork } from "./record.unit-of-work.js";
import { redatedIn, write } from "./record.write.js";

/** A batch on its way, as far as it has come. */
interface Piece {
  batch: Batch;
  hasKeys?: boolean;
  checked?: { candidates: Candidate[]; outcome: Outcome };
  hasItems?: boolean;
  ready?: { changes: Changes; refused: Map<Candidate, Objections> };
}

/** As many batches are on their way at once: one is written, one compared, one checked, one looked up. */
const PIECES = 4;

/**
 * Batches that are stored in one transaction. While the database writes one, the next are made ready. They share what is read,
 * each item once, so that one sees what those before it make of an item though that is not written yet.
 */
export class Turn {
  private known = new KnownKeys();
  private unit = new UnitOfWork();
  private readonly pieces: Piece[] = [];

  /** `next` gives the batch that comes next, and undefined where none does. */
  constructor(
    private readonly sql: Sql,
    private readonly next: () => Promise<Batch | undefined>,
  ) {}

  /** Stores one batch; null where there is none. */
  async store(): Promise<Outcome | null> {
    await this.take(PIECES - 1);
    const [first, second, third] = this.pieces;
    if (!first) return null;
    await this.lookUp(first);
    await this.check(first);
    await this.readItems(first);
    await this.compare(first);
    if (this.isAlone(first)) {
      const outcome = await this.write(first);
      this.startAnew();
      return outcome;
    }
    if (second) {
      await this.lookUp(second);
      await this.check(second);
      await this.readItems(second);
    }
    if (third) await this.lookUp(third);

    const checked = third ? this.check(third) : Promise.resolve();
    const compared = checked.then(() => second && this.compare(second));
    const written = this.write(first).then(async (outcome) => {
      if (outcome !== first.checked!.outcome) return outcome;
      await checked;
      if (third) await this.readItems(third);
      await this.take(PIECES - 1);
      if (this.pieces[2]) await this.lookUp(this.pieces[2]);
      return outcome;
    });
    const [outcome] = await allOf(written, compared);
    if (outcome !== first.checked!.outcome) this.startAnew();
    return outcome;
  }

  private async take(count: number): Promise<void> {
    while (this.pieces.length < count) {
      const batch = await this.next();
      if (!batch) return;
      this.pieces.push({ batch });
    }
  }

  private async lookUp(piece: Piece): Promise<void> {
    if (piece.hasKeys) return;
    piece.hasKeys = true;
    await this.known.read(this.sql, bare(piece.batch.records));
  }

  private async check(piece: Piece): Promise<void> {
    if (piece.checked) return;
    const outcome = emptyOutcome();
    const { records, refused } = piece.batch;
    outcome.refused.push(...refused);
    const candidates = await keepingTheRules(this.known, records, outcome.refused);
    piece.checked = { candidates, outcome };
  }

  private async readItems(piece: Piece): Promise<void> {
    if (piece.hasItems) return;
    piece.hasItems = true;
    await this.unit.read(this.sql, idsIn(piece.checked!.candidates));
  }

  private async compare(piece: Piece): Promise<void> {
    if (piece.ready) return;
    const { candidates, outcome } = piece.checked!;
    const refused = await takeInAll(this.unit, candidates, outcome);
    const changes = await changesOf(this.unit);
    this.unit.settle(changes.rows);
    piece.ready = { changes, refused };
  }

  /**
   * Whether those after it have to wait: statements that others do not mention may move with a document's date, and what a
   * refused record defines was taken for known.
   */
  private isAlone({ ready, batch }: Piece): boolean {
    const { changes, refused } = ready!;
    return redatedIn(changes).length > 0 || refused.size > 0 || batch.records.length === 0;
  }

  /** Writes a batch as it is made ready. Where the database refuses that, gives what has become of it otherwise. */
  private async write(piece: Piece): Promise<Outcome> {
    this.pieces.shift();
    const { checked, ready, batch } = piece;
    const { candidates, outcome } = checked!;
    if (batch.records.length === 0) return outcome;
    const written = await storeRecords(this.sql, batch.records, async () => {
      outcome.refused.push(...(await faultsOf(this.sql, candidates, ready!.refused)));
      noteChanges(outcome, ready!.changes, await write(this.sql, ready!.changes));
      return outcome;
    });
    if (written !== outcome) written.refused.unshift(...batch.refused);
    return written;
  }

  /** What was read and prepared may not be so any more. */
  private startAnew(): void {
    this.known = new KnownKeys();
    this.unit = new UnitOfWork();
    for (const [i, { batch }] of this.pieces.entries()) this.pieces[i] = { batch };
  }
}

/** Both, also where one of them fails, so that nothing goes on behind whoever hears of it. */
async function allOf<One, Other>(one: Promise<One>, other: Promise<Other>): Promise<[One, Other]> {
  await Promise.allSettled([one, other]);
  return Promise.all([one, other]);
}
