import type { MigrationInterface, QueryRunner } from "typeorm";

/**
 * Each commit that changes the record is a revision: what it changed, and what was on record before. The tables of items come after,
 * since each of their rows says in which revisions it was recorded and last changed.
 */
export class Revisions implements MigrationInterface {
  readonly name = "Revisions0000000000002";

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Commits take turns, so that numbers have no gaps and times never go back.
      CREATE TABLE record_revision (
        number int PRIMARY KEY CONSTRAINT record_revision_number CHECK (number > 0),
        -- One run of a command, which may commit several times.
        operation uuid NOT NULL,
        -- The command: load, revert, redact.
        action text NOT NULL,
        recorded_at timestamptz NOT NULL,
        author text,
        note text
      );
      -- reverting an operation; communique show.
      CREATE INDEX record_revision_operation ON record_revision (operation);
      -- the first revision since a time.
      CREATE INDEX record_revision_recorded_at ON record_revision (recorded_at, number);

      -- The revision that is being made, as the loader says it; what plain SQL writes counts to the last one.
      CREATE FUNCTION current_revision() RETURNS int STABLE LANGUAGE sql RETURN coalesce(
        nullif(current_setting('communique.revision', true), '')::int, (SELECT max(number) FROM record_revision), 1);

      -- What revisions changed of what is shown: the feed.
      CREATE TABLE record_change (
        revision int NOT NULL CONSTRAINT record_change_of_revision REFERENCES record_revision,
        -- From 1, in each revision.
        ordinal int NOT NULL,
        kind record_change_kind NOT NULL,
        type record_item_type NOT NULL,
        item_id uuid NOT NULL,
        key text NOT NULL,
        merged_into_id uuid,
        merged_into_key text,
        -- The fields that changed, before and after; of an item that went, all of them, before. Null for one that came:
        -- its fields follow from its later changes and from what it is now.
        old jsonb,
        new jsonb,
        PRIMARY KEY (revision, ordinal)
      );
      -- Person.history, Meeting.history ...; what an item was when it came on record.
      CREATE INDEX record_change_item ON record_change (item_id, revision, ordinal);
      -- The feed, of some types or kinds: a page reads so many changes of each as it shows, however many others there are. Where a
      -- change stands is one number, since the planner would find (revision, ordinal) in the primary key, and look through all changes.
      CREATE INDEX record_change_kind ON record_change (kind, type, (revision::bigint << 31 | ordinal));
      -- RecordChange.fields of ADDED: which fields of an item changed together, and when first.
      CREATE INDEX record_change_fields ON record_change (item_id, fields_in(old), revision, ordinal) WHERE kind = 'CHANGED';
      -- RecordChange.fields of ADDED: when the item went.
      CREATE INDEX record_change_end ON record_change (item_id, revision, ordinal) WHERE kind IN ('REMOVED', 'MERGED', 'REDACTED');

      -- What was on record of items and entries before revisions changed them: exports as of the past. An item that a revision
      -- shows as ADDED was not on record before, and has no row here.
      CREATE TABLE item_before (
        item_id uuid NOT NULL,
        revision int NOT NULL CONSTRAINT item_before_revision REFERENCES record_revision,
        noun text NOT NULL,
        -- Its rows as recorded, by table; null if there were none.
        tables jsonb,
        PRIMARY KEY (item_id, revision)
      );
      -- exports as of the past.
      CREATE INDEX item_before_since ON item_before (revision);

      -- The documents of whose records revisions changed anything: what reverting loads anew.
      CREATE TABLE document_of_revision (
        revision int NOT NULL CONSTRAINT document_of_revision_number REFERENCES record_revision,
        document_id uuid NOT NULL,
        PRIMARY KEY (revision, document_id)
      );
      -- later revisions of a document.
      CREATE INDEX document_of_revision_document ON document_of_revision (document_id, revision);

      -- What was redacted: its key stays, so that no load brings it back.
      CREATE TABLE record_redaction (
        item_id uuid PRIMARY KEY,
        noun text NOT NULL,
        key text NOT NULL,
        because text NOT NULL,
        revision int NOT NULL CONSTRAINT record_redaction_revision REFERENCES record_revision,
        -- The texts that were taken away with it.
        text_sha256s text[] NOT NULL
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE record_redaction, document_of_revision, item_before, record_change;
      DROP FUNCTION current_revision;
      DROP TABLE record_revision;
    `);
  }
}
