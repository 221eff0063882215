import type { MigrationInterface, QueryRunner } from "typeorm";

/** What each record gives of an item that several records give. */
export class Claims implements MigrationInterface {
  readonly name = "Claims0000000000000018";

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Values that a record had filled in stay in the item's row, as if its owner had given them, until the records are
      -- loaded again.
      DROP TABLE record_extension;
      -- Only of items that at least two records give: if there is one, the item's row has all that it gives.
      CREATE TABLE record_claim (
        item_id uuid NOT NULL,
        document_id uuid NOT NULL CONSTRAINT record_claim_by_document REFERENCES source_document,
        -- Values by column; a part of a list inside the item as "table/index/column".
        given jsonb NOT NULL,
        -- Whether the item's row shows any of it. Loads read these, however many records give the item.
        is_shown boolean NOT NULL,
        PRIMARY KEY (item_id, document_id)
      );
      -- loading a record again, and pruning, exporting and dating it: what it gives.
      CREATE INDEX record_claim_document ON record_claim (document_id);
      -- loading: what decides an item's row.
      CREATE INDEX record_claim_shown ON record_claim (item_id) WHERE is_shown;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE record_claim;
      CREATE TABLE record_extension (
        item_id uuid NOT NULL,
        document_id uuid NOT NULL CONSTRAINT record_extension_by_document REFERENCES source_document,
        given jsonb NOT NULL CONSTRAINT record_extension_gives CHECK (given <> '{}'),
        PRIMARY KEY (item_id, document_id)
      );
      CREATE INDEX record_extension_document ON record_extension (document_id);
    `);
  }
}
