import type { Sql } from "../db/sql.js";
import { generic, SQL } from "../db/sql-text.js";
import { idOf } from "../records/record.ids.js";

/** A passage that proves a statement. */
export interface CitedPassage {
  /** The key of the document. */
  document: string;
  url: string | null;
  start: number | null;
  end: number | null;
  locator: string | null;
  /** Of the text that the offsets are of. */
  sha256: string | null;
  exact: string | null;
}

/** A statement, with the passages that prove it. */
export interface CitedStatement {
  form: string;
  text: string;
  /** The first day that its date can mean. */
  date: string | null;
  /** Names, or codes and descriptions where it has none. */
  speakers: string[];
  citations: CitedPassage[];
}

/** Reads a statement by key, or the one that it was merged into; undefined if there is none. */
export async function readStatement(sql: Sql, key: string): Promise<CitedStatement | undefined> {
  const id = generic(idOf("statement", key), "uuid");
  const [found] = await sql.query<CitedStatement>(
    "statementWithPassages",
    SQL`SELECT s.form, s.text, s.date_from AS date,
       ARRAY(SELECT coalesce(p.name, o.name, k.description, k.country_code) FROM speaker k
         LEFT JOIN person p ON p.id = k.person_id LEFT JOIN organization o ON o.id = k.organization_id
         WHERE k.statement_id = s.id ORDER BY k.position) AS speakers,
       (SELECT json_agg(json_build_object('document', d.key, 'url', d.url, 'start', c.start_offset, 'end', c.end_offset,
           'locator', c.locator, 'sha256', c.text_sha256, 'exact', c.exact) ORDER BY d.key, c.start_offset, c.locator)
         FROM citation c JOIN source_document d ON d.id = c.document_id WHERE c.statement_id = s.id) AS citations
     FROM statement s
     WHERE s.id = coalesce((SELECT root_id FROM item_as_recorded WHERE id = ${id} AND root_id <> id), ${id})`,
  );
  return found;
}
