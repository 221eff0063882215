import type { Sql } from "../../db/sql.js";
import { statement } from "../../statement/statement.record.js";
import { readJudgedCiting, storePositions } from "../../statement/statement.positions.store.js";
import { BATCH_RULES as ofStatements } from "../../statement/statement.batch-rules.js";
import type { ItemFormat } from "../record.item.js";
import type { BatchRule } from "./record.rule-violation.js";

export { addQuotedElsewhere, needsQuotedElsewhere } from "../../statement/quotation.store.js";
export {
  checkQuotations,
  LICENCE_IN_USE,
  licencesInUse,
} from "../../statement/statement.batch-rules.js";

/** The rules of nouns that a record can satisfy alone, but break together with what is on record. */
export const BATCH_RULES: readonly BatchRule[] = ofStatements;

/** Items that are ordered by the documents that cite them. */
interface OrderedByDocuments {
  format: ItemFormat;
  /** Reads those of which these documents are cited, and which are shown otherwise than recorded. */
  readJudged: (sql: Sql, documentIds: string[]) => Promise<string[]>;
  /** Updates their order after the dates of documents changed; returns the ids of those that moved. */
  reorder: (sql: Sql, documentIds: string[]) => Promise<string[]>;
}

export const ORDERED_BY_DOCUMENTS: OrderedByDocuments = {
  format: statement,
  readJudged: readJudgedCiting,
  reorder: storePositions,
};
