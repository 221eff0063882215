import { closeSync, openSync, writeSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DataSource } from "typeorm";
import { sqlOf } from "../../db/sql.js";
import { exportRecords } from "../export/record.export.js";
import { loadFiles, type LoadOptions, type LoadReport } from "../load/record.load.js";
import { OperationRefused } from "../load/record.load.refusal.js";
import { DOCUMENT, ITEMS } from "../record.format.js";
import { idOf } from "../record.ids.js";
import { isOpenLicence } from "../../source/open-licence.js";
import { revisionsIn } from "./record.points.js";
import { readLatest } from "./record.points.store.js";
import {
  type LaterRevision,
  readLaterRevisions,
  readReverted,
  type RevertedDocument,
} from "./record.revert.store.js";

/** Options of a revert. */
export type RevertOptions = Pick<
  LoadOptions,
  "dryRun" | "author" | "note" | "onFault" | "onChange" | "onProgress"
>;

/** What was reverted. */
export interface RevertReport {
  /** The revisions that were taken back, in order. */
  numbers: number[];
  /** How many documents have the records that they had before. */
  restored: number;
  /** How many documents are not on record any more, as before. */
  withdrawn: number;
  load: LoadReport;
}

/** The maximum number of revisions or items that a message lists. */
const LISTED = 20;

/**
 * Takes back what revisions changed, in one transaction: the record of each document that they changed is loaded anew, as it was before
 * them, and documents that were not on record go, with what only they give. Throws `OperationRefused` if a later revision changed one of
 * these documents, or if what is on record now can't be without what would go.
 */
export async function revert(
  dataSource: DataSource,
  what: string,
  options: RevertOptions,
): Promise<RevertReport> {
  const sql = sqlOf(dataSource);
  const numbers = await revisionsIn(sql, what);
  const latest = (await readLatest(sql))!.number;
  refuseIfChangedLater(await readLaterRevisions(sql, numbers));
  const documents = await readReverted(sql, numbers);
  if (documents.length === 0) throw new OperationRefused([NO_RECORD]);
  const folder = await mkdtemp(join(tmpdir(), "communique-revert-"));
  try {
    const [file, last] = [join(folder, "records.jsonl"), join(folder, "last.jsonl")];
    const lines = await writeRecords(dataSource, documents, { file, last });
    const restored = new Set(
      [...lines.file, ...lines.last].map(({ key }) => idOf(DOCUMENT.noun, key)),
    );
    const withdrawn = documents.flatMap(({ id }) => (restored.has(id) ? [] : [id]));
    const load = await loadFiles(dataSource, [file], {
      ...options,
      prune: true,
      onFault: (fault) => {
        const { key, revision } = lines[fault.file === last ? "last" : "file"][fault.line! - 1]!;
        const place = `${key} as of revision ${revision}`;
        options.onFault?.({ ...fault, file: place, line: null, column: null });
      },
      together: {
        action: "revert",
        withdrawn,
        last,
        finish: (_, revision) => {
          // The records to load were read before then.
          if (revision === latest + 1) return Promise.resolve();
          throw new OperationRefused(["The record changed meanwhile: run it again."]);
        },
      },
    });
    return { numbers, restored: restored.size, withdrawn: withdrawn.length, load };
  } finally {
    await rm(folder, { recursive: true });
  }
}

const NO_RECORD =
  "No document's record changed with that, so there is none to load anew. The order of sources is set by `load --sources`.";

/** The kinds of documents whose records may give what others may not. */
const ALLOWING_KINDS = new Set<string | null>(
  ITEMS.flatMap(({ fields }) => fields.flatMap(([, { onlyFrom = [] }]) => onlyFrom)),
);

/** A line of the records that are loaded anew. */
interface RevertedLine {
  /** The key of its document. */
  key: string;
  revision: number;
}

/**
 * Writes the records of documents as they were to a file; those not on record then are left out. A document that allows more now, by its
 * licence or its kind, keeps that until what needs it is removed: its record is written with these properties, and as it was to a file
 * that is loaded last.
 */
async function writeRecords(
  dataSource: DataSource,
  documents: readonly RevertedDocument[],
  files: { file: string; last: string },
): Promise<{ file: RevertedLine[]; last: RevertedLine[] }> {
  const lines = { file: [] as RevertedLine[], last: [] as RevertedLine[] };
  const byRevision = new Map<number, Set<string>>();
  const allowing = new Map<string, AllowingDocument>();
  for (const { id, back, key, licence, kind } of documents) {
    byRevision.set(back, (byRevision.get(back) ?? new Set()).add(id));
    if (key !== null && (isOpenLicence(licence) || ALLOWING_KINDS.has(kind)))
      allowing.set(key, { licence, kind });
  }
  const [file, last] = [openSync(files.file, "w", 0o600), openSync(files.last, "w", 0o600)];
  try {
    for (const [revision, documentIds] of byRevision) {
      // There is no record before the first revision.
      if (revision === 0) continue;
      for await (const line of exportRecords(dataSource, { revision, documentIds })) {
        const record = JSON.parse(line) as WrittenRecord;
        const { document } = record;
        const key = typeof document === "string" ? document : document.key;
        const more = typeof document === "string" ? {} : allowedMore(document, allowing.get(key));
        const isLess = Object.keys(more).length > 0;
        lines.file.push({ key, revision });
        const kept = () => ({ ...record, document: { ...(document as object), ...more } });
        writeSync(file, isLess ? `${JSON.stringify(kept())}\n` : line);
        if (isLess) lines.last.push({ key, revision });
        if (isLess) writeSync(last, line);
      }
    }
  } finally {
    closeSync(file);
    closeSync(last);
  }
  return lines;
}

interface WrittenRecord {
  document: string | { key: string; licence?: string; kind: string };
}

type AllowingDocument = Pick<RevertedDocument, "licence" | "kind">;

/** Returns the properties by which a document allows more now than it did then, as they are now. */
function allowedMore(
  then: Exclude<WrittenRecord["document"], string>,
  now: AllowingDocument | undefined,
): Partial<AllowingDocument> {
  if (!now) return {};
  const isClosed = isOpenLicence(now.licence) && !isOpenLicence(then.licence);
  const isOtherKind = ALLOWING_KINDS.has(now.kind) && then.kind !== now.kind;
  return { ...(isClosed && { licence: now.licence }), ...(isOtherKind && { kind: now.kind }) };
}

function refuseIfChangedLater(later: readonly LaterRevision[]): void {
  if (later.length === 0) return;
  const described = later.slice(0, LISTED).map(({ number, operation, action, key, documents }) => {
    const others = documents > 1 ? ` and ${(documents - 1).toLocaleString("en")} more` : "";
    return `  revision ${number} (${action}, operation ${operation}) changed ${key ?? "a document that is gone"}${others}`;
  });
  const more = later.length - described.length;
  throw new OperationRefused([
    "Later revisions changed the same documents. Revert these first, the last one first:",
    ...described,
    ...(more > 0 ? [`  and ${more.toLocaleString("en")} more`] : []),
  ]);
}
