import type { MigrationInterface, QueryRunner } from "typeorm";

const SLUGGED = ["organization", "person", "place", "meeting", "agreement"];

/** What records say of the items of others, and a lighter index of former slugs. */
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
      -- loading and pruning a record: what it gave of others' items.
      CREATE INDEX record_extension_document ON record_extension (document_id);
    `);
    // Of former slugs, of which most have none: the planner then knows how few it finds.
    for (const table of SLUGGED) {
      await runner.query(`
        DROP INDEX ${table}_former_slugs;
        CREATE INDEX ${table}_former_slugs ON ${table} USING gin (former_slugs) WHERE former_slugs <> '{}';
      `);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of SLUGGED) {
      await runner.query(`
        DROP INDEX ${table}_former_slugs;
        CREATE INDEX ${table}_former_slugs ON ${table} USING gin (former_slugs);
      `);
    }
    await runner.query("DROP TABLE record_extension");
  }
}
