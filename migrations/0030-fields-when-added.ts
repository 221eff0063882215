import type { MigrationInterface, QueryRunner } from "typeorm";

/** Indexes for what an item was when it came on record, however often it changed since. */
export class FieldsWhenAdded implements MigrationInterface {
  readonly name = "FieldsWhenAdded0000000000030";

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- The names of the fields that a change tells of, in the order of jsonb, which is always the same.
      CREATE FUNCTION fields_in(given jsonb) RETURNS text[] IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql RETURN ARRAY(
        SELECT jsonb_object_keys(given));
      -- RecordChange.fields of ADDED: which fields of an item changed together, and when first.
      CREATE INDEX record_change_fields ON record_change (item_id, fields_in(old), revision, ordinal) WHERE kind = 'CHANGED';
      -- RecordChange.fields of ADDED: when the item went.
      CREATE INDEX record_change_end ON record_change (item_id, revision, ordinal) WHERE kind IN ('REMOVED', 'MERGED', 'REDACTED');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX record_change_end, record_change_fields;
      DROP FUNCTION fields_in;
    `);
  }
}
