import type { MigrationInterface, QueryRunner } from "typeorm";

/** Indexes for the feed of changes, of any types and kinds, and for histories of items in order. */
export class FollowingChanges implements MigrationInterface {
  readonly name = "FollowingChanges0000000000027";

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX record_change_item, record_change_type, record_change_kind;
      -- Person.history, Meeting.history ...; what an item was when it came on record.
      CREATE INDEX record_change_item ON record_change (item_id, revision, ordinal);
      -- The feed, of some types or kinds: a page reads so many changes of each as it shows, however many others there are. Where a
      -- change stands is one number, since the planner would find (revision, ordinal) in the primary key, and look through all changes.
      CREATE INDEX record_change_kind ON record_change (kind, type, (revision::bigint << 31 | ordinal));
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX record_change_item, record_change_kind;
      CREATE INDEX record_change_item ON record_change (item_id, revision);
      CREATE INDEX record_change_type ON record_change (type, revision, ordinal);
      CREATE INDEX record_change_kind ON record_change (kind, revision, ordinal) WHERE kind <> 'ADDED';
    `);
  }
}
