import type { Sql } from "../../db/sql.js";
import { isBrokenGzip, type RecordFile, rawRecordsIn } from "../files/record.files.js";
import { InputDigest, type InputPosition } from "./record.input.js";
import type { Outcome } from "./record.outcome.js";
import { keepPosition, readPositions } from "./record.resume.store.js";

/** Where a load resumes: after this number of records, which were loaded when this was the last revision. */
export interface Resumed {
  records: number;
  revision: number;
}

/** Returns how many records at the beginning of these files an earlier load has stored, if nothing on record has changed since. */
export async function recordsLoadedBefore(sql: Sql, files: RecordFile[]): Promise<Resumed> {
  const { revision, positions } = await readPositions(sql);
  const counts = new Set(positions.map(({ records }) => records));
  const known = new Map(positions.map(({ sha256, records }) => [sha256, records]));
  const last = Math.max(...counts);
  const input = new InputDigest();
  let records = 0;
  try {
    for (const file of files) {
      for await (const bytes of rawRecordsIn(file)) {
        if (input.records >= last) return { records, revision };
        input.add(bytes);
        const reached = input.records;
        if (counts.has(reached) && known.get(input.position().sha256) === reached)
          records = reached;
      }
    }
  } catch (error) {
    // The load reports it.
    if (!isBrokenGzip(error)) throw error;
  }
  return { records, revision };
}

/** Keeps how far a load has come, for another one to resume there. */
export class ResumePoint {
  /** Whether all records so far are stored. */
  private isWhole = true;
  /** Whether only this load has committed since its first record. */
  private isAlone = true;
  private reached: InputPosition | undefined;

  /** `operation` is that of the load's revisions; `revision` is the last one before it, if it resumes another load. */
  constructor(
    private readonly operation: string,
    private revision?: number,
  ) {}

  /** Takes the number of the last revision when a transaction begins. */
  begin(revision: number): void {
    this.isAlone &&= (this.revision ?? revision) === revision;
    this.revision = revision;
  }

  /** Keeps the position after the batches of a transaction, if all records before it are stored. `revision` is the last one now. */
  async keepAfter(sql: Sql, outcomes: readonly Outcome[], revision: number): Promise<void> {
    this.revision = revision;
    for (const { refused, waiting, position } of outcomes) {
      if (refused.length + waiting.length > 0) this.isWhole = false;
      if (position) this.reached = position;
    }
    if (this.isWhole) await this.keep(sql);
  }

  /** Keeps the position at the end of a load that has stored all records, also those that waited for others. */
  async keepEnd(sql: Sql): Promise<void> {
    if (!this.isWhole) await this.keep(sql);
  }

  private async keep(sql: Sql): Promise<void> {
    const { operation, revision, reached, isAlone } = this;
    if (!isAlone || !reached || reached.records === 0) return;
    await keepPosition(sql, { operation, revision: revision!, ...reached });
  }
}
