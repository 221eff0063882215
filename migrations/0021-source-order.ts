import type { MigrationInterface, QueryRunner } from "typeorm";

/** Which documents an installation prefers where documents give different values. */
export class SourceOrder implements MigrationInterface {
  readonly name = "SourceOrder0000000000021";

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE source_order (
        -- From 0, the most preferred.
        position int PRIMARY KEY,
        -- The key of a document; with * at its end, of all whose keys begin so.
        key text NOT NULL CONSTRAINT source_order_key UNIQUE
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("DROP TABLE source_order");
  }
}
