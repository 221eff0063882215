import type { MigrationInterface, QueryRunner } from "typeorm";

/** What claims refer to: a record may name an item that nothing shows, since other records are preferred. */
export class ClaimedReferences implements MigrationInterface {
  readonly name = "ClaimedReferences0000000000028";

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- The ids that a record gives of an item: its columns whose names end in _id, those of parts ("speaker/0/person_id") included.
      CREATE FUNCTION references_in(given jsonb) RETURNS uuid[] IMMUTABLE STRICT PARALLEL SAFE LANGUAGE sql RETURN ARRAY(
        SELECT value::uuid FROM jsonb_each_text(given) WHERE key LIKE '%\\_id' AND value IS NOT NULL);
      -- pruning and redacting an item that a record names.
      CREATE INDEX record_claim_references ON record_claim USING gin (references_in(given));
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX record_claim_references;
      DROP FUNCTION references_in;
    `);
  }
}
