import type { Sql } from "../../db/sql.js";
import type { RecordNames } from "../check/record.names.js";
import type { Finding } from "../record.faults.js";
import type { ItemFormat } from "../record.item.js";
import type { BatchRule } from "./record.rule-violation.js";

/** What a noun adds to a load, beside its format. */
export interface NounInLoad {
  format: ItemFormat;
  /** The rules that a record can satisfy alone, but break together with what is on record. */
  batchRules?: readonly BatchRule[];
  /** Set if its items quote documents. */
  quotations?: QuotationLimits;
  /** Set if its items are ordered by the documents that cite them. */
  order?: OrderByDocuments;
}

/** Limits on what is quoted of documents. */
interface QuotationLimits {
  /** Checks what is quoted of these documents, by id, whose texts are kept now; throws `RuleViolation`. */
  check: (sql: Sql, documentIds: readonly string[]) => Promise<void>;
  /** Returns whether the rules need to know what is quoted of a document on record, and do not know it yet. */
  needsElsewhere: (document: string, names: RecordNames) => boolean;
  /** Reads that, and adds it to the names. */
  addElsewhere: (sql: Sql, document: string, names: RecordNames) => Promise<void>;
  /** Returns the faults of those of these documents, by key, that can't be without an open licence. */
  licencesInUse: (sql: Sql, documentIds: string[]) => Promise<ReadonlyMap<string, Finding>>;
}

/** How items are ordered by the documents that cite them. */
interface OrderByDocuments {
  /** Reads those that cite these documents and are shown otherwise than recorded. */
  readJudged: (sql: Sql, documentIds: string[]) => Promise<string[]>;
  /** Updates their order after the dates of documents changed; returns the ids of those that moved. */
  update: (sql: Sql, documentIds: string[]) => Promise<string[]>;
}
