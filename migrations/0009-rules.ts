import type { MigrationInterface, QueryRunner } from "typeorm";

/** What a citation has to prove. Relations and merges are no facts of their own. */
const FACTS = ["statement", "meeting", "participation", "tenure", "agreement"];

/** What looks rows up by id is planned so, however few there are when it is first planned: many may come after them. */
const BY_ID = "SET enable_seqscan = off SET plan_cache_mode = force_generic_plan";

/**
 * Notes the facts that an SQL statement has stored, and the statements whose speakers it has: what each of a million facts took by
 * itself was half of what a load did.
 */
const NOTED = `
  CREATE TABLE fact_to_check (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind text NOT NULL,
    ids uuid[] NOT NULL
  );
  -- Ids can't be pressed together: trying to is in vain.
  ALTER TABLE fact_to_check ALTER ids SET STORAGE EXTERNAL;

  -- In parts, so that no array outgrows what a value can hold.
  CREATE FUNCTION facts_are_noted() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    INSERT INTO fact_to_check (kind, ids)
      SELECT TG_ARGV[0], array_agg(id)
      FROM (SELECT id, row_number() OVER () / 10000 AS part FROM new_rows) AS numbered GROUP BY part;
    RETURN NULL;
  END $$;
  ${FACTS.map(
    (kind) => `
  CREATE TRIGGER ${kind}_is_noted AFTER INSERT ON ${kind} REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION facts_are_noted('${kind}');`,
  ).join("")}

  -- The statements are locked first, as by speaker_holds_statement, which is for a check to see what others have committed.
  -- One that bears the number of this transaction, or of its savepoint, needs no lock: others don't see it, or wait for it.
  CREATE FUNCTION speakers_are_noted() RETURNS trigger LANGUAGE plpgsql ${BY_ID} AS $$
  DECLARE writer xid := (SELECT xmin FROM speaker WHERE id = (SELECT id FROM new_rows LIMIT 1));
  BEGIN
    PERFORM FROM statement
      WHERE id = ANY (ARRAY(SELECT DISTINCT statement_id FROM new_rows)) AND xmin IS DISTINCT FROM writer
      ORDER BY id FOR NO KEY UPDATE;
    INSERT INTO fact_to_check (kind, ids)
      SELECT 'speaker', array_agg(statement_id)
      FROM (SELECT statement_id, row_number() OVER () / 10000 AS part
            FROM (SELECT DISTINCT statement_id FROM new_rows) AS given) AS numbered
      GROUP BY part;
    RETURN NULL;
  END $$;
  CREATE TRIGGER speaker_is_noted AFTER INSERT ON speaker REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION speakers_are_noted();
`;

/**
 * No fact without a citation, no statement without a speaker, and joint means more than one side. Checked at commit, many facts at a
 * time, so that a fact and its proof can be written in any order. What is gone by then needs no proof.
 */
const CHECKED = `
  CREATE FUNCTION noted_facts_hold() RETURNS trigger LANGUAGE plpgsql ${BY_ID} AS $$
  DECLARE
    uncited uuid[];
    bare uuid;
    counted int;
  BEGIN
    ${FACTS.map(
      (kind) => `IF NEW.kind = '${kind}' THEN
      SELECT array_agg(given.id) INTO uncited FROM unnest(NEW.ids) AS given (id)
        WHERE NOT EXISTS (SELECT FROM citation WHERE ${kind}_id = given.id);
      IF uncited IS NOT NULL THEN
        SELECT id INTO bare FROM ${kind} WHERE id = ANY (uncited) ORDER BY id LIMIT 1;
      END IF;`,
    ).join("\n    ELS")}
    END IF;
    IF bare IS NOT NULL THEN
      RAISE check_violation USING MESSAGE = format('%s %s has no citation', NEW.kind, bare);
    END IF;
    IF NEW.kind IN ('statement', 'speaker') THEN
      SELECT s.id, sides INTO bare, counted
        FROM unnest(NEW.ids) AS given (id) JOIN statement s ON s.id = given.id
          CROSS JOIN LATERAL (SELECT count(*) FROM speaker WHERE statement_id = s.id) AS has (sides)
        WHERE sides = 0 OR s.joint <> (sides > 1)
        LIMIT 1;
      IF counted = 0 THEN
        RAISE check_violation USING MESSAGE = format('statement %s has no speaker', bare);
      ELSIF counted > 0 THEN
        RAISE check_violation USING
          MESSAGE = format('statement %s: joint does not say that it has %s sides', bare, counted);
      END IF;
    END IF;
    DELETE FROM fact_to_check WHERE id = NEW.id;
    RETURN NULL;
  END $$;
  CREATE CONSTRAINT TRIGGER noted_facts_hold AFTER INSERT ON fact_to_check
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION noted_facts_hold();
`;

