import type { MigrationInterface, QueryRunner } from "typeorm";

const ABOVE_ORGANIZATIONS = `
  -- Everything above an organization, as of meetings (below): the parent is locked, so that two transactions cannot
  -- close a cycle together.
  CREATE FUNCTION organization_lineage() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE above uuid[];
  BEGIN
    NEW.lineage := ARRAY[NEW.id];
    IF NEW.parent_id IS NOT NULL THEN
      SELECT lineage INTO above FROM organization WHERE id = NEW.parent_id FOR SHARE;
      IF above IS NULL AND NEW.parent_id <> NEW.id THEN
        RAISE foreign_key_violation
          USING MESSAGE = format('the parent of organization %s must be stored before it', NEW.slug);
      END IF;
      IF NEW.parent_id = NEW.id OR NEW.id = ANY (above) THEN
        RAISE check_violation USING MESSAGE = format('organization %s would be above itself', NEW.slug);
      END IF;
      NEW.lineage := NEW.id || above;
    END IF;
    RETURN NEW;
  END $$;
  CREATE TRIGGER organization_lineage BEFORE INSERT OR UPDATE OF parent_id, lineage ON organization
    FOR EACH ROW EXECUTE FUNCTION organization_lineage();

  CREATE FUNCTION organization_children_follow() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    UPDATE organization SET lineage = lineage WHERE parent_id = NEW.id;
    RETURN NULL;
  END $$;
  CREATE TRIGGER organization_children_follow AFTER UPDATE ON organization
    FOR EACH ROW WHEN (OLD.lineage IS DISTINCT FROM NEW.lineage)
    EXECUTE FUNCTION organization_children_follow();
`;

const MEETINGS = `
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

  -- What meetings are listed by.
  CREATE FUNCTION meeting_keys() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    NEW.newest := newest_key(NEW.date_from, NEW.date_until);
    RETURN NEW;
  END $$;
  -- Triggers run in the order of their names: this one after meeting_when_and_lineage, which sets the dates.
  CREATE TRIGGER meeting_when_and_lineage_keys BEFORE INSERT OR UPDATE ON meeting
    FOR EACH ROW EXECUTE FUNCTION meeting_keys();
`;

const STATEMENTS = `
  -- A statement that comes to inherit while its meeting moves: the meeting's own trigger could not see it. A new one holds
  -- its meeting when it reads it, below. One that inherited from this meeting before the trigger does see, and a lock would
  -- only be one to wait for each other by.
  -- (Triggers run in the order of their names: this one before statement_when_where, which reads the meeting.)
  CREATE FUNCTION statement_holds_meeting() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    PERFORM FROM meeting WHERE id = NEW.meeting_id FOR SHARE;
    RETURN NEW;
  END $$;
  CREATE TRIGGER statement_holds_other_meeting BEFORE UPDATE ON statement
    FOR EACH ROW WHEN (
      NEW.meeting_id IS NOT NULL AND (NEW.date_inherited OR NEW.place_inherited)
      AND (NEW.meeting_id IS DISTINCT FROM OLD.meeting_id OR NOT (OLD.date_inherited OR OLD.place_inherited)))
    EXECUTE FUNCTION statement_holds_meeting();

  -- A statement without a date or place of its own has its meeting's. At a meeting of several days
  -- the date is the first day, INFERRED, and the interval stays the meeting's.
  CREATE FUNCTION statement_when_where() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE m record;
  BEGIN
    IF NEW.date_inherited OR NEW.place_inherited THEN
      IF TG_OP = 'INSERT' THEN
        SELECT start_from, start_to, date_until, date_certainty, place_id, place_country_code, place_certainty
          INTO m FROM meeting WHERE id = NEW.meeting_id FOR SHARE;
      ELSE
        SELECT start_from, start_to, date_until, date_certainty, place_id, place_country_code, place_certainty
          INTO m FROM meeting WHERE id = NEW.meeting_id;
      END IF;
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

  -- What statements are listed by: nothing, for retracted ones.
  CREATE FUNCTION statement_keys() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF NEW.standing = 'RETRACTED' THEN
      NEW.newest := NULL;
      NEW.told := NULL;
    ELSE
      NEW.newest := newest_key(NEW.date_from, NEW.date_until);
      NEW.told := told_key(NEW.told_on, NEW.told_in_id, NEW.position);
    END IF;
    RETURN NEW;
  END $$;
  -- Triggers run in the order of their names: this one after statement_when_where, which sets the dates.
  CREATE TRIGGER statement_when_where_keys BEFORE INSERT OR UPDATE ON statement
    FOR EACH ROW EXECUTE FUNCTION statement_keys();

  -- The words of a statement. Each function that calls others in a query of its own costs as much as stemming.
  CREATE FUNCTION statement_words() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    NEW.words := words_in(text_config(NEW.language), folded(concat_ws(E'\\n', NEW.text, NEW.audience)));
    RETURN NEW;
  END $$;
  CREATE TRIGGER statement_words BEFORE INSERT OR UPDATE OF text, audience, language ON statement
    FOR EACH ROW EXECUTE FUNCTION statement_words();
`;

/** What triggers derive: what is above what, when statements were made and where, what lists are ordered by, and words. */
export class DerivedValues implements MigrationInterface {
  readonly name = "DerivedValues0000000000008";

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(ABOVE_ORGANIZATIONS);
    await runner.query(MEETINGS);
    await runner.query(STATEMENTS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION organization_lineage, organization_children_follow, meeting_when_and_lineage, meeting_children_follow,
        meeting_keys, statement_holds_meeting, statement_when_where, meeting_statements_follow, statement_keys,
        statement_words CASCADE;
    `);
  }
}
