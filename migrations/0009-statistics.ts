import type { MigrationInterface, QueryRunner } from "typeorm";

/** What the planner is to know of the dates of statements and meetings. */
export class Statistics implements MigrationInterface {
  readonly name = "Statistics0000000000009";

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- How many of them overlap a range. PostgreSQL keeps that for the expression of an index, but not of a partial one:
      -- without this it takes any range for a hundredth of all, a day as well as twenty years.
      CREATE STATISTICS statement_dates_known ON (daterange(date_from, date_until, '[]')) FROM statement;
      CREATE STATISTICS meeting_dates_known ON (daterange(date_from, date_until, '[]')) FROM meeting;
      ANALYZE statement, meeting;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("DROP STATISTICS statement_dates_known, meeting_dates_known");
  }
}