/** The same for what was there before: citations that go away or move to another fact, and sides that change. */
const CHANGES = `
  -- A citation that goes away, by deletion or by moving to another fact.
  CREATE FUNCTION citation_leaves_no_fact_bare() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF EXISTS (SELECT 1 FROM statement WHERE id = OLD.statement_id)
         AND NOT EXISTS (SELECT 1 FROM citation WHERE statement_id = OLD.statement_id)
      OR EXISTS (SELECT 1 FROM meeting WHERE id = OLD.meeting_id)
         AND NOT EXISTS (SELECT 1 FROM citation WHERE meeting_id = OLD.meeting_id)
      OR EXISTS (SELECT 1 FROM participation WHERE id = OLD.participation_id)
         AND NOT EXISTS (SELECT 1 FROM citation WHERE participation_id = OLD.participation_id)
      OR EXISTS (SELECT 1 FROM tenure WHERE id = OLD.tenure_id)
         AND NOT EXISTS (SELECT 1 FROM citation WHERE tenure_id = OLD.tenure_id)
      OR EXISTS (SELECT 1 FROM agreement WHERE id = OLD.agreement_id)
         AND NOT EXISTS (SELECT 1 FROM citation WHERE agreement_id = OLD.agreement_id)
    THEN
      RAISE check_violation USING MESSAGE = format('citation %s is the last of its fact', OLD.id);
    END IF;
    RETURN NULL;
  END $$;
  CREATE CONSTRAINT TRIGGER citation_leaves_no_fact_bare AFTER DELETE OR UPDATE ON citation
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION citation_leaves_no_fact_bare();

  CREATE FUNCTION statement_sides_agree(changed uuid) RETURNS void LANGUAGE plpgsql AS $$
  DECLARE declared boolean; sides int;
  BEGIN
    SELECT joint INTO declared FROM statement WHERE id = changed;
    IF FOUND THEN
      SELECT count(*) INTO sides FROM speaker WHERE statement_id = changed;
      IF sides = 0 THEN
        RAISE check_violation USING MESSAGE = format('statement %s has no speaker', changed);
      ELSIF declared <> (sides > 1) THEN
        RAISE check_violation USING MESSAGE = format('statement %s: joint does not say that it has %s sides', changed, sides);
      END IF;
    END IF;
  END $$;
  CREATE FUNCTION statement_has_sides() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    PERFORM statement_sides_agree(NEW.id);
    RETURN NULL;
  END $$;
  CREATE FUNCTION speaker_counts_as_side() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF TG_OP <> 'INSERT' THEN PERFORM statement_sides_agree(OLD.statement_id); END IF;
    IF TG_OP <> 'DELETE' THEN PERFORM statement_sides_agree(NEW.statement_id); END IF;
    RETURN NULL;
  END $$;
  CREATE CONSTRAINT TRIGGER statement_has_sides AFTER UPDATE OF joint ON statement
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION statement_has_sides();
  CREATE CONSTRAINT TRIGGER speaker_counts_as_side AFTER DELETE OR UPDATE ON speaker
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION speaker_counts_as_side();
`;

/**
 * The rules hold for two transactions at once too. A rule looks at what is committed, so that each of two could find what
 * the other was just taking away, and both commit. So whoever changes what a rule is about locks it first: the other one
 * waits, and then sees what has become of it. New facts need no lock, since nobody else sees them yet.
 */
const OF_TWO = `
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
  CREATE TRIGGER speaker_holds_statement BEFORE DELETE OR UPDATE OF statement_id ON speaker
    FOR EACH ROW EXECUTE FUNCTION speaker_holds_statement();

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
`;

/** The rules of the domain that the database itself defends. */
export class Rules implements MigrationInterface {
  readonly name = "Rules0000000000009";

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(NOTED);
    await runner.query(CHECKED);
    await runner.query(CHANGES);
    await runner.query(OF_TWO);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE fact_to_check;
      DROP FUNCTION facts_are_noted, speakers_are_noted, noted_facts_hold, citation_leaves_no_fact_bare, statement_has_sides,
        speaker_counts_as_side, statement_sides_agree, citation_holds_fact, speaker_holds_statement, no_fact_is_left_bare,
        rule_sees_commits CASCADE;
    `);
  }
}
