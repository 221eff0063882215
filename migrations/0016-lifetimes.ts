import type { MigrationInterface, QueryRunner } from "typeorm";

/** When people were born and died. */
export class Lifetimes implements MigrationInterface {
  readonly name = "Lifetimes0000000000016";

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE person
        ADD COLUMN birth_from date,
        ADD COLUMN birth_to date,
        ADD COLUMN death_from date,
        ADD COLUMN death_to date,
        ADD CONSTRAINT person_birth_bounds CHECK (birth_from <= birth_to),
        ADD CONSTRAINT person_death_bounds CHECK (death_from <= death_to);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE person
        DROP COLUMN birth_from, DROP COLUMN birth_to, DROP COLUMN death_from, DROP COLUMN death_to;
    `);
  }
}
