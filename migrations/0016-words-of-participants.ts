import type { MigrationInterface, QueryRunner } from "typeorm";

/**
 * Lets searchRecord find a meeting by the descriptions of its participants: those of whom only an office or a surname is known have no
 * name on record. Only participants with a description are in the index, and a description is a few words; on a full database it is
 * built in seconds, and writes to participations wait for it.
 */
export class WordsOfParticipants implements MigrationInterface {
  readonly name = "WordsOfParticipants0000000000016";

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- searchRecord: words of descriptions, most of which are in English. What is still to be put into a GIN index is read
      -- by every search: it has to be little.
      CREATE INDEX participation_words ON participation USING gin (words_of('en', description))
        WITH (gin_pending_list_limit = 64) WHERE description IS NOT NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("DROP INDEX participation_words");
  }
}
