import type { MigrationInterface, QueryRunner } from "typeorm";

/** Keeps how far loads have come, for `communique load --resume`. The table is empty at first and stays small: a row for each of the last loads. */
export class LoadPositions implements MigrationInterface {
  readonly name = "LoadPositions0000000000019";

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- The records at the beginning of what a load was given, all of which are stored.
      CREATE TABLE load_position (
        operation uuid PRIMARY KEY,
        records int NOT NULL CHECK (records > 0),
        -- Of the bytes of these records, without blank lines.
        sha256 text NOT NULL,
        -- The last revision at that time: a later one may have changed what these records say.
        revision int NOT NULL,
        -- The version of communique, since another one may read records otherwise.
        version text NOT NULL,
        kept_at timestamptz NOT NULL DEFAULT now()
      );
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("DROP TABLE load_position");
  }
}
