import type { DataSource } from "typeorm";
import { sqlOf } from "../../db/sql.js";
import type { RecordFault } from "../record.faults.js";
import { recordFilesOf, sizeOf } from "../files/record.files.js";
import { RevisionWriter } from "../revisions/record.revision.js";
import { batchesOf } from "./record.batches.js";
import type { LoadOptions } from "./record.load.options.js";
import { LoadRefused } from "./record.load.refusal.js";
import type { LoadReport } from "./record.load.report.js";
import { Load } from "./record.load.run.js";
import { openTexts } from "./record.load.texts.js";
import { recordsLoadedBefore } from "./record.resume.js";

export type { LoadOptions } from "./record.load.options.js";
export type { LoadReport } from "./record.load.report.js";

/**
 * Loads record files in batches, and commits every few batches. A record with a fault of its own is rejected as a whole; one that
 * refers to unknown items waits until all others are loaded. Idempotent: rows that are already equal are not written, so a load
 * can be repeated at any time.
 */
export async function loadFiles(
  dataSource: DataSource,
  paths: string[],
  options: LoadOptions = {},
): Promise<LoadReport> {
  const files = await recordFilesOf(paths);
  const total = await sizeOf(files);
  const { text } = options;
  const texts = text === undefined ? undefined : await openTexts(sqlOf(dataSource), text, files);
  let read = 0;
  const onProgress = (records: number) => options.onProgress?.({ read, total, records });
  const { author, note } = options;
  const action = options.together?.action ?? "load";
  const revisions = new RevisionWriter(sqlOf(dataSource), { action, author, note });
  const resumed = options.resume ? await recordsLoadedBefore(sqlOf(dataSource), files) : undefined;
  if (resumed) options.onResume?.(resumed.records);
  const runner = dataSource.createQueryRunner();
  const load = new Load(runner, options, onProgress, revisions, texts, resumed?.revision);
  const onBytes = (count: number) => (read += count);
  return load.run(batchesOf(files, { onBytes, texts, skip: resumed?.records }));
}

/** Loads record files; throws `LoadRefused` if any record is not loaded. */
export async function loadAll(dataSource: DataSource, paths: string[]): Promise<LoadReport> {
  const faults: RecordFault[] = [];
  const report = await loadFiles(dataSource, paths, { onFault: (fault) => faults.push(fault) });
  if (faults.length > 0) throw new LoadRefused(faults);
  return report;
}
