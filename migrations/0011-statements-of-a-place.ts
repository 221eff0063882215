import type { MigrationInterface, QueryRunner } from "typeorm";

const INDEXES = { statement_place: "place_id", statement_place_country: "place_country_code" };

/**
 * The indexes of what was said in a place or country hold the ids too: what somebody said there (the headline question) is
 * looked up by both at once. By place alone, all that was said in a capital was compared with all that a minister ever said,
 * six times the work in a record of a million statements.
 */
export class StatementsOfAPlace implements MigrationInterface {
  readonly name = "StatementsOfAPlace0000000000011";

  async up(runner: QueryRunner): Promise<void> {
    for (const [index, column] of Object.entries(INDEXES)) {
      await runner.query(`DROP INDEX ${index}; CREATE INDEX ${index} ON statement (${column}, id)`);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const [index, column] of Object.entries(INDEXES)) {
      await runner.query(`DROP INDEX ${index}; CREATE INDEX ${index} ON statement (${column})`);
    }
  }
}
