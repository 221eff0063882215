import type { MigrationInterface, QueryRunner } from "typeorm";

/** The rules of the domain that the database itself defends (triggers). */
export class Rules implements MigrationInterface {
  readonly name = "Rules0000000000005";

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- A meeting's interval, and everything above it. A chain of parents has no cycle: the parent is
      -- locked, so that two transactions cannot close one together.
      CREATE FUNCTION meeting_when_and_lineage() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE above uuid[];
      BEGIN
        NEW.date_from := coalesce(NEW.start_from, NEW.end_from);
        NEW.date_until := coalesce(NEW.end_to, NEW.start_to);
        NEW.lineage := ARRAY[NEW.id];
        IF NEW.parent_id IS NOT NULL THEN
          SELECT lineage INTO above FROM meeting WHERE id = NEW.parent_id FOR SHARE;
          IF above IS NULL AND NEW.parent_id <> NEW.id THEN
            RAISE foreign_key_violation USING MESSAGE = format('the parent of meeting %s must be stored before it', NEW.slug);
          END IF;
          IF NEW.parent_id = NEW.id OR NEW.id = ANY (above) THEN
            RAISE check_violation USING MESSAGE = format('meeting %s would be above itself', NEW.slug);
          END IF;
          NEW.lineage := NEW.id || above;
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER meeting_when_and_lineage BEFORE INSERT OR UPDATE ON meeting
        FOR EACH ROW EXECUTE FUNCTION meeting_when_and_lineage();

      -- What lies below a moved meeting moves with it: touching a row sets its lineage anew.
      CREATE FUNCTION meeting_children_follow() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        UPDATE meeting SET lineage = lineage WHERE parent_id = NEW.id;
        RETURN NULL;
      END $$;
      CREATE TRIGGER meeting_children_follow AFTER UPDATE ON meeting
        FOR EACH ROW WHEN (OLD.lineage IS DISTINCT FROM NEW.lineage)
        EXECUTE FUNCTION meeting_children_follow();

      -- A statement without a date or place of its own has its meeting's. At a meeting of several days
      -- the date is the first day, INFERRED, and the interval stays the meeting's.
      CREATE FUNCTION statement_when_where() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE m meeting;
      BEGIN
        IF NEW.date_inherited OR NEW.place_inherited THEN
          SELECT * INTO m FROM meeting WHERE id = NEW.meeting_id;
        END IF;
        IF NEW.date_inherited THEN
          NEW.date_from := m.start_from;
          NEW.date_to := m.start_to;
          NEW.date_until := CASE WHEN m.start_from IS NOT NULL THEN m.date_until END;
          NEW.date_certainty := CASE
            WHEN m.start_from IS NULL THEN NULL
            WHEN m.date_until > m.start_to THEN 'INFERRED'
            ELSE m.date_certainty END;
        ELSE
          NEW.date_until := NEW.date_to;
        END IF;
        IF NEW.place_inherited THEN
          NEW.place_id := m.place_id;
          NEW.place_country_code := m.place_country_code;
          NEW.place_certainty := CASE
            WHEN m.place_id IS NOT NULL OR m.place_country_code IS NOT NULL THEN m.place_certainty END;
        END IF;
        RETURN NEW;
      END $$;
      CREATE TRIGGER statement_when_where BEFORE INSERT OR UPDATE ON statement
        FOR EACH ROW EXECUTE FUNCTION statement_when_where();

      CREATE FUNCTION meeting_statements_follow() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        UPDATE statement SET meeting_id = meeting_id
          WHERE meeting_id = NEW.id AND (date_inherited OR place_inherited);
        RETURN NULL;
      END $$;
      CREATE TRIGGER meeting_statements_follow AFTER UPDATE ON meeting
        FOR EACH ROW WHEN (
          (OLD.start_from, OLD.start_to, OLD.end_to, OLD.date_certainty,
           OLD.place_id, OLD.place_country_code, OLD.place_certainty)
          IS DISTINCT FROM
          (NEW.start_from, NEW.start_to, NEW.end_to, NEW.date_certainty,
           NEW.place_id, NEW.place_country_code, NEW.place_certainty))
        EXECUTE FUNCTION meeting_statements_follow();

      -- No fact without a citation, no statement without a speaker, and joint means more than one side.
      -- Checked at commit, so that a fact and its proof can be written in any order.
      CREATE FUNCTION fact_is_cited() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE cited boolean;
      BEGIN
        EXECUTE format('SELECT NOT EXISTS (SELECT 1 FROM %1$I WHERE id = $1)
                          OR EXISTS (SELECT 1 FROM citation WHERE %1$s_id = $1)', TG_TABLE_NAME)
          INTO cited USING NEW.id;
        IF NOT cited THEN
          RAISE check_violation USING MESSAGE = format('%s %s has no citation', TG_TABLE_NAME, NEW.id);
        END IF;
        RETURN NULL;
      END $$;
      CREATE CONSTRAINT TRIGGER statement_is_cited AFTER INSERT ON statement
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION fact_is_cited();
      CREATE CONSTRAINT TRIGGER meeting_is_cited AFTER INSERT ON meeting
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION fact_is_cited();
      CREATE CONSTRAINT TRIGGER participation_is_cited AFTER INSERT ON participation
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION fact_is_cited();
      CREATE CONSTRAINT TRIGGER tenure_is_cited AFTER INSERT ON tenure
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION fact_is_cited();
      CREATE CONSTRAINT TRIGGER agreement_is_cited AFTER INSERT ON agreement
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION fact_is_cited();

      -- The same when a citation goes away, by deletion or by moving to another fact.
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
      CREATE CONSTRAINT TRIGGER statement_has_sides AFTER INSERT OR UPDATE OF joint ON statement
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION statement_has_sides();
      CREATE CONSTRAINT TRIGGER speaker_counts_as_side AFTER INSERT OR DELETE OR UPDATE ON speaker
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION speaker_counts_as_side();
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION meeting_when_and_lineage, meeting_children_follow, statement_when_where,
        meeting_statements_follow, fact_is_cited, citation_leaves_no_fact_bare, statement_has_sides,
        speaker_counts_as_side CASCADE;
      DROP FUNCTION statement_sides_agree(uuid);
    `);
  }
}
