import type { Sql } from "../../db/sql.js";
import { generic, SQL } from "../../db/sql-text.js";

/** A document whose record was changed by revisions that are to be reverted. */
export interface RevertedDocument {
  id: string;
  /** The last revision before these that its record is taken back to; 0 is before the first. */
  back: number;
  /** Its key, licence and kind now; null if it is not on record. */
  key: string | null;
  licence: string | null;
  kind: string | null;
}

/** Another revision that changed a document after those that are to be reverted. */
export interface LaterRevision {
  number: number;
  operation: string;
  action: string;
  /** The key of one such document; null if it is not on record. */
  key: string | null;
  /** How many such documents there are. */
  documents: number;
}

/** Reads the documents that revisions changed, and how far each goes back: to other revisions in between, if there are any. */
export function readReverted(sql: Sql, numbers: readonly number[]): Promise<RevertedDocument[]> {
  const given = generic(numbers, "int[]");
  return sql.query(
    "revertedDocuments",
    SQL`WITH reverted AS (
       SELECT document_id, min(revision) AS first FROM document_of_revision WHERE revision = ANY (${given}) GROUP BY document_id)
     SELECT r.document_id AS id, greatest(${generic(numbers[0]! - 1, "int")}, coalesce((
       SELECT max(d.revision) FROM document_of_revision d WHERE d.document_id = r.document_id AND d.revision < r.first), 0)) AS back, s.key, s.licence, s.kind
     FROM reverted r LEFT JOIN source_document s ON s.id = r.document_id ORDER BY back, id`,
  );
}

/** Reads which other revisions changed these documents afterwards, newest first. */
export function readLaterRevisions(sql: Sql, numbers: readonly number[]): Promise<LaterRevision[]> {
  const given = generic(numbers, "int[]");
  return sql.query(
    "laterRevisions",
    SQL`WITH reverted AS (
       SELECT document_id, min(revision) AS first FROM document_of_revision WHERE revision = ANY (${given}) GROUP BY document_id),
     later AS (
       SELECT d.revision, min(s.key) AS key, count(*)::int AS documents
       FROM reverted r JOIN document_of_revision d ON d.document_id = r.document_id AND d.revision > r.first
       LEFT JOIN source_document s ON s.id = d.document_id
       WHERE d.revision NOT IN (SELECT unnest(${given})) GROUP BY d.revision)
     SELECT v.number, v.operation, v.action, l.key, l.documents FROM later l JOIN record_revision v ON v.number = l.revision
     ORDER BY v.number DESC`,
  );
}
