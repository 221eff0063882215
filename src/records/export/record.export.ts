import type { DataSource } from "typeorm";
import { type Sql, sqlOf } from "../../db/sql.js";
import { chunksOf } from "./record.export.chunks.js";
import { inOrder } from "./record.export.order.js";
import { type ExportedPart, type PartOptions, PartWriter } from "./record.export.parts.js";
import {
  beginSnapshot,
  type ExportedDocument,
  readAdopted,
  readDocuments,
  readLinks,
} from "./record.export.store.js";
import { lineOf, wholeRecord } from "./record.export.text.js";
import { LISTED, RECORD_LISTS } from "../record.items.js";
import { UnknownDocument } from "./record.export.unknown.js";
import { nearestTo } from "../check/record.suggestion.js";

/** What is to be exported, and how. */
export interface ExportOptions {
  /** The keys of the documents whose records are wanted; all, when there are none. */
  keys?: string[];
  /** How many items at most go into a line; what a document says beyond that goes into further lines. */
  itemsPerLine?: number;
}

/**
 * What is on record as record files give it, in pieces of text: JSON Lines, or of a single document its record for
 * people to read. Loaded into an empty database, the lines make what they were made from. All of it is as it was at
 * one moment, and no more than some thousand items of it are in memory.
 */
export async function* exportRecords(
  dataSource: DataSource,
  { keys = [], itemsPerLine = 1_000 }: ExportOptions = {},
): AsyncGenerator<string> {
  const runner = dataSource.createQueryRunner();
  try {
    await runner.startTransaction("REPEATABLE READ");
    const sql = sqlOf(runner);
    await beginSnapshot(sql);
    const documents = await readDocuments(sql);
    const wanted = new Set(keys);
    assertKnown(wanted, documents);
    const adopted = await readAdopted(sql);
    if (wanted.size === 1) {
      const chosen = documents.filter(({ key }) => wanted.has(key));
      const options = { documents: chosen, adopted, itemsPerLine, isWhole: true };
      yield* wholeRecord(partsOf(sql, options));
    } else {
      const order = inOrder(documents, await readLinks(sql, adopted));
      const chosen = wanted.size === 0 ? order : order.filter(({ key }) => wanted.has(key));
      const options = { documents: chosen, adopted, itemsPerLine, isWhole: false };
      for await (const part of partsOf(sql, options)) yield lineOf(part);
    }
    await runner.commitTransaction();
  } finally {
    // Whoever asks may have had enough before the end. There is nothing to take back.
    if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => {});
    await runner.release();
  }
}

/** The parts of records; of a whole one in the order of its lists, else each after what it refers to. */
async function* partsOf(sql: Sql, options: PartOptions): AsyncGenerator<ExportedPart> {
  const formats = options.isWhole ? RECORD_LISTS.map(([, format]) => format) : LISTED;
  const writer = new PartWriter(sql, options);
  for await (const chunks of chunksOf(sql, { ...options, formats })) yield* writer.parts(chunks);
}

function assertKnown(wanted: ReadonlySet<string>, documents: ExportedDocument[]): void {
  const keys = new Set(documents.map(({ key }) => key));
  const unknown = [...wanted].filter((key) => !keys.has(key));
  if (unknown.length === 0) return;
  const messages = unknown.map((key) => {
    const near = nearestTo(key, keys);
    return `no document on record has the key "${key}"${near === null ? "" : `; did you mean "${near}"?`}`;
  });
  throw new UnknownDocument(messages.join("\n"));
}
