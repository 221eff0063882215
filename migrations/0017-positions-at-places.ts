import type { MigrationInterface, QueryRunner } from "typeorm";

/**
 * What a person said in a place or a country, by POSITION: without an index in that order, a page of a million statements
 * read 9,000 buffers.
 */
export class PositionsAtPlaces implements MigrationInterface {
  readonly name = "PositionsAtPlaces0000000000017";

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Partial, so that only lists by POSITION can be read from them: pages of a range of dates took them for theirs.
      -- Person.statements(filter: { places }, orderBy: POSITION), and the same of the root by speakers and places.
      CREATE INDEX statement_of_person_place_told ON statement_of_person (person_id, place_id, told)
        WHERE told IS NOT NULL;
      -- The same with { placeCountries }.
      CREATE INDEX statement_of_person_place_country_told ON statement_of_person (person_id, place_country_code, told)
        WHERE told IS NOT NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      "DROP INDEX statement_of_person_place_told, statement_of_person_place_country_told",
    );
  }
}
