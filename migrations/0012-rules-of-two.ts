import type { MigrationInterface, QueryRunner } from "typeorm";

const FACTS = ["statement", "meeting", "participation", "tenure", "agreement"];

/** Checks at commit that a new fact is cited: by the kind that its trigger tells, and planned once, not for each row. */
export const FACT_IS_CITED = `
  CREATE OR REPLACE FUNCTION fact_is_cited() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    -- The name of its table is the kind for triggers of before, which taking this migration back makes anew.
    kind text := coalesce(TG_ARGV[0], TG_TABLE_NAME);
    cited boolean;
  BEGIN
    ${FACTS.map(
      (kind) => `IF kind = '${kind}' THEN
      cited := EXISTS (SELECT FROM citation WHERE ${kind}_id = NEW.id)
        OR NOT EXISTS (SELECT FROM ${kind} WHERE id = NEW.id);`,
    ).join("\n    ELS")}
    END IF;
    IF cited IS NOT TRUE THEN
      RAISE check_violation USING MESSAGE = format('%s %s has no citation', kind, NEW.id);
    END IF;
    RETURN NULL;
  END $$;`;

/** The triggers that call it: a sharded table has another name, so that its kind is told. */
export function citedTriggers(argumentOf: (kind: string) => string): string {
  return FACTS.map(
    (kind) => `
    DROP TRIGGER IF EXISTS ${kind}_is_cited ON ${kind};
    CREATE CONSTRAINT TRIGGER ${kind}_is_cited AFTER INSERT ON ${kind}
      DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION fact_is_cited(${argumentOf(kind)});`,
  ).join("");
}

/**
 * The rules hold for two transactions at once too. A rule looks at what is committed, so that each of two could find what
 * the other was just taking away, and both commit. So whoever changes what a rule is about locks it first: the other one
 * waits, and then sees what has become of it. New facts need no lock, since nobody else sees them yet.
 */
export class RulesOfTwo implements MigrationInterface {
  readonly name = "RulesOfTwo0000000000012";

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ${FACT_IS_CITED}
      ${citedTriggers((kind) => `'${kind}'`)}

      -- Two that each take away one of the last two citations of a fact: the second one waits for the first. The lock
      -- lets others cite the fact meanwhile (their foreign key asks for FOR KEY SHARE).
      CREATE FUNCTION citation_holds_fact() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF OLD.statement_id IS NOT NULL THEN
          PERFORM FROM statement WHERE id = OLD.statement_id FOR NO KEY UPDATE;
        ELSIF OLD.meeting_id IS NOT NULL THEN
          PERFORM FROM meeting WHERE id = OLD.meeting_id FOR NO KEY UPDATE;
        ELSIF OLD.participation_id IS NOT NULL THEN
          PERFORM FROM participation WHERE id = OLD.participation_id FOR NO KEY UPDATE;
        ELSIF OLD.tenure_id IS NOT NULL THEN
          PERFORM FROM tenure WHERE id = OLD.tenure_id FOR NO KEY UPDATE;
        ELSIF OLD.agreement_id IS NOT NULL THEN
          PERFORM FROM agreement WHERE id = OLD.agreement_id FOR NO KEY UPDATE;
        END IF;
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
      END $$;
      CREATE TRIGGER citation_holds_fact
        BEFORE DELETE OR UPDATE OF statement_id, meeting_id, participation_id, tenure_id, agreement_id ON citation
        FOR EACH ROW EXECUTE FUNCTION citation_holds_fact();

      -- Two that each take away one of three speakers, which would leave a joint statement with one.
      CREATE FUNCTION speaker_holds_statement() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF TG_OP <> 'INSERT' THEN
          PERFORM FROM statement WHERE id = OLD.statement_id FOR NO KEY UPDATE;
        END IF;
        IF TG_OP <> 'DELETE' THEN
          PERFORM FROM statement WHERE id = NEW.statement_id FOR NO KEY UPDATE;
        END IF;
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
      END $$;
      CREATE TRIGGER speaker_holds_statement BEFORE INSERT OR DELETE OR UPDATE OF statement_id ON speaker
        FOR EACH ROW EXECUTE FUNCTION speaker_holds_statement();

