import type { MigrationInterface, QueryRunner } from "typeorm";

/** Orders by date, the enums of sources, countries and source documents. */
export class CountriesAndSources implements MigrationInterface {
  readonly name = "CountriesAndSources0000000000001";

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Dates as numbers that ascend in the order wanted, unknown dates last. So every list ascends in all
      -- of its keys, and a page is one comparison of rows on one index, forwards and backwards.
      CREATE FUNCTION oldest_first(day date) RETURNS int LANGUAGE sql IMMUTABLE PARALLEL SAFE
        RETURN coalesce(day - date '1970-01-01', 2147483647);
      CREATE FUNCTION newest_first(day date) RETURNS int LANGUAGE sql IMMUTABLE PARALLEL SAFE
        RETURN coalesce(date '1970-01-01' - day, 2147483647);

      CREATE TYPE fact_certainty AS ENUM ('STATED', 'INFERRED');
      CREATE TYPE record_standing AS ENUM ('CURRENT', 'CORRECTED', 'RETRACTED', 'DISPUTED');
      CREATE TYPE document_kind AS ENUM ('NEWS', 'READOUT', 'JOINT_STATEMENT', 'TRANSCRIPT', 'DATASET');

      CREATE TABLE country (
        code text PRIMARY KEY,
        name text COLLATE "und-x-icu" NOT NULL,
        identifiers jsonb NOT NULL DEFAULT '[]',
        withdrawn_from date,
        withdrawn_to date
      );

      CREATE TABLE source_document (
        id uuid PRIMARY KEY,
        key text NOT NULL,
        kind document_kind NOT NULL,
        title text,
        publisher text,
        url text,
        language text NOT NULL,
        dateline text,
        date_from date,
        date_to date,
        date_certainty fact_certainty,
        licence text,
        version text,
        sha256 text,
        standing record_standing NOT NULL DEFAULT 'CURRENT',
        standing_note text,
        issuer_id uuid,
        syndicated_from_id uuid CONSTRAINT source_document_syndicated_from REFERENCES source_document,
        CONSTRAINT source_document_date CHECK ((date_from IS NULL) = (date_certainty IS NULL)),
        CONSTRAINT source_document_date_bounds CHECK (date_from <= date_to)
      );
      -- sourceDocument(key), _entities by key, and loading.
      CREATE UNIQUE INDEX source_document_key ON source_document (key);
      -- sourceDocuments, whose order it is.
      CREATE INDEX source_document_newest
        ON source_document (newest_first(date_from), newest_first(date_to), id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE source_document, country;
      DROP TYPE fact_certainty, record_standing, document_kind;
      DROP FUNCTION oldest_first, newest_first;
    `);
  }
}
