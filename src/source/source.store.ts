import { manyEach, oneEach } from "../db/batch.js";
import { select } from "../db/columns.js";
import { type Joined, joins, takeJoined } from "../db/joins.js";
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

function documents(): ListQuestion {
  const where = new Where();
  where.and("d.standing <> 'RETRACTED'");
  return {
    name: "sourceDocuments",
    columns: select(SourceDocument, "d"),
    from: "source_document d",
    where,
  };
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
export type CitedFact =
  "statement" | "meeting" | "participation" | "tenure" | "agreement" | "relation";

/** The passages that prove each fact: by date of their document, then by document, then as they stand in it. */
export async function citationsOf(
  sql: Sql,
  fact: CitedFact,
  factIds: readonly string[],
  joined: Joined,
) {
  const rows = await sql.query<Citation & { factId: string }>(
    `citationsOf${fact[0]!.toUpperCase()}${fact.slice(1)}s`,
    `SELECT c.${fact}_id AS "factId", ${select(Citation, "c")}${joins(Citation, "c", joined.selected)}
     FROM citation c JOIN source_document d ON d.id = c.document_id
     WHERE c.${fact}_id = ANY ($1::uuid[])
     ORDER BY oldest_first(d.date_from), d.id, c.start_offset, c.locator, c.id`,
    [factIds],
  );
  takeJoined(Citation, rows, joined);
  return manyEach(factIds, rows, (row) => row.factId);
}

/** How many originals are behind each statement's citations: every document is followed from copy to copy to its end. */
export async function sourceCountsOfStatements(sql: Sql, statementIds: readonly string[]) {
  const rows = await sql.query<{ statementId: string; count: number }>(
    "sourceCountsOfStatements",
    // UNION keeps each document once: what two copies come from counts once, and a circle of copies would end.
    `WITH RECURSIVE source (statement_id, document_id, copied_from_id) AS (
       SELECT c.statement_id, d.id, d.syndicated_from_id
       FROM citation c JOIN source_document d ON d.id = c.document_id
       WHERE c.statement_id = ANY ($1::uuid[])
       UNION
       SELECT s.statement_id, d.id, d.syndicated_from_id
       FROM source s JOIN source_document d ON d.id = s.copied_from_id)
     SELECT statement_id AS "statementId", count(*) FILTER (WHERE copied_from_id IS NULL)::int AS count
     FROM source GROUP BY statement_id`,
    [statementIds],
  );
  const counts = new Map(rows.map(({ statementId, count }) => [statementId, count]));
  return statementIds.map((id) => Math.max(counts.get(id) ?? 0, 1));
}
