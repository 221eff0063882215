import type { MigrationInterface, QueryRunner } from "typeorm";
import { citedTriggers, FACT_IS_CITED } from "./0012-rules-of-two.js";

const FACTS = ["statement", "meeting", "participation", "tenure", "agreement"];

/** What looks rows up by id is planned so, however few there are when it is first planned: many may come after them. */
const BY_ID = "SET enable_seqscan = off SET plan_cache_mode = force_generic_plan";

/** Notes the facts that a statement has stored, and the statements whose speakers it has. */
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
  DROP TRIGGER ${kind}_is_cited ON ${kind};
  CREATE TRIGGER ${kind}_is_noted AFTER INSERT ON ${kind} REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION facts_are_noted('${kind}');`,
  ).join("")}
  DROP FUNCTION fact_is_cited;

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
  DROP TRIGGER speaker_holds_statement ON speaker;
  CREATE TRIGGER speaker_holds_statement BEFORE DELETE OR UPDATE OF statement_id ON speaker
    FOR EACH ROW EXECUTE FUNCTION speaker_holds_statement();
  CREATE TRIGGER speaker_is_noted AFTER INSERT ON speaker REFERENCING NEW TABLE AS new_rows
    FOR EACH STATEMENT EXECUTE FUNCTION speakers_are_noted();
`;

/** Checks at commit what is noted, many facts at a time. What is gone by then needs no proof. */
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

  -- These are left to changes of what was there before, which are few.
  DROP TRIGGER statement_has_sides ON statement;
  CREATE CONSTRAINT TRIGGER statement_has_sides AFTER UPDATE OF joint ON statement
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION statement_has_sides();
  DROP TRIGGER speaker_counts_as_side ON speaker;
  CREATE CONSTRAINT TRIGGER speaker_counts_as_side AFTER DELETE OR UPDATE ON speaker
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION speaker_counts_as_side();
`;

/** What a statement inherits; the one that is new holds its meeting when it reads it, which took a second look before. */
const inherited = (lock: string) => `
  SELECT start_from, start_to, date_until, date_certainty, place_id, place_country_code, place_certainty
    INTO m FROM meeting WHERE id = NEW.meeting_id${lock};`;

const whenAndWhere = (reading: string) => `
  CREATE OR REPLACE FUNCTION statement_when_where() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE m ${reading.includes("*") ? "meeting" : "record"};
  BEGIN
    IF NEW.date_inherited OR NEW.place_inherited THEN ${reading}
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
  END $$;`;

/** The words of a statement. Each function that calls others in a query of its own costs as much as stemming. */
const words = (expression: string) => `
  CREATE OR REPLACE FUNCTION statement_words() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    NEW.words := ${expression};
    RETURN NEW;
  END $$;`;
const TEXT = "concat_ws(E'\\n', NEW.text, NEW.audience)";

/** The rules of new facts, a statement at a time: what each of a million facts took by itself was half of what a load did. */
export class SetBasedRules implements MigrationInterface {
  readonly name = "SetBasedRules0000000000014";

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ${NOTED}
      ${CHECKED}
      DROP TRIGGER statement_holds_meeting ON statement;
      ${whenAndWhere(`
      IF TG_OP = 'INSERT' THEN ${inherited(" FOR SHARE")}
      ELSE ${inherited("")}
      END IF;`)}
      ${words(`words_in(text_config(NEW.language), folded(${TEXT}))`)}
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ${words(`words_of(NEW.language, ${TEXT})`)}
      ${whenAndWhere("SELECT * INTO m FROM meeting WHERE id = NEW.meeting_id;")}
      CREATE TRIGGER statement_holds_meeting BEFORE INSERT ON statement
        FOR EACH ROW WHEN (NEW.meeting_id IS NOT NULL AND (NEW.date_inherited OR NEW.place_inherited))
        EXECUTE FUNCTION statement_holds_meeting();

      DROP TRIGGER statement_has_sides ON statement;
      CREATE CONSTRAINT TRIGGER statement_has_sides AFTER INSERT OR UPDATE OF joint ON statement
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION statement_has_sides();
      DROP TRIGGER speaker_counts_as_side ON speaker;
      CREATE CONSTRAINT TRIGGER speaker_counts_as_side AFTER INSERT OR DELETE OR UPDATE ON speaker
        DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION speaker_counts_as_side();
      DROP TRIGGER speaker_holds_statement ON speaker;
      CREATE TRIGGER speaker_holds_statement BEFORE INSERT OR DELETE OR UPDATE OF statement_id ON speaker
        FOR EACH ROW EXECUTE FUNCTION speaker_holds_statement();
      DROP TABLE fact_to_check;
      DROP FUNCTION facts_are_noted, speakers_are_noted, noted_facts_hold CASCADE;
      ${FACT_IS_CITED}
      ${citedTriggers((kind) => `'${kind}'`)}
    `);
  }
}
