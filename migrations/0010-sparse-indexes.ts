import type { MigrationInterface, QueryRunner } from "typeorm";

/** Of columns that most rows leave empty: their tables and columns. */
const SPARSE = {
  citation_statement: ["citation", "statement_id"],
  citation_meeting: ["citation", "meeting_id"],
  citation_participation: ["citation", "participation_id"],
  citation_tenure: ["citation", "tenure_id"],
  citation_agreement: ["citation", "agreement_id"],
  citation_relation: ["citation", "relation_id"],
  speaker_organization: ["speaker", "organization_id, statement_id"],
  participation_organization: ["participation", "organization_id, meeting_id"],
};

/** Indexes without the rows that have nothing to be found by. */
export class SparseIndexes implements MigrationInterface {
  readonly name = "SparseIndexes0000000000010";

  /**
   * A citation is of one fact, and was in the indexes of six kinds of them. What each is needed for is told where it
   * was made first, in the migrations 3, 4 and 7.
   */
  async up(runner: QueryRunner): Promise<void> {
    for (const [index, [table, columns]] of Object.entries(SPARSE)) {
      await runner.query(`
        DROP INDEX ${index};
        CREATE INDEX ${index} ON ${table} (${columns}) WHERE ${columns!.split(",")[0]} IS NOT NULL;
      `);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const [index, [table, columns]] of Object.entries(SPARSE)) {
      await runner.query(`DROP INDEX ${index}; CREATE INDEX ${index} ON ${table} (${columns})`);
    }
  }
}
