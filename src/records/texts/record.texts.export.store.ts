import type { Sql } from "../../db/sql.js";
import { generic, SQL } from "../../db/sql-text.js";
import { asRecorded } from "../judgements/record.as-recorded.js";

/** A document, and the kept texts that it and citations of it name. */
export interface DocumentTexts {
  key: string;
  /** Of its text now. */
  sha256: string | null;
  /** Their hashes; at least one. */
  texts: string[];
}

/** The number of documents read at a time. */
const PAGE = 500;

/** Reads documents with kept texts, by key, after this one; only those with these keys, unless null. */
export async function readDocumentTexts(
  sql: Sql,
  after: string,
  keys: string[] | null,
): Promise<DocumentTexts[]> {
  const recorded = await asRecorded(sql);
  const wanted = generic(keys, "text[]");
  return recorded.query(
    "documentTexts",
    SQL`SELECT d.key, d.sha256, array_agg(t.sha256 ORDER BY t.sha256) AS texts
     FROM source_document d CROSS JOIN LATERAL (
       SELECT t.sha256 FROM document_text t
       WHERE t.sha256 IN (SELECT d.sha256 UNION SELECT c.text_sha256 FROM citation c WHERE c.document_id = d.id)
     ) AS t
     WHERE d.key > ${generic(after, "text")} AND (${wanted} IS NULL OR d.key = ANY (${wanted}))
     GROUP BY d.id, d.key, d.sha256 ORDER BY d.key LIMIT ${generic(PAGE, "int")}`,
  );
}
