import type { MigrationInterface, QueryRunner } from "typeorm";

const PAIR = "d.person_id = c.person_id AND d.document_id = c.document_id";

/** Replaces the end of this condition in the functions that take people off documents. */
const ending = (before: string, after: string) => `
  DO $$
  DECLARE
    definition text;
  BEGIN
    FOR definition IN SELECT pg_get_functiondef(oid) FROM pg_proc
      WHERE pronamespace = current_schema()::regnamespace AND proname LIKE '%\\_links\\_documents' AND strpos(prosrc, '${PAIR}${before}') > 0
    LOOP
      EXECUTE replace(definition, '${PAIR}${before}', '${PAIR}${after}');
    END LOOP;
  END $$`;

/**
 * Deleting facts looks up whether a person has others in the same document. With OFFSET 0 it does so for each pair, by index: as a join,
 * the planner would read the people of all documents, for as many facts as were deleted.
 */
export class PeopleOfDeletedFacts implements MigrationInterface {
  readonly name = "PeopleOfDeletedFacts0000000000029";

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(ending(")", " OFFSET 0)"));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(ending(" OFFSET 0)", ")"));
  }
}
