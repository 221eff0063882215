import { manyEach, oneEach } from "../db/batch.js";
import { select } from "../db/columns.js";
import type { Sql } from "../db/sql.js";
import { Where } from "../db/where.js";
import type { Ordering } from "../paging/ordering.js";
import type { Page, PageRequest } from "../paging/page.js";
import { countRows, type ListQuestion, readPages } from "../paging/page.sql.js";
import { Citation } from "./citation.entity.js";
import { SourceDocument } from "./source-document.entity.js";

/** Newest first, those without a date last. */
export const DOCUMENT_ORDERING: Ordering = {
  name: "DATE_DESC",
  keys: [
    { sql: "newest_first(d.date_from)", type: "int" },
    { sql: "newest_first(d.date_to)", type: "int" },
    { sql: "d.id", type: "uuid" },
  ],
};

/** A page of the documents that are not retracted. */
export function documentPages(sql: Sql, request: PageRequest): Promise<Page<SourceDocument>[]> {
  return readPages(sql, documents(), request);
}

/** How many documents are not retracted. */
export function documentCounts(sql: Sql): Promise<number[]> {
  return countRows(sql, documents());
}

function documents(): ListQuestion<SourceDocument> {
  const where = new Where();
  where.and("d.standing <> 'RETRACTED'");
  return { name: "sourceDocuments", entity: SourceDocument, from: "source_document d", where };
}

/** Documents by id. */
export async function documentsByIds(sql: Sql, ids: readonly string[]) {
  const rows = await sql.query<SourceDocument>(
    "documentsByIds",
    `SELECT ${select(SourceDocument, "d")} FROM source_document d WHERE d.id = ANY ($1::uuid[])`,
    [ids],
  );
  return oneEach(ids, rows, (row) => [row.id]);
}

/** The kinds of facts that are cited. */
export type CitedFact = "statement" | "meeting" | "participation" | "tenure" | "agreement";

/** The passages that prove each fact: by date of their document, then by document, then as they stand in it. */
export async function citationsOf(sql: Sql, fact: CitedFact, factIds: readonly string[]) {
  const rows = await sql.query<Citation & { factId: string }>(
    `citationsOf${fact[0]!.toUpperCase()}${fact.slice(1)}s`,
    `SELECT c.${fact}_id AS "factId", ${select(Citation, "c")}
     FROM citation c JOIN source_document d ON d.id = c.document_id
     WHERE c.${fact}_id = ANY ($1::uuid[])
     ORDER BY oldest_first(d.date_from), d.id, c.start_offset, c.locator, c.id`,
    [factIds],
  );
  return manyEach(factIds, rows, (row) => row.factId);
}