      -- A statement that comes to inherit while its meeting moves: the meeting's own trigger could not see it. One that
      -- inherited from this meeting before it does see, and a lock would only be one to wait for each other by.
      -- (Triggers run in the order of their names: this one before statement_when_where, which reads the meeting.)
      CREATE FUNCTION statement_holds_meeting() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM FROM meeting WHERE id = NEW.meeting_id FOR SHARE;
        RETURN NEW;
      END $$;
      CREATE TRIGGER statement_holds_meeting BEFORE INSERT ON statement
        FOR EACH ROW WHEN (NEW.meeting_id IS NOT NULL AND (NEW.date_inherited OR NEW.place_inherited))
        EXECUTE FUNCTION statement_holds_meeting();
      CREATE TRIGGER statement_holds_other_meeting BEFORE UPDATE ON statement
        FOR EACH ROW WHEN (
          NEW.meeting_id IS NOT NULL AND (NEW.date_inherited OR NEW.place_inherited)
          AND (NEW.meeting_id IS DISTINCT FROM OLD.meeting_id OR NOT (OLD.date_inherited OR OLD.place_inherited)))
        EXECUTE FUNCTION statement_holds_meeting();

      -- Two that each make a document a copy, which together lead in a circle: everything that a copy leads to is locked.
      -- What one statement has changed already may lead in a circle here; document_is_no_copy_of_itself refuses it after.
      CREATE FUNCTION document_holds_originals() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE
        original uuid := NEW.syndicated_from_id;
        held uuid[] := ARRAY[NEW.id];
      BEGIN
        WHILE original <> ALL (held) LOOP
          held := held || original;
          SELECT syndicated_from_id INTO original FROM source_document WHERE id = original FOR SHARE;
        END LOOP;
        RETURN NEW;
      END $$;
      CREATE TRIGGER document_holds_originals BEFORE INSERT OR UPDATE OF syndicated_from_id ON source_document
        FOR EACH ROW WHEN (NEW.syndicated_from_id IS NOT NULL)
        EXECUTE FUNCTION document_holds_originals();

      -- TRUNCATE calls no trigger of a row. Everything at once may go.
      CREATE FUNCTION no_fact_is_left_bare() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF ${FACTS.map((kind) => `EXISTS (SELECT FROM ${kind})`).join(" OR ")} THEN
          RAISE check_violation USING MESSAGE = format('without %s facts would be left bare: delete them too', TG_TABLE_NAME);
        END IF;
        RETURN NULL;
      END $$;
      CREATE TRIGGER citation_truncated AFTER TRUNCATE ON citation
        FOR EACH STATEMENT EXECUTE FUNCTION no_fact_is_left_bare();
      CREATE TRIGGER speaker_truncated AFTER TRUNCATE ON speaker
        FOR EACH STATEMENT EXECUTE FUNCTION no_fact_is_left_bare();

      -- Who has waited has to see what the other one has committed: a snapshot from before would show the old.
      CREATE FUNCTION rule_sees_commits() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF current_setting('transaction_isolation') IN ('repeatable read', 'serializable') THEN
          RAISE feature_not_supported USING
            MESSAGE = format('the rules of %s hold in READ COMMITTED only', TG_TABLE_NAME),
            HINT = 'BEGIN TRANSACTION ISOLATION LEVEL READ COMMITTED';
        END IF;
        RETURN NULL;
      END $$;
      CREATE TRIGGER citation_sees_commits BEFORE DELETE OR UPDATE ON citation
        FOR EACH STATEMENT EXECUTE FUNCTION rule_sees_commits();
      CREATE TRIGGER speaker_sees_commits BEFORE INSERT OR DELETE OR UPDATE ON speaker
        FOR EACH STATEMENT EXECUTE FUNCTION rule_sees_commits();
      CREATE TRIGGER meeting_sees_commits BEFORE UPDATE ON meeting
        FOR EACH STATEMENT EXECUTE FUNCTION rule_sees_commits();
      CREATE TRIGGER source_document_sees_commits BEFORE INSERT OR UPDATE OF syndicated_from_id ON source_document
        FOR EACH STATEMENT EXECUTE FUNCTION rule_sees_commits();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION citation_holds_fact, speaker_holds_statement, statement_holds_meeting, document_holds_originals,
        no_fact_is_left_bare, rule_sees_commits CASCADE;
      ${citedTriggers(() => "")}
    `);
  }
}
