import type { MigrationInterface, QueryRunner } from "typeorm";

/** What is spelt like what is searched for: titles apart, since they hold so many names that most misspelt ones are like some. */
const NAMED = ["PERSON", "COUNTRY", "PLACE", "ORGANIZATION", "TOPIC"];
const TITLED = ["MEETING", "AGREEMENT", "SOURCE_DOCUMENT"];

const NAMES = `
  -- Every name and title on record, of whatever kind.
  CREATE TABLE record_name (
    kind record_kind NOT NULL,
    item_id text NOT NULL,
    position int NOT NULL,
    folded text NOT NULL,
    words tsvector NOT NULL,
    PRIMARY KEY (kind, item_id, position)
  );
  -- searchRecord: the whole name.
  CREATE INDEX record_name_folded ON record_name USING hash (folded);
  -- searchRecord: names that are spelt nearly so. What is still to be put into a GIN index is read by every
  -- search: it has to be little.
  CREATE INDEX record_name_spelling ON record_name USING gin (folded gin_trgm_ops)
    WITH (gin_pending_list_limit = 64) WHERE kind IN (${literals(NAMED)});
  -- searchRecord: titles that are spelt nearly so.
  CREATE INDEX record_title_spelling ON record_name USING gin (folded gin_trgm_ops)
    WITH (gin_pending_list_limit = 64) WHERE kind IN (${literals(TITLED)});
  -- searchRecord, and filter: { text } of people, meetings, places and countries: words of a name.
  CREATE INDEX record_name_words ON record_name USING gin (words) WITH (gin_pending_list_limit = 64);
`;

const NAMES_FOLLOW = `
  -- Names follow what they name. Most titles are in English; names belong to no language.
  CREATE FUNCTION names_follow() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE
    of_kind record_kind := TG_ARGV[0];
    id text := to_jsonb(CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END) ->> TG_ARGV[1];
    language text := TG_ARGV[3];
    names text[];
  BEGIN
    IF TG_OP <> 'INSERT' THEN
      DELETE FROM record_name WHERE kind = of_kind AND item_id = id;
    END IF;
    IF TG_OP = 'DELETE' THEN RETURN NULL; END IF;
    IF of_kind IN ('PERSON', 'PLACE', 'ORGANIZATION') THEN names := NEW.name || NEW.other_names;
    ELSIF of_kind = 'COUNTRY' THEN names := NEW.name || NEW.names;
    ELSIF of_kind = 'SOURCE_DOCUMENT' THEN
      -- What is retracted is not found.
      names := CASE WHEN NEW.standing <> 'RETRACTED' THEN ARRAY[NEW.title] END;
      language := NEW.language;
    ELSE names := ARRAY[to_jsonb(NEW) ->> TG_ARGV[2]];
    END IF;
    INSERT INTO record_name (kind, item_id, position, folded, words)
      SELECT of_kind, id, row_number() OVER (ORDER BY min(position)), name, words_of(language, name)
      FROM (SELECT folded(given), position FROM unnest(names) WITH ORDINALITY AS x (given, position)
        WHERE given IS NOT NULL) AS each (name, position)
      GROUP BY name;
    RETURN NULL;
  END $$;
  CREATE TRIGGER person_names AFTER INSERT OR DELETE OR UPDATE OF name, other_names ON person
    FOR EACH ROW EXECUTE FUNCTION names_follow('PERSON', 'id', 'name', 'und');
  CREATE TRIGGER country_names AFTER INSERT OR DELETE OR UPDATE OF name, names ON country
    FOR EACH ROW EXECUTE FUNCTION names_follow('COUNTRY', 'code', 'name', 'und');
  CREATE TRIGGER place_names AFTER INSERT OR DELETE OR UPDATE OF name, other_names ON place
    FOR EACH ROW EXECUTE FUNCTION names_follow('PLACE', 'id', 'name', 'und');
  CREATE TRIGGER organization_names AFTER INSERT OR DELETE OR UPDATE OF name, other_names ON organization
    FOR EACH ROW EXECUTE FUNCTION names_follow('ORGANIZATION', 'id', 'name', 'en');
  CREATE TRIGGER meeting_names AFTER INSERT OR DELETE OR UPDATE OF title ON meeting
    FOR EACH ROW EXECUTE FUNCTION names_follow('MEETING', 'id', 'title', 'en');
  CREATE TRIGGER agreement_names AFTER INSERT OR DELETE OR UPDATE OF title ON agreement
    FOR EACH ROW EXECUTE FUNCTION names_follow('AGREEMENT', 'id', 'title', 'en');
  CREATE TRIGGER source_document_names AFTER INSERT OR DELETE OR UPDATE OF title, language, standing ON source_document
    FOR EACH ROW EXECUTE FUNCTION names_follow('SOURCE_DOCUMENT', 'id');
  CREATE TRIGGER statement_topic_names AFTER INSERT OR DELETE OR UPDATE OF label ON statement_topic
    FOR EACH ROW EXECUTE FUNCTION names_follow('TOPIC', 'id', 'label', 'en');
`;

/** What names and titles are found by: their words, and those that are spelt nearly so. */
export class NamesAndTitles implements MigrationInterface {
  readonly name = "NamesAndTitles0000000000010";

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(NAMES);
    await runner.query(NAMES_FOLLOW);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION names_follow CASCADE;
      DROP TABLE record_name;
    `);
  }
}

function literals(values: readonly string[]): string {
  return values.map((value) => `'${value}'`).join(", ");
}
