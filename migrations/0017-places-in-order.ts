import type { MigrationInterface, QueryRunner } from "typeorm";

/**
 * What a person said in a place or a country, in the whole order of its lists. The generic plan expects a single row there: without
 * an index for POSITION, and on PostgreSQL 15 for dates too, it read all of them and sorted, 9,000 buffers for a page among a
 * million statements.
 */
export class PlacesInOrder implements MigrationInterface {
  readonly name = "PlacesInOrder0000000000017";

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX statement_of_person_place, statement_of_person_place_country;
      -- Person.statements(filter: { places }), and the same of the root by speakers and places; by POSITION.
      CREATE INDEX statement_of_person_place ON statement_of_person (person_id, place_id, newest, told, statement_id);
      CREATE INDEX statement_of_person_place_told ON statement_of_person (person_id, place_id, told, statement_id);
      -- The same with { placeCountries }.
      CREATE INDEX statement_of_person_place_country
        ON statement_of_person (person_id, place_country_code, newest, told, statement_id);
      CREATE INDEX statement_of_person_place_country_told
        ON statement_of_person (person_id, place_country_code, told, statement_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP INDEX statement_of_person_place_told, statement_of_person_place_country_told, statement_of_person_place,
        statement_of_person_place_country;
      CREATE INDEX statement_of_person_place ON statement_of_person (person_id, place_id, newest, told);
      CREATE INDEX statement_of_person_place_country ON statement_of_person (person_id, place_country_code, newest, told);
    `);
  }
}
