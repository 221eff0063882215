import type { MigrationInterface, QueryRunner } from "typeorm";

/** What texts and names are found by: their words, and names that are spelt nearly so. */
export class Words implements MigrationInterface {
  readonly name = "Words0000000000006";

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- There already when the service migrates, which tells better what to do where they can't be made.
      CREATE EXTENSION IF NOT EXISTS unaccent;
      CREATE EXTENSION IF NOT EXISTS pg_trgm;

      -- A text as it is compared: without accents, in lower case, the same on every server.
      CREATE FUNCTION folded(phrase text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
        RETURN lower(unaccent('unaccent'::regdictionary, normalize(phrase, NFKC)) COLLATE "und-x-icu");

      -- How PostgreSQL 15 stems a language (BCP 47); simple, which stems nothing, where it does not know it.
      -- Not STRICT: as it is, it is inlined, which for a name is half of its cost.
      CREATE FUNCTION text_config(language text) RETURNS regconfig
        LANGUAGE sql IMMUTABLE PARALLEL SAFE
        RETURN CASE split_part(lower(language), '-', 1)
          WHEN 'ar' THEN 'arabic'::regconfig WHEN 'ca' THEN 'catalan' WHEN 'da' THEN 'danish'
          WHEN 'de' THEN 'german' WHEN 'el' THEN 'greek' WHEN 'en' THEN 'english' WHEN 'es' THEN 'spanish'
          WHEN 'eu' THEN 'basque' WHEN 'fi' THEN 'finnish' WHEN 'fr' THEN 'french' WHEN 'ga' THEN 'irish'
          WHEN 'hi' THEN 'hindi' WHEN 'hu' THEN 'hungarian' WHEN 'hy' THEN 'armenian'
          WHEN 'id' THEN 'indonesian' WHEN 'it' THEN 'italian' WHEN 'lt' THEN 'lithuanian'
          WHEN 'nb' THEN 'norwegian' WHEN 'ne' THEN 'nepali' WHEN 'nl' THEN 'dutch'
          WHEN 'nn' THEN 'norwegian' WHEN 'no' THEN 'norwegian' WHEN 'pt' THEN 'portuguese'
          WHEN 'ro' THEN 'romanian' WHEN 'ru' THEN 'russian' WHEN 'sr' THEN 'serbian'
          WHEN 'sv' THEN 'swedish' WHEN 'ta' THEN 'tamil' WHEN 'tr' THEN 'turkish'
          WHEN 'yi' THEN 'yiddish' ELSE 'simple' END;

      -- The words of a text as they stand, and once more by their stems. The gap between the two keeps
      -- the last word of the one from being a phrase with the first word of the other. These bodies are
      -- bound to what they call when they are made: an index is built where no search path leads here.
      CREATE FUNCTION words_in(config regconfig, plain text) RETURNS tsvector
        LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
        RETURN CASE config WHEN 'simple'::regconfig THEN to_tsvector('simple', plain)
          ELSE to_tsvector('simple', plain) || '|:20'::tsvector || to_tsvector(config, plain) END;
      CREATE FUNCTION words_of(language text, phrase text) RETURNS tsvector
        LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
        RETURN words_in(text_config(language), folded(phrase));

      ALTER TABLE statement ADD COLUMN words tsvector NOT NULL DEFAULT '';
      CREATE FUNCTION statement_words() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        NEW.words := words_of(NEW.language, concat_ws(E'\\n', NEW.text, NEW.audience));
        RETURN NEW;
      END $$;
      CREATE TRIGGER statement_words BEFORE INSERT OR UPDATE OF text, audience, language ON statement
        FOR EACH ROW EXECUTE FUNCTION statement_words();
      UPDATE statement SET text = text;
      -- statements(filter: { text }).
      CREATE INDEX statement_words ON statement USING gin (words);
      -- which languages words are read in, asked before every search.
      CREATE INDEX statement_language ON statement (language);

      -- Which intervals touch a range of dates.
      -- statements(filter: { date }) in other orders than the newest, its count and facets, and the few of a short range.
      CREATE INDEX statement_dates ON statement USING gist (daterange(date_from, date_until, '[]'))
        WHERE date_from IS NOT NULL;
      -- the same of meetings.
      CREATE INDEX meeting_dates ON meeting USING gist (daterange(date_from, date_until, '[]'))
        WHERE date_from IS NOT NULL;

      -- people(filter: { office }).
      CREATE INDEX tenure_words ON tenure USING gin (words_of('en', title));
      -- people(filter: { accreditedTo }), and whether a country is on record.
      CREATE INDEX tenure_accredited ON tenure (accredited_to_code);

      -- What a country is called in any language, and by which edition of Unicode CLDR.
      ALTER TABLE country
        ADD COLUMN names text[] NOT NULL DEFAULT '{}',
        ADD COLUMN names_edition text NOT NULL DEFAULT '';

      -- Every name and title on record, of whatever kind.
      CREATE TYPE record_kind AS ENUM
        ('PERSON', 'COUNTRY', 'MEETING', 'STATEMENT', 'PLACE', 'ORGANIZATION', 'AGREEMENT');
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
      -- search: it has to be little. Titles apart, since they hold so many names that they would have to be compared
      -- with most misspelt ones.
      CREATE INDEX record_name_spelling ON record_name USING gin (folded gin_trgm_ops)
        WITH (gin_pending_list_limit = 64) WHERE kind IN ('PERSON', 'COUNTRY', 'PLACE', 'ORGANIZATION');
      -- searchRecord: titles that are spelt nearly so.
      CREATE INDEX record_title_spelling ON record_name USING gin (folded gin_trgm_ops)
        WITH (gin_pending_list_limit = 64) WHERE kind IN ('MEETING', 'AGREEMENT');
      -- searchRecord, and filter: { text } of people, meetings, places and countries: words of a name.
      CREATE INDEX record_name_words ON record_name USING gin (words) WITH (gin_pending_list_limit = 64);

      -- Names follow what they name. Titles are in English; names belong to no language.
      CREATE FUNCTION names_follow() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE
        of_kind record_kind := TG_ARGV[0];
        id text := to_jsonb(CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END) ->> TG_ARGV[1];
        names text[];
      BEGIN
        IF TG_OP <> 'INSERT' THEN
          DELETE FROM record_name WHERE kind = of_kind AND item_id = id;
        END IF;
        IF TG_OP = 'DELETE' THEN RETURN NULL; END IF;
        IF of_kind = 'PERSON' THEN names := NEW.name || NEW.other_names;
        ELSIF of_kind = 'COUNTRY' THEN names := NEW.name || NEW.names;
        ELSE names := ARRAY[to_jsonb(NEW) ->> TG_ARGV[2]];
        END IF;
        INSERT INTO record_name (kind, item_id, position, folded, words)
          SELECT of_kind, id, row_number() OVER (ORDER BY min(position)), name, words_of(TG_ARGV[3], name)
          FROM (SELECT folded(given), position FROM unnest(names) WITH ORDINALITY AS x (given, position))
            AS each (name, position)
          GROUP BY name;
        RETURN NULL;
      END $$;
      CREATE TRIGGER person_names AFTER INSERT OR DELETE OR UPDATE OF name, other_names ON person
        FOR EACH ROW EXECUTE FUNCTION names_follow('PERSON', 'id', 'name', 'und');
      CREATE TRIGGER country_names AFTER INSERT OR DELETE OR UPDATE OF name, names ON country
        FOR EACH ROW EXECUTE FUNCTION names_follow('COUNTRY', 'code', 'name', 'und');
      CREATE TRIGGER place_names AFTER INSERT OR DELETE OR UPDATE OF name ON place
        FOR EACH ROW EXECUTE FUNCTION names_follow('PLACE', 'id', 'name', 'und');
      CREATE TRIGGER organization_names AFTER INSERT OR DELETE OR UPDATE OF name ON organization
        FOR EACH ROW EXECUTE FUNCTION names_follow('ORGANIZATION', 'id', 'name', 'en');
      CREATE TRIGGER meeting_names AFTER INSERT OR DELETE OR UPDATE OF title ON meeting
        FOR EACH ROW EXECUTE FUNCTION names_follow('MEETING', 'id', 'title', 'en');
      CREATE TRIGGER agreement_names AFTER INSERT OR DELETE OR UPDATE OF title ON agreement
        FOR EACH ROW EXECUTE FUNCTION names_follow('AGREEMENT', 'id', 'title', 'en');
      UPDATE person SET name = name;
      UPDATE country SET name = name;
      UPDATE place SET name = name;
      UPDATE organization SET name = name;
      UPDATE meeting SET title = title;
      UPDATE agreement SET title = title;
    `);
  }

  /** The extensions stay: somebody else may use them by now. */
  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION names_follow, statement_words CASCADE;
      DROP TABLE record_name;
      DROP TYPE record_kind;
      ALTER TABLE country DROP COLUMN names, DROP COLUMN names_edition;
      DROP INDEX tenure_words, tenure_accredited, statement_language, statement_dates, meeting_dates;
      ALTER TABLE statement DROP COLUMN words;
      DROP FUNCTION words_of, words_in, text_config, folded;
    `);
  }
}
