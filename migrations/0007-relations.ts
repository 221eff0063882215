import type { MigrationInterface, QueryRunner } from "typeorm";

/** What one statement is to another, and documents that are copies of others. */
export class StatementRelations implements MigrationInterface {
  readonly name = "StatementRelations0000000000007";

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TYPE statement_relation_kind AS ENUM
        ('REPEATS', 'RESPONDS_TO', 'CONTRADICTS', 'CORRECTS', 'TRANSLATES');

      CREATE TABLE statement_relation (
        id uuid PRIMARY KEY,
        statement_id uuid NOT NULL
          CONSTRAINT statement_relation_of_statement REFERENCES statement ON DELETE CASCADE,
        kind statement_relation_kind NOT NULL,
        other_id uuid NOT NULL
          CONSTRAINT statement_relation_to_statement REFERENCES statement ON DELETE CASCADE,
        owner_id uuid NOT NULL CONSTRAINT statement_relation_owner REFERENCES source_document,
        CONSTRAINT statement_relation_of_two CHECK (statement_id <> other_id)
      );
      -- StatementRelation both ways: Statement.relations, and loading.
      CREATE UNIQUE INDEX statement_relation_once ON statement_relation (statement_id, kind, other_id);
      -- Statement.relations seen from the other statement, pruning statements.
      CREATE INDEX statement_relation_other ON statement_relation (other_id);

      ALTER TABLE citation
        ADD relation_id uuid
          CONSTRAINT citation_of_relation REFERENCES statement_relation ON DELETE CASCADE,
        DROP CONSTRAINT citation_of_one_fact,
        ADD CONSTRAINT citation_of_one_fact CHECK (
          num_nonnulls(statement_id, meeting_id, participation_id, tenure_id, agreement_id, relation_id) = 1);
      -- StatementRelation.citations, as those of the other facts.
      CREATE INDEX citation_relation ON citation (relation_id);

      -- A copy leads to an original, else nobody could tell how many sources there are.
      CREATE FUNCTION document_is_no_copy_of_itself() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF EXISTS (
          WITH RECURSIVE original (id) AS (
            SELECT NEW.syndicated_from_id
            UNION
            SELECT d.syndicated_from_id FROM original JOIN source_document d ON d.id = original.id)
          SELECT FROM original WHERE id = NEW.id)
        THEN
          RAISE check_violation USING MESSAGE = format('document %s would be a copy of itself', NEW.key);
        END IF;
        RETURN NULL;
      END $$;
      CREATE TRIGGER document_is_no_copy_of_itself
        AFTER INSERT OR UPDATE OF syndicated_from_id ON source_document
        FOR EACH ROW WHEN (NEW.syndicated_from_id IS NOT NULL)
        EXECUTE FUNCTION document_is_no_copy_of_itself();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION document_is_no_copy_of_itself CASCADE;
      -- The check of these rows waits for the commit, and a table that is waited for can't be altered.
      SET CONSTRAINTS citation_leaves_no_fact_bare IMMEDIATE;
      DELETE FROM citation WHERE relation_id IS NOT NULL;
      ALTER TABLE citation
        DROP COLUMN relation_id,
        ADD CONSTRAINT citation_of_one_fact CHECK (
          num_nonnulls(statement_id, meeting_id, participation_id, tenure_id, agreement_id) = 1);
      DROP TABLE statement_relation;
      DROP TYPE statement_relation_kind;
    `);
  }
}
