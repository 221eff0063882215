import type { Sql } from "../../db/sql.js";
import { refusedFor } from "../history/record.referrers.js";
import type { RevisionWriter } from "../revisions/record.revision.js";
import type { Together } from "./record.load.options.js";
import { OperationRefused } from "./record.load.refusal.js";
import type { LoadReport } from "./record.load.report.js";
import type { KeptItem, Outcome } from "./record.outcome.js";
import { RevisedTable } from "../revisions/record.revised-table.js";

/** An operation that does all that it is to do in one transaction and one revision, or is refused and changes nothing. */
export class WholeOperation {
  private revised: RevisedTable | undefined;

  constructor(private readonly options: Together) {}

  /** Notes what it changed, for its revision, in temporary tables. Everything else in outcomes is reported at once. */
  async add(sql: Sql, outcomes: readonly Outcome[]): Promise<void> {
    this.revised ??= await RevisedTable.create(sql);
    await this.revised.add(outcomes);
  }

  /** Throws `OperationRefused` if a record was not loaded. */
  assertLoaded({ refused, waiting, isStopped }: LoadReport): void {
    if (refused + waiting > 0)
      throw new OperationRefused(["Records that it loads again have the faults above."]);
    if (isStopped) throw new OperationRefused(["it was stopped"]);
  }

  /** Throws `OperationRefused` if an item could not be deleted. */
  async assertPruned(sql: Sql, kept: readonly KeptItem[]): Promise<void> {
    if (kept.length > 0) throw await refusedFor(sql, kept);
  }

  /** Loads the records that come last by `load`, and writes the revision. The commit is the caller's. */
  async finish(
    sql: Sql,
    revisions: RevisionWriter,
    load: (file: string) => Promise<void>,
  ): Promise<void> {
    const { last, finish } = this.options;
    if (last !== undefined) await load(last);
    await this.revised?.complete();
    if (this.revised) await revisions.endWith(sql, this.revised);
    await finish?.(sql, revisions.number);
  }
}
