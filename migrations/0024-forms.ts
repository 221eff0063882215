import type { MigrationInterface, QueryRunner } from "typeorm";

/** What circles of parents leave out. */
const PASSED_OVER = `
  -- Items that do not show the parent that they would if no circle came of it, and that parent as recorded. Nearly always empty.
  CREATE TABLE parent_passed_over (
    item_id uuid PRIMARY KEY,
    noun text NOT NULL,
    parent_id uuid
  );
`;

/** Statements that are a note-taker's account, whether words are put as the speaker's own, and who serves a meeting. */
export class Forms implements MigrationInterface {
  readonly name = "Forms0000000000024";

  async up(runner: QueryRunner): Promise<void> {
    await runner.query("ALTER TYPE statement_form ADD VALUE 'RECORDED'");
    await runner.query("ALTER TYPE participation_role ADD VALUE 'INTERPRETER'");
    await runner.query("ALTER TYPE participation_role ADD VALUE 'NOTE_TAKER'");
    await runner.query(`
      CREATE TYPE statement_speech AS ENUM ('DIRECT', 'INDIRECT');
      ALTER TABLE statement
        ADD speech statement_speech,
        ADD CONSTRAINT statement_text_length CHECK (char_length(text) <= 50000);
      ${PASSED_OVER}
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE parent_passed_over;
      ALTER TABLE statement DROP CONSTRAINT statement_text_length, DROP speech;
      DROP TYPE statement_speech;
      ${retyped("statement_form", ["VERBATIM", "REPORTED"], "statement", "form")}
      ${retyped("participation_role", ["HOST", "GUEST", "CHAIR", "PARTICIPANT"], "participation", "role")}
    `);
  }
}

/** Makes a type anew without its later values: PostgreSQL can't take one away. */
function retyped(type: string, values: string[], table: string, column: string): string {
  return `
    ALTER TYPE ${type} RENAME TO ${type}_before;
    CREATE TYPE ${type} AS ENUM (${values.map((value) => `'${value}'`).join(", ")});
    ALTER TABLE ${table} ALTER COLUMN ${column} TYPE ${type} USING ${column}::text::${type};
    DROP TYPE ${type}_before;`;
}
