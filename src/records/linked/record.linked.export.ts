import type { DataSource } from "typeorm";
import { type Sql, sqlOf } from "../../db/sql.js";
import { linkedDocument } from "../../source/source-document.linked.js";
import { beginSnapshot, readDocuments } from "../export/record.export.store.js";
import { assertKnown } from "../export/record.export.unknown.js";
import { Citations } from "./record.linked.citations.js";
import { compact, CONTEXT, iri, type Node } from "./record.linked.context.js";
import type { LinkedNoun } from "./record.linked.noun.js";
import {
  countItems,
  type LinkedRow,
  linkedRows,
  linkedRowsOfDocument,
} from "./record.linked.store.js";
import { LINKED_NOUNS } from "./record.nouns.js";

/** Options of an export as JSON-LD. */
export interface LinkedOptions {
  /** The keys of documents: only these and what they prove; all items if empty. */
  keys?: string[];
  onProgress?: (step: { read: number; total: number; records: number }) => void;
}

/**
 * Exports the record as shown, a line for each item: each line is a JSON-LD document of its own, with its context, so that it can be read
 * line by line. Reads one snapshot, and holds some hundred items at a time.
 */
export async function* exportLinked(
  dataSource: DataSource,
  { keys = [], onProgress }: LinkedOptions = {},
): AsyncGenerator<string> {
  const runner = dataSource.createQueryRunner();
  try {
    await runner.startTransaction("REPEATABLE READ");
    const sql = sqlOf(runner);
    await beginSnapshot(sql);
    const documentIds = keys.length === 0 ? null : await idsOf(sql, keys);
    let total = 0;
    for (const noun of LINKED_NOUNS) total += await countItems(sql, noun, documentIds);
    const citations = new Citations(sql);
    let written = 0;
    for (const noun of LINKED_NOUNS) {
      for await (const rows of linkedRows(sql, noun, documentIds)) {
        const nodes = await nodesOf(noun, rows, citations);
        yield nodes.map(lineOf).join("");
        written += rows.length;
        onProgress?.({ read: written, total, records: written });
      }
    }
    await runner.commitTransaction();
  } finally {
    if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => {});
    await runner.release();
  }
}

async function idsOf(sql: Sql, keys: string[]): Promise<string[]> {
  const documents = await readDocuments(sql);
  const wanted = new Set(keys);
  assertKnown(wanted, documents);
  return documents.filter(({ key }) => wanted.has(key)).map(({ id }) => id);
}

function lineOf(node: Node): string {
  return `${JSON.stringify({ "@context": CONTEXT, ...node })}\n`;
}

function nodesOf(
  { node }: LinkedNoun,
  rows: readonly LinkedRow[],
  citations: Citations,
): Promise<Node[]> {
  return Promise.all(
    rows.map(async (row) =>
      compact({ id: row.id && iri(row.id), ...(await node(row as never, citations)) }),
    ),
  );
}

/** The nouns of what a document can prove. */
const PROVED = LINKED_NOUNS.filter(({ citedBy }) => citedBy !== undefined);

/**
 * Reads a document and what it proves as one JSON-LD document; null if there is none with this id. Of each noun it has at most as many items
 * as this; where there are more, `cq:truncatedAt` of the document says so.
 */
export async function readLinkedDocument(
  sql: Sql,
  id: string,
  limit: number,
): Promise<string | null> {
  const citations = new Citations(sql);
  const document = await linkedRowsOfDocument(sql, linkedDocument, id, 1);
  if (document.length === 0) return null;
  const [head] = await nodesOf(linkedDocument, document, citations);
  const graph = [head!];
  for (const noun of PROVED) {
    const rows = await linkedRowsOfDocument(sql, noun, id, limit + 1);
    if (rows.length > limit) head!["cq:truncatedAt"] = limit;
    graph.push(...(await nodesOf(noun, rows.slice(0, limit), citations)));
  }
  return `${JSON.stringify({ "@context": CONTEXT, "@graph": graph })}\n`;
}
