import type { MigrationInterface, QueryRunner } from "typeorm";

/** The SQL of the key that the id of an item with slugs is derived from: its first slug as recorded, not as merges show it. */
const FIRST_SLUG = (table: string) =>
  `coalesce(r.tables->'${table}'->0->'former_slugs'->>0, r.tables->'${table}'->0->>'slug', former_slugs[1], slug)`;

/** The tables of what is on record by itself, with the type that the feed of changes gives it and the SQL of its lasting key. */
const ITEMS = [
  ["source_document", "SOURCE_DOCUMENT", "t.key"],
  ["organization", "ORGANIZATION", FIRST_SLUG("organization")],
  ["person", "PERSON", FIRST_SLUG("person")],
  ["place", "PLACE", FIRST_SLUG("place")],
  ["statement_topic", "TOPIC", "slug"],
  ["tenure", "TENURE", "t.key"],
  ["meeting", "MEETING", FIRST_SLUG("meeting")],
  ["agreement", "AGREEMENT", FIRST_SLUG("agreement")],
  ["statement", "STATEMENT", "t.key"],
] as const;

/** Each commit that changes the record as a revision: what it changed, and what was on record before. */
export class Revisions implements MigrationInterface {
  readonly name = "Revisions0000000000026";

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TYPE record_change_kind AS ENUM ('ADDED', 'CHANGED', 'REMOVED', 'MERGED', 'UNMERGED', 'REDACTED');
      CREATE TYPE record_item_type AS ENUM (
        'PERSON', 'PLACE', 'ORGANIZATION', 'TENURE', 'MEETING', 'AGREEMENT', 'STATEMENT', 'SOURCE_DOCUMENT', 'TOPIC');

      -- Commits take turns, so that numbers have no gaps and times never go back.
      CREATE TABLE record_revision (
        number int PRIMARY KEY CONSTRAINT record_revision_number CHECK (number > 0),
        -- One run of a command, which may commit several times.
        operation uuid NOT NULL,
        -- The command: load, revert, redact; migrate for what was on record before there were revisions.
        action text NOT NULL,
        recorded_at timestamptz NOT NULL,
        author text,
        note text
      );
      -- reverting an operation; communique show.
      CREATE INDEX record_revision_operation ON record_revision (operation);
      -- the first revision since a time.
      CREATE INDEX record_revision_recorded_at ON record_revision (recorded_at, number);

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
      -- Person.history, Meeting.history ...
      CREATE INDEX record_change_item ON record_change (item_id, revision);
      -- the feed, of some types.
      CREATE INDEX record_change_type ON record_change (type, revision, ordinal);
      -- the feed, of some kinds; keys that were removed or redacted.
      CREATE INDEX record_change_kind ON record_change (kind, revision, ordinal) WHERE kind <> 'ADDED';

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

      -- The revision that is being made, as the loader says it; what plain SQL writes counts to the last one.
      CREATE FUNCTION current_revision() RETURNS int STABLE LANGUAGE sql RETURN coalesce(
        nullif(current_setting('communique.revision', true), '')::int, (SELECT max(number) FROM record_revision), 1);

      ${ITEMS.map(
        ([table]) => `
      ALTER TABLE ${table} ADD COLUMN recorded_in int NOT NULL DEFAULT 1, ADD COLUMN changed_in int NOT NULL DEFAULT 1;
      ALTER TABLE ${table} ALTER COLUMN recorded_in SET DEFAULT current_revision(), ALTER COLUMN changed_in SET DEFAULT current_revision();`,
      ).join("")}
      ${["statement", "meeting"]
        .map(
          (table) => `
      -- ${table}s by the time when they were recorded or changed.
      CREATE INDEX ${table}_recorded ON ${table} (recorded_in, id);
      CREATE INDEX ${table}_changed ON ${table} (changed_in, id);`,
        )
        .join("")}

      -- What is on record already is revision 1.
      INSERT INTO record_revision (number, operation, action, recorded_at, note)
        SELECT 1, gen_random_uuid(), 'migrate', now(), 'What was on record before changes were kept'
        WHERE EXISTS (SELECT FROM source_document);
      INSERT INTO record_change (revision, ordinal, kind, type, item_id, key)
        SELECT 1, row_number() OVER (ORDER BY rank, key COLLATE "C"), 'ADDED', type::record_item_type, id, key FROM (
          ${ITEMS.map(([table, type, key], rank) => `SELECT ${rank} AS rank, '${type}' AS type, t.id, ${key} AS key FROM ${table} t LEFT JOIN item_as_recorded r ON r.id = t.id`).join(" UNION ALL ")}
        ) AS item;
      INSERT INTO document_of_revision SELECT 1, id FROM source_document;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ${ITEMS.map(([table]) => `ALTER TABLE ${table} DROP COLUMN recorded_in, DROP COLUMN changed_in;`).join("\n")}
      DROP FUNCTION current_revision;
      DROP TABLE record_redaction, document_of_revision, item_before, record_change, record_revision;
      DROP TYPE record_item_type, record_change_kind;
    `);
  }
}
