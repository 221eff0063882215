import type { Sql } from "../../db/sql.js";
import { idsToLabel, type Labels } from "./record.labels.js";
import type { LoadOptions } from "./record.load.options.js";
import { describeChange, describeKept, type LoadReport } from "./record.load.report.js";
import { addCounts, type Outcome } from "./record.outcome.js";
import { readLabels } from "./record.store.js";

/** Aggregates and reports the results of batches. */
export class LoadReporter {
  readonly report: LoadReport = {
    records: 0,
    rows: 0,
    changes: new Map(),
    refused: 0,
    waiting: 0,
    isStopped: false,
    isPruned: false,
  };

  /** One document may come in many lines. */
  private readonly warned = new Set<string>();

  constructor(private readonly options: Pick<LoadOptions, "onFault" | "onChange" | "onWarning">) {}

  /** Reads what the report of outcomes needs, before they are committed; returns a function that reports them then. */
  async prepare(sql: Sql, outcomes: readonly Outcome[]): Promise<() => void> {
    const labelled: [Outcome, Labels][] = [];
    for (const outcome of outcomes) labelled.push([outcome, await this.labelsFor(sql, outcome)]);
    return () => {
      for (const [outcome, labels] of labelled) this.add(outcome, labels);
    };
  }

  private add(outcome: Outcome, labels: Labels): void {
    const { report } = this;
    const { onFault, onChange, onWarning } = this.options;
    report.records += outcome.records;
    report.rows += outcome.rows;
    report.refused += outcome.refused.length;
    addCounts(report.changes, outcome.counts);
    for (const fault of outcome.refused.flat()) onFault?.(fault);
    for (const change of outcome.items) {
      const line = describeChange(change, labels);
      if (line !== null) onChange?.(line);
    }
    for (const warning of outcome.warnings) {
      if (!this.warned.has(warning)) onWarning?.(warning);
      this.warned.add(warning);
    }
    for (const kept of outcome.kept) onChange?.(describeKept(kept, labels));
  }

  /** Returns the labels of the items to report. */
  private async labelsFor(sql: Sql, { items, kept }: Outcome): Promise<Labels> {
    const rows = items.flatMap(({ before, now }) => [before, now]);
    const joining = items.flatMap((item) => item.joining ?? []);
    const ids = [...idsToLabel(rows), ...joining, ...kept.map(({ id }) => id)];
    if (!this.options.onChange || ids.length === 0) return new Map();
    const labels = await readLabels(sql, ids);
    // Deleted items are no longer in the database.
    for (const { format, id, before } of items)
      if (before && format.key) labels.set(id, before[format.key] as string);
    return labels;
  }
}
