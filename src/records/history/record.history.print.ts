import type { DataSource } from "typeorm";
import { type Sql, sqlOf } from "../../db/sql.js";
import { writeText } from "../export/record.export.file.js";
import { counted } from "../record.counted.js";
import { changesBetween } from "./record.diff.js";
import { countChanges } from "./record.history.store.js";
import {
  changesOf,
  historyOf,
  type RevisionWithChanges,
  revisionsBackwards,
} from "./record.log.js";
import { revisionAt, revisionsIn, UnknownInHistory } from "./record.points.js";
import { readLatest, type StoredRevision } from "./record.points.store.js";
import {
  describeChange,
  describeCounts,
  describeRevision,
  type ReportedChange,
} from "./record.reported-change.js";

interface PrintOptions {
  format: "text" | "json";
  limit: number;
}

/** Runs reads in one snapshot, and writes the text that they yield to standard output as it comes. */
async function print(
  dataSource: DataSource,
  read: (sql: Sql) => AsyncGenerator<string>,
): Promise<void> {
  const runner = dataSource.createQueryRunner();
  try {
    await runner.startTransaction("REPEATABLE READ");
    await writeText(read(sqlOf(runner)));
    await runner.commitTransaction();
  } finally {
    if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => {});
    await runner.release();
  }
}

/** Prints revisions, newest first. */
export function printLog(
  dataSource: DataSource,
  { format, limit }: PrintOptions,
  say: (line: string) => void,
): Promise<void> {
  return print(dataSource, async function* (sql) {
    if (!(await readLatest(sql))) say("There are no revisions yet.");
    for await (const { revision, counts } of revisionsBackwards(sql, limit)) {
      if (format === "text") {
        yield `${describeRevision(revision)}\n    ${describeCounts(counts)}\n\n`;
        continue;
      }
      const changes = counts.map(({ kind, type, count }) => ({ kind, type, count }));
      yield `${JSON.stringify({ ...revision, changes })}\n`;
    }
  });
}

/** Prints the revisions that changed the items with a key, newest first. */
export function printHistory(
  dataSource: DataSource,
  key: string,
  { format, limit }: PrintOptions,
): Promise<void> {
  return print(dataSource, async function* (sql) {
    for await (const one of historyOf(sql, key, limit)) {
      if (format === "text") yield `${describeRevision(one.revision)}\n`;
      yield* linesOf(one, format);
      if (format === "text") yield "\n";
    }
  });
}

/** Prints the changes of revisions, each under its revision. */
export async function printRevisions(
  dataSource: DataSource,
  what: string,
  { format, limit }: PrintOptions,
  say: (line: string) => void,
): Promise<void> {
  await print(dataSource, async function* (sql) {
    const numbers = await revisionsIn(sql, what);
    let last: StoredRevision | null = null;
    let shown = 0;
    for await (const one of changesOf(sql, numbers, limit)) {
      if (format === "text" && last?.number !== one.revision.number)
        yield `${last ? "\n" : ""}${describeRevision(one.revision)}\n`;
      yield* linesOf(one, format);
      last = one.revision;
      shown += one.changes.length;
    }
    const counts = await countChanges(sql, numbers);
    const more = counts.reduce((sum, { count }) => sum + count, 0) - shown;
    if (more > 0) say(`${counted(more, "more change")}; --limit shows them.`);
  });
}

function* linesOf({ revision, changes }: RevisionWithChanges, format: string): Generator<string> {
  const { number, operation, recordedAt } = revision;
  for (const change of changes)
    yield format === "text"
      ? `${describeChange(change)}\n`
      : `${JSON.stringify({ revision: number, operation, recordedAt, ...change })}\n`;
}

/** Prints what changed between two revisions or days. */
export function printDiff(
  dataSource: DataSource,
  from: string,
  to: string | undefined,
  { format }: PrintOptions,
): Promise<void> {
  return print(dataSource, async function* (sql) {
    const after = await revisionAt(sql, from);
    const until = to === undefined ? (await readLatest(sql))!.number : await revisionAt(sql, to);
    if (after > until)
      throw new UnknownInHistory(`${from} is after ${to}: give the earlier one first.`);
    const describe = (change: ReportedChange) =>
      format === "text" ? describeChange(change) : JSON.stringify(change);
    for await (const change of changesBetween(sql, after, until)) yield `${describe(change)}\n`;
  });
}
