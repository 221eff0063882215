import { isDeepStrictEqual } from "node:util";
import { counted } from "../record.counted.js";
import type { ItemChange } from "./record.changes.js";
import type { KeptItem, RowCounts } from "./record.outcome.js";
import { labelOf, type Labels, propertyOf, valueOf } from "./record.labels.js";

/** The result of a load. */
export interface LoadReport {
  /** Records loaded. */
  records: number;
  /** The rows in these records. */
  rows: number;
  /** By table; unchanged tables are absent. */
  changes: Map<string, RowCounts>;
  /** Records rejected because of faults. */
  refused: number;
  /** Records that refer to items which no record defines. */
  waiting: number;
  /** Whether it was aborted before the end: something may be left to load or to prune. */
  isStopped: boolean;
  /** Whether `--prune` ran. */
  isPruned: boolean;
}

/** Describes a load for the terminal: a summary, and a line for each changed table. */
export function describeLoad(
  report: LoadReport,
  { dryRun = false, prune = false }: { dryRun?: boolean; prune?: boolean } = {},
): string {
  const { records, rows, changes, refused, waiting, isStopped, isPruned } = report;
  const what = `${counted(records, "record")} of ${counted(rows, "item")}`;
  const lines: string[] = [];
  if (changes.size > 0)
    lines.push(`${what} ${dryRun ? "would change" : "changed"}:`, ...describeTables(report));
  else if (records > 0) lines.push(`${what}: already up to date, nothing to change.`);
  // What was not loaded is reported below.
  else if (refused + waiting === 0 && !isStopped)
    lines.push("No records to load: nothing to change.");
  if (refused > 0) {
    const them = refused === 1 ? "it" : "them";
    lines.push(
      `${counted(refused, "record")} refused because of the faults above; nothing of ${them} was loaded.`,
    );
  }
  if (waiting > 0)
    lines.push(
      `${counted(waiting, "record")} not loaded, since no record defines what ${waiting === 1 ? "it refers" : "they refer"} to. Load ${waiting === 1 ? "it" : "them"} again together with one that does.`,
    );
  if (isStopped)
    lines.push(
      `Stopped before the end. Run it again to load the rest${prune ? ", and to prune" : ""}.`,
    );
  else if (prune && !isPruned) lines.push("Nothing was pruned, since not every record was loaded.");
  return lines.join("\n");
}

/** Describes what a load that is to resume skips. */
export function describeResumed(records: number): string {
  return records === 0
    ? "Nothing to skip: these records were not loaded before, or something on record has changed since. All of them are read."
    : `Skipped ${counted(records, "record")} that ${records === 1 ? "was" : "were"} loaded before: nothing on record has changed since.`;
}

/** Describes how many rows of each table changed: a line for each. */
export function describeTables({ changes }: LoadReport): string[] {
  return [...changes].map(describeTable);
}

function describeTable([table, { inserted, updated, deleted }]: [string, RowCounts]): string {
  const counts = [
    countCell(inserted, "new"),
    countCell(updated, "changed"),
    countCell(deleted, "deleted"),
  ];
  return `  ${table.padEnd(20)}${counts.join("")}`.trimEnd();
}

/**
 * Describes the change of an item in one line; null if nothing that it shows changed. That a record joins an item on record is reported,
 * since two people may have been given one slug.
 */
export function describeChange(
  { format, before, now, joining = [] }: ItemChange,
  labels: Labels,
): string | null {
  const row = (now ?? before)!;
  const what = `${format.noun} ${labelOf(format, row, labels)}`;
  if (before === null) return `added    ${what}`;
  if (now === null) return `deleted  ${what}`;
  const columns = [...new Set([...Object.keys(before), ...Object.keys(now)])].filter(
    (column) =>
      column !== format.owner && !isDeepStrictEqual(before[column] ?? null, now[column] ?? null),
  );
  const changed = columns.flatMap((column) => {
    const [old, given] = [before, now].map((one) => valueOf(format, one, column, labels));
    // Coordinates of another document may be the same.
    return old === given ? [] : `${propertyOf(format, column).join(".")} ${old} → ${given}`;
  });
  if (changed.length === 0) {
    const documents = joining.map((id) => labels.get(id) ?? id).sort();
    return documents.length > 0 ? `joined   ${what}: now also of ${documents.join(", ")}` : null;
  }
  return `changed  ${what}: ${[...new Set(changed)].join(", ")}`;
}

/** Describes in one line an item that `--prune` could not delete. */
export function describeKept({ format, id, reason }: KeptItem, labels: Labels): string {
  return `kept     ${format.noun} ${labels.get(id) ?? id}: ${reason}`;
}

function countCell(count: number, what: string): string {
  return (count > 0 ? `${count.toLocaleString("en")} ${what}` : "").padEnd(16);
}
