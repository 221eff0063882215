import type { Sql } from "../db/sql.js";
import { generic, raw, SQL } from "../db/sql-text.js";
import { groupByKey, selectSql } from "../query/rows.js";
import { wholeDocument } from "../records/claims/record.whole-document.js";
import { Citation } from "../source/citation.entity.js";
import type { RecordMerge } from "./record-merge.js";

/** The maximum number of merges of an item, and of citations of a merge. */
const MAX_MERGES = 100;
const MAX_CITATIONS = 20;

interface MergeRow {
  itemId: string;
  id: string;
  mergedId: string;
  mergedKey: string;
  reason: string;
  documentId: string;
}

/** Reads the merges into each item, direct or through others, ordered by the key of the item that went. */
export async function mergesOf(sql: Sql, itemIds: readonly string[]): Promise<RecordMerge[][]> {
  const merges = await sql.query<MergeRow>(
    "mergesOfItems",
    SQL`WITH RECURSIVE linked (item_id, id) AS (
       SELECT i, i FROM unnest(${generic(itemIds, "uuid[]")}) AS i
       UNION SELECT l.item_id, CASE WHEN m.stays_id = l.id THEN m.goes_id ELSE m.stays_id END
         FROM linked l JOIN record_merge m ON m.stays_id = l.id OR m.goes_id = l.id)
     SELECT item_id AS "itemId", id, goes_id AS "mergedId", gone_key AS "mergedKey", because AS reason, owner_id AS "documentId"
     FROM (
       SELECT l.item_id, m.*, gone.key AS gone_key, row_number() OVER (PARTITION BY l.item_id ORDER BY gone.key, m.id) AS nth
       FROM linked l JOIN record_merge m ON m.goes_id = l.id JOIN item_as_recorded r ON r.id = m.goes_id
         CROSS JOIN LATERAL (SELECT r.keys[cardinality(r.keys)] AS key) AS gone
     ) AS merge WHERE nth <= ${raw(`${MAX_MERGES}`)} ORDER BY item_id, nth`,
  );
  const citations = await readCitations(
    sql,
    merges.map(({ id }) => id),
  );
  const rows = merges.map(({ id, documentId, ...merge }) => {
    const own = citations.filter(({ mergeId }) => mergeId === id).slice(0, MAX_CITATIONS);
    return { ...merge, citations: own.length > 0 ? own : [wholeDocument(id, documentId)] };
  });
  return groupByKey(itemIds, rows, ({ itemId }) => itemId);
}

async function readCitations(sql: Sql, ids: string[]): Promise<Citation[]> {
  if (ids.length === 0) return [];
  return sql.query(
    "citationsOfMerges",
    SQL`SELECT ${selectSql(Citation, "c")}, c.merge_id AS "mergeId" FROM citation c
      WHERE c.merge_id = ANY (${generic(ids, "uuid[]")}) ORDER BY c.start_offset, c.locator, c.id`,
  );
}
