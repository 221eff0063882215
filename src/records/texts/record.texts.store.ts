import type { Sql } from "../../db/sql.js";
import type { StoredDocument } from "../check/record.on-record.js";
import { generic, raw, SQL, unnestSql } from "../../db/sql-text.js";
import { partsOf, wordsOfPart } from "../../source/text.parts.js";
import type { SourceText } from "../check/record.text.js";
import { NOT_RESTORING } from "../redaction/record.removed-items.store.js";
import { asRecorded } from "../judgements/record.as-recorded.js";

/** A text that the record of a document names. */
export interface NamedText {
  documentId: string;
  sha256: string;
}

/** A text that is not kept, of a document on record with this sha256. */
export interface MissingText {
  /** Whether it may be: no redaction took it away, or the load brings back what was redacted. */
  mayBeKept: boolean;
  /** How many redacted items it was taken away with. */
  redacted: number;
  /** The first of them, by noun and key; null if there is none. */
  firstRedacted: string | null;
}

/** Returns those of these texts that are not kept yet, by sha256, and whether they may be. */
export async function readMissingTexts(
  sql: Sql,
  named: NamedText[],
): Promise<Map<string, MissingText>> {
  const rows = await sql.query<MissingText & { sha256: string }>(
    "missingTexts",
    SQL`SELECT n.sha256, r.redacted, r.first AS "firstRedacted", r.redacted = 0 OR NOT ${raw(NOT_RESTORING)} AS "mayBeKept"
     FROM (SELECT DISTINCT n.sha256
       FROM ${unnestSql(named, { documentId: "uuid", sha256: "text" })} AS n (document_id, sha256)
       JOIN source_document d ON d.id = n.document_id
       WHERE NOT EXISTS (SELECT FROM document_text t WHERE t.sha256 = n.sha256)
         AND (d.sha256 = n.sha256
           OR EXISTS (SELECT FROM citation c WHERE c.document_id = d.id AND c.text_sha256 = n.sha256))) AS n
     CROSS JOIN LATERAL (
       SELECT count(*)::int AS redacted, min(noun || ' ' || key) AS first
       FROM record_redaction WHERE n.sha256 = ANY (text_sha256s)) AS r`,
  );
  return new Map(rows.map(({ sha256, ...text }) => [sha256, text]));
}

/** Keeps a text. */
export async function keepText(sql: Sql, { sha256, words }: SourceText): Promise<void> {
  const parts = partsOf(words);
  await sql.query(
    "keepText",
    SQL`WITH kept AS (
       INSERT INTO document_text VALUES (${generic(sha256, "text")}, ${generic(words.length, "int")}) RETURNING sha256)
     INSERT INTO document_text_part (sha256, part, start_offset, content)
     SELECT kept.sha256, p.* FROM kept, ${unnestSql(parts, { part: "int", start: "int", content: "bytea" })} AS p`,
  );
}

/** Reads a kept text; null if it is not kept. */
export async function readKeptText(sql: Sql, sha256: string): Promise<string | null> {
  const rows = await sql.query<{ content: Buffer | null }>(
    "keptText",
    SQL`SELECT p.content FROM document_text t LEFT JOIN document_text_part p USING (sha256)
     WHERE t.sha256 = ${generic(sha256, "text")} ORDER BY p.part`,
  );
  if (rows.length === 0) return null;
  return rows.map(({ content }) => (content ? wordsOfPart(content) : "")).join("");
}

/** Deletes the texts that no record names any more; returns how many. */
export async function deleteUnnamedTexts(sql: Sql): Promise<number> {
  const recorded = await asRecorded(sql);
  const unnamed = await recorded.query<{ sha256: string }>(
    "unnamedTexts",
    `SELECT t.sha256 FROM document_text t
     WHERE NOT EXISTS (SELECT FROM source_document d WHERE d.sha256 = t.sha256)
       AND NOT EXISTS (SELECT FROM citation c WHERE c.text_sha256 = t.sha256)
       AND NOT EXISTS (SELECT FROM record_claim c WHERE c.given->>'text_sha256' = t.sha256)`,
  );
  const hashes = unnamed.map(({ sha256 }) => sha256);
  if (unnamed.length > 0)
    await sql.query(
      "deleteTexts",
      SQL`DELETE FROM document_text WHERE sha256 = ANY (${generic(hashes, "text[]")})`,
    );
  return unnamed.length;
}

/** Returns what rules need of a document on record, by key. */
export async function readDocument(sql: Sql, key: string): Promise<StoredDocument | undefined> {
  const [found] = await sql.query<StoredDocument>(
    "documentOfText",
    SQL`SELECT licence, sha256 FROM source_document WHERE key = ${generic(key, "text")}`,
  );
  return found;
}
