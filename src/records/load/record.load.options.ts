import type { Sql } from "../../db/sql.js";
import type { RecordFault } from "../record.faults.js";
import type { SourceOrder } from "../record.source-order.js";

/** Options of a load. */
export interface LoadOptions {
  /** Report what would change, but change nothing. */
  dryRun?: boolean;
  /** Take back what the loaded records said before and no longer say. */
  prune?: boolean;
  /** Which documents are preferred from now on where documents give different values. */
  sources?: SourceOrder;
  /** A file with the text of one of the documents, or a directory with texts: records are checked against them, and they are kept. */
  text?: string;
  /** Who loads, for the history. */
  author?: string;
  /** Why, for the history. */
  note?: string;
  /** Bring back what was redacted. */
  restore?: boolean;
  /** Skip the records at the beginning that were loaded before, if nothing on record has changed since. */
  resume?: boolean;
  /** Loads all of it in one transaction, or nothing. */
  together?: Together;
  /** Stops the load after the current batch. */
  signal?: AbortSignal;
  /** Called for each fault of a record that is not loaded. */
  onFault?: (fault: RecordFault) => void;
  /** Called with how many records are skipped, if the load is to resume. */
  onResume?: (records: number) => void;
  /** Called with one line for each text that is not kept because of redactions, or that brings back redacted words. */
  onWarning?: (line: string) => void;
  /** Called with one line for each item that was changed, deleted, or could not be deleted. */
  onChange?: (line: string) => void;
  /** Called as the load proceeds: bytes read, total bytes, and records done. */
  onProgress?: (step: { read: number; total: number | null; records: number }) => void;
}

/** An operation that is one transaction and one revision. */
export interface Together {
  /** The command, as revisions name it. */
  action: string;
  /** The ids of documents to withdraw, with all that only they give. */
  withdrawn?: readonly string[];
  /** A file of records that are loaded after pruning: those of documents that allow less than before. */
  last?: string;
  /** Called before the commit, once the revision is written, with its number. */
  finish?: (sql: Sql, revision: number) => Promise<void>;
}
