import type { MigrationInterface, QueryRunner } from "typeorm";

const COUNTRIES = `
  CREATE TABLE country (
    code text PRIMARY KEY,
    name text COLLATE "und-x-icu" NOT NULL,
    identifiers jsonb NOT NULL DEFAULT '[]',
    withdrawn_from date,
    withdrawn_to date,
    -- What it is called in any language, and by which edition of Unicode CLDR.
    names text[] NOT NULL DEFAULT '{}',
    names_edition text NOT NULL DEFAULT ''
  );
`;

const DOCUMENTS = `
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
    -- RFC 3339, UTC, milliseconds.
    retrieved_at text,
    attribution text,
    archived_url text,
    recorded_in int NOT NULL DEFAULT current_revision(),
    changed_in int NOT NULL DEFAULT current_revision(),
    CONSTRAINT source_document_date CHECK ((date_from IS NULL) = (date_certainty IS NULL)),
    CONSTRAINT source_document_date_bounds CHECK (date_from <= date_to)
  );
  -- sourceDocument(key), _entities by key, and loading.
  CREATE UNIQUE INDEX source_document_key ON source_document (key);
  -- sourceDocuments, whose order it is.
  CREATE INDEX source_document_newest
    ON source_document (newest_first(date_from), newest_first(date_to), id);
  -- sourceDocuments(filter: { kinds }), in the order of the list.
  CREATE INDEX source_document_kind
    ON source_document (kind, newest_first(date_from), newest_first(date_to), id);
  -- sourceDocuments(filter: { languages }), and which languages words are read in.
  CREATE INDEX source_document_language
    ON source_document (language, newest_first(date_from), newest_first(date_to), id);
  -- sourceDocuments(filter: { publishers }). A name of any length would not fit into an index.
  CREATE INDEX source_document_publisher
    ON source_document (left(publisher, 200), newest_first(date_from), newest_first(date_to), id)
    WHERE publisher IS NOT NULL;
  -- sourceDocuments(filter: { issuers }), pruning organizations.
  CREATE INDEX source_document_issuer
    ON source_document (issuer_id, newest_first(date_from), newest_first(date_to), id) WHERE issuer_id IS NOT NULL;
  -- sourceDocuments(filter: { text }).
  CREATE INDEX source_document_words
    ON source_document USING gin (words_of(language, coalesce(title, '') || ' ' || coalesce(publisher, '')));
  -- Whose text it is: a citation can't show that of another document.
  CREATE INDEX source_document_sha256 ON source_document (sha256) WHERE sha256 IS NOT NULL;

  -- Which documents an installation prefers where documents give different values.
  CREATE TABLE source_order (
    -- From 0, the most preferred.
    position int PRIMARY KEY,
    -- The key of a document; with * at its end, of all whose keys begin so.
    key text NOT NULL CONSTRAINT source_order_key UNIQUE
  );
`;

const COPIES = `
  -- A copy leads to an original, else nobody could tell how many sources there are.
  CREATE FUNCTION document_is_no_copy_of_itself() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF EXISTS (
      WITH RECURSIVE original (id) AS (
        SELECT NEW.syndicated_from_id
        UNION
        SELECT d.syndicated_from_id FROM original JOIN source_document d ON d.id = original.id)
      SELECT FROM original WHERE id = NEW.id)
    THEN
      RAISE check_violation USING MESSAGE = format('document %s would be a copy of itself', NEW.key);
    END IF;
    RETURN NULL;
  END $$;
  CREATE TRIGGER document_is_no_copy_of_itself
    AFTER INSERT OR UPDATE OF syndicated_from_id ON source_document
    FOR EACH ROW WHEN (NEW.syndicated_from_id IS NOT NULL)
    EXECUTE FUNCTION document_is_no_copy_of_itself();

  -- Two that each make a document a copy, which together lead in a circle: everything that a copy leads to is locked.
  -- What one statement has changed already may lead in a circle here; document_is_no_copy_of_itself refuses it after.
  CREATE FUNCTION document_holds_originals() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    original uuid := NEW.syndicated_from_id;
    held uuid[] := ARRAY[NEW.id];
  BEGIN
    WHILE original <> ALL (held) LOOP
      held := held || original;
      SELECT syndicated_from_id INTO original FROM source_document WHERE id = original FOR SHARE;
    END LOOP;
    RETURN NEW;
  END $$;
  CREATE TRIGGER document_holds_originals BEFORE INSERT OR UPDATE OF syndicated_from_id ON source_document
    FOR EACH ROW WHEN (NEW.syndicated_from_id IS NOT NULL)
    EXECUTE FUNCTION document_holds_originals();
`;

const TEXTS = `
  -- The texts of documents, kept by their hash.
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
`;

/** Countries, and the documents that everything on record is from, with their texts. */
export class CountriesAndSources implements MigrationInterface {
  readonly name = "CountriesAndSources0000000000003";

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(COUNTRIES);
    await runner.query(DOCUMENTS);
    await runner.query(COPIES);
    await runner.query(TEXTS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE document_text_part, document_text, source_order, source_document, country;
      DROP FUNCTION document_is_no_copy_of_itself, document_holds_originals;
    `);
  }
}
