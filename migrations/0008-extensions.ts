import type { MigrationInterface, QueryRunner } from "typeorm";

/** What records say of the items of others. */
export class Extensions implements MigrationInterface {
  readonly name = "Extensions0000000000008";

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- What a record gives of an item that another one owns and leaves open: values by column, and the parts
      -- of the item by their table. The item's own row has them too; here is who gave them, so that loading
      -- the owner again does not take them away, and loading the giver again does.
      CREATE TABLE record_extension (
        item_id uuid NOT NULL,
        document_id uuid NOT NULL CONSTRAINT record_extension_by_document REFERENCES source_document,
        given jsonb NOT NULL CONSTRAINT record_extension_gives CHECK (given <> '{}'),
        PRIMARY KEY (item_id, document_id)
      );
      CREATE INDEX record_extension_document ON record_extension (document_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("DROP TABLE record_extension");
  }
}
