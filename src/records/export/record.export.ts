import type { DataSource } from "typeorm";
import { type Sql, sqlOf } from "../../db/sql.js";
import { asOf } from "../history/record.as-of.store.js";
import { asRecorded } from "../judgements/record.as-recorded.js";
import { chunksOf } from "./record.export.chunks.js";
import { inDependencyOrder } from "./record.export.order.js";
import { type ExportedPart, type PartOptions, PartWriter } from "./record.export.parts.js";
import { beginSnapshot, readDocuments, readLinks } from "./record.export.store.js";
import { lineOf, wholeRecord } from "./record.export.text.js";
import { TOP_LEVEL_ITEMS, RECORD_LISTS } from "../record.items.js";
import { assertKnown } from "./record.export.unknown.js";

/** Options of an export. */
export interface ExportOptions {
  /** The keys of the documents to export; all documents if empty. */
  keys?: string[];
  /** The maximum number of items per line; a document with more has several lines. */
  itemsPerLine?: number;
  /** JSON Lines for a single document, too. */
  asLines?: boolean;
  /** The revision at which the record is exported; now, if there is none. */
  revision?: number;
  /** The ids of the documents to export, those of them that are on record, as lines. */
  documentIds?: ReadonlySet<string>;
}

/**
 * Exports records as text chunks: JSON Lines, or indented JSON for a single document. Loading the lines into an empty
 * database restores the same data. Reads one snapshot, and holds a few thousand items in memory at most.
 */
export async function* exportRecords(
  dataSource: DataSource,
  { keys = [], itemsPerLine = 1_000, asLines = false, revision, documentIds }: ExportOptions = {},
): AsyncGenerator<string> {
  const runner = dataSource.createQueryRunner();
  try {
    await runner.startTransaction("REPEATABLE READ");
    const own = sqlOf(runner);
    const sql = revision === undefined ? await asRecorded(own) : await asOf(own, revision);
    await beginSnapshot(own);
    const documents = await readDocuments(sql);
    const wanted = new Set(keys);
    assertKnown(wanted, documents);
    if (wanted.size === 1 && !asLines) {
      const chosen = documents.filter(({ key }) => wanted.has(key));
      const options = { documents: chosen, itemsPerLine, isWhole: true };
      yield* wholeRecord(partsOf(sql, options));
    } else {
      const order = inDependencyOrder(documents, await readLinks(sql));
      const chosen = order.filter(
        ({ id, key }) => (wanted.size === 0 || wanted.has(key)) && (documentIds?.has(id) ?? true),
      );
      const options = { documents: chosen, itemsPerLine, isWhole: false };
      for await (const part of partsOf(sql, options)) yield lineOf(part);
    }
    await runner.commitTransaction();
  } finally {
    // The consumer may stop early. The transaction is read-only, so nothing is lost.
    if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => {});
    await runner.release();
  }
}

/** Yields parts: of a single record in the order of its lists, otherwise each after what it refers to. */
async function* partsOf(sql: Sql, options: PartOptions): AsyncGenerator<ExportedPart> {
  const formats = options.isWhole ? RECORD_LISTS.map(([, format]) => format) : TOP_LEVEL_ITEMS;
  const writer = new PartWriter(sql, options);
  for await (const chunks of chunksOf(sql, { ...options, formats })) yield* writer.parts(chunks);
}
