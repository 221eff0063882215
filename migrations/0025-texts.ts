import type { MigrationInterface, QueryRunner } from "typeorm";
import { NO_PEOPLE_OF_DOCUMENTS, PEOPLE_OF_DOCUMENTS } from "./0025-people-of-documents.js";

/** The texts of documents, kept by their hash, of which text the offsets of a citation are, and whom documents are about. */
export class Texts implements MigrationInterface {
  readonly name = "Texts0000000000025";

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE document_text (
        -- Of the bytes of the text in UTF-8, lower-case hexadecimal.
        sha256 text PRIMARY KEY,
        -- In UTF-16 code units, as offsets are.
        length int NOT NULL
      );
      -- A text in parts, so that a passage is read without the rest.
      CREATE TABLE document_text_part (
        sha256 text NOT NULL CONSTRAINT document_text_part_of_text REFERENCES document_text ON DELETE CASCADE,
        -- From 0.
        part int NOT NULL,
        -- Where it begins, in UTF-16 code units from the start of the text.
        start_offset int NOT NULL,
        -- UTF-8, compressed (RFC 1951).
        content bytea NOT NULL,
        PRIMARY KEY (sha256, part)
      );
      -- It is compressed already.
      ALTER TABLE document_text_part ALTER COLUMN content SET STORAGE EXTERNAL;

      ALTER TABLE source_document
        -- RFC 3339, UTC, milliseconds.
        ADD COLUMN retrieved_at text,
        ADD COLUMN attribution text,
        ADD COLUMN archived_url text;
      -- Whose text it is: a citation can't show that of another document.
      CREATE INDEX source_document_sha256 ON source_document (sha256) WHERE sha256 IS NOT NULL;
      ALTER TABLE citation ADD COLUMN text_sha256 text;
      -- Nothing that the triggers on citations look at changes.
      ALTER TABLE citation DISABLE TRIGGER USER;
      UPDATE citation c SET text_sha256 = d.sha256 FROM source_document d
        WHERE d.id = c.document_id AND c.start_offset IS NOT NULL AND d.sha256 IS NOT NULL;
      ALTER TABLE citation ENABLE TRIGGER USER;
      ${PEOPLE_OF_DOCUMENTS}
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ${NO_PEOPLE_OF_DOCUMENTS}
      ALTER TABLE citation DROP COLUMN text_sha256;
      ALTER TABLE source_document DROP COLUMN retrieved_at, DROP COLUMN attribution, DROP COLUMN archived_url;
      DROP INDEX source_document_sha256;
      DROP TABLE document_text_part, document_text;
    `);
  }
}
