import type { MigrationInterface, QueryRunner } from "typeorm";

/** What was said, by which sides and to whom, and the passages that prove each fact. */
export class StatementsAndCitations implements MigrationInterface {
  readonly name = "StatementsAndCitations0000000000004";

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TYPE statement_form AS ENUM ('VERBATIM', 'REPORTED');

      CREATE TABLE statement (
        id uuid PRIMARY KEY,
        key text NOT NULL,
        text text NOT NULL,
        form statement_form NOT NULL,
        language text NOT NULL,
        original_language text,
        date_inherited boolean NOT NULL,
        date_from date,
        date_to date,
        date_until date,
        date_certainty fact_certainty,
        meeting_id uuid CONSTRAINT statement_at_meeting REFERENCES meeting,
        place_inherited boolean NOT NULL,
        place_id uuid CONSTRAINT statement_at_place REFERENCES place,
        place_country_code text CONSTRAINT statement_in_country REFERENCES country,
        place_certainty fact_certainty,
        joint boolean NOT NULL,
        audience text,
        standing record_standing NOT NULL DEFAULT 'CURRENT',
        standing_note text,
        told_on date,
        told_in_id uuid NOT NULL CONSTRAINT statement_told_in REFERENCES source_document,
        position int NOT NULL,
        owner_id uuid NOT NULL CONSTRAINT statement_owner REFERENCES source_document,
        CONSTRAINT statement_date CHECK ((date_from IS NULL) = (date_certainty IS NULL)),
        CONSTRAINT statement_date_bounds CHECK (date_from <= date_to AND date_from <= date_until),
        CONSTRAINT statement_place_certainty
          CHECK ((place_id IS NULL AND place_country_code IS NULL) = (place_certainty IS NULL))
      );
      -- loading.
      CREATE UNIQUE INDEX statement_key ON statement (key);
      -- statements, whose order it is, also from a date on: the pages of everything.
      CREATE INDEX statement_newest ON statement (newest_first(date_from), newest_first(date_until),
        oldest_first(told_on), told_in_id, position, id);
      -- statements(orderBy: DATE_ASC).
      CREATE INDEX statement_oldest ON statement (oldest_first(date_from), oldest_first(date_until),
        oldest_first(told_on), told_in_id, position, id);
      -- statements(orderBy: POSITION): as told.
      CREATE INDEX statement_position ON statement (oldest_first(told_on), told_in_id, position, id);
      -- Meeting.statements, statements(filter: { meetings, within }); what is said at a meeting follows its date and place.
      CREATE INDEX statement_meeting ON statement (meeting_id);
      -- Place.statements, statements(filter: { places }), pruning places.
      CREATE INDEX statement_place ON statement (place_id);
      -- statements(filter: { placeCountries }), and whether a country is on record.
      CREATE INDEX statement_place_country ON statement (place_country_code);

      CREATE TABLE speaker (
        id uuid PRIMARY KEY,
        statement_id uuid NOT NULL CONSTRAINT speaker_of_statement REFERENCES statement ON DELETE CASCADE,
        position smallint NOT NULL,
        person_id uuid CONSTRAINT side_person REFERENCES person,
        person_certainty fact_certainty,
        country_code text CONSTRAINT side_country REFERENCES country,
        country_certainty fact_certainty,
        organization_id uuid CONSTRAINT side_organization REFERENCES organization,
        organization_certainty fact_certainty,
        description text,
        CONSTRAINT side_named
          CHECK (num_nonnulls(person_id, country_code, organization_id, description) > 0),
        CONSTRAINT side_person_certainty CHECK ((person_id IS NULL) = (person_certainty IS NULL)),
        CONSTRAINT side_country_certainty
          CHECK ((country_code IS NULL) = (country_certainty IS NULL)),
        CONSTRAINT side_organization_certainty
          CHECK ((organization_id IS NULL) = (organization_certainty IS NULL))
      );
      -- Statement.speakers, whose order it is, and the same with a statement that goes away.
      CREATE UNIQUE INDEX speaker_statement ON speaker (statement_id, position);
      -- Person.statements, statements(filter: { speakers }), pruning people.
      CREATE INDEX speaker_person ON speaker (person_id, statement_id);
      -- Country.statements, statements(filter: { speakerCountries }), people(filter: { countries }), whether a country is on record.
      CREATE INDEX speaker_country ON speaker (country_code, statement_id);
      -- Organization.statements, statements(filter: { speakerOrganizations }), pruning organizations.
      CREATE INDEX speaker_organization ON speaker (organization_id, statement_id);

      CREATE TABLE addressee (
        statement_id uuid NOT NULL CONSTRAINT addressee_of_statement REFERENCES statement ON DELETE CASCADE,
        position smallint NOT NULL,
        person_id uuid CONSTRAINT addressee_is_person REFERENCES person,
        country_code text CONSTRAINT addressee_is_country REFERENCES country,
        organization_id uuid CONSTRAINT addressee_is_organization REFERENCES organization,
        certainty fact_certainty NOT NULL,
        PRIMARY KEY (statement_id, position),
        CONSTRAINT addressee_side CHECK (num_nonnulls(person_id, country_code, organization_id) > 0)
      );
      -- statements(filter: { addressees }), pruning people.
      CREATE INDEX addressee_person ON addressee (person_id, statement_id);
      -- statements(filter: { addresseeCountries }), and whether a country is on record.
      CREATE INDEX addressee_country ON addressee (country_code, statement_id);

      CREATE TABLE statement_topic (
        id uuid PRIMARY KEY,
        slug text NOT NULL,
        label text COLLATE "und-x-icu" NOT NULL,
        owner_id uuid NOT NULL CONSTRAINT statement_topic_owner REFERENCES source_document
      );
      -- statementTopic(slug), statements(filter: { topics }), _entities by slug, and loading.
      CREATE UNIQUE INDEX statement_topic_slug ON statement_topic (slug);

      CREATE TABLE topic_of_statement (
        statement_id uuid NOT NULL
          CONSTRAINT topic_of_statement_statement REFERENCES statement ON DELETE CASCADE,
        topic_id uuid NOT NULL CONSTRAINT topic_of_statement_is REFERENCES statement_topic,
        PRIMARY KEY (statement_id, topic_id)
      );
      -- statements(filter: { topics }), pruning topics.
      CREATE INDEX topic_of_statement_topic ON topic_of_statement (topic_id, statement_id);

      CREATE TABLE citation (
        id uuid PRIMARY KEY,
        start_offset int,
        end_offset int,
        locator text,
        exact text,
        reported_by text,
        document_id uuid NOT NULL CONSTRAINT citation_of_document REFERENCES source_document,
        statement_id uuid CONSTRAINT citation_of_statement REFERENCES statement ON DELETE CASCADE,
        meeting_id uuid CONSTRAINT citation_of_meeting REFERENCES meeting ON DELETE CASCADE,
        participation_id uuid
          CONSTRAINT citation_of_participation REFERENCES participation ON DELETE CASCADE,
        tenure_id uuid CONSTRAINT citation_of_tenure REFERENCES tenure ON DELETE CASCADE,
        agreement_id uuid CONSTRAINT citation_of_agreement REFERENCES agreement ON DELETE CASCADE,
        owner_id uuid NOT NULL CONSTRAINT citation_owner REFERENCES source_document,
        CONSTRAINT citation_of_one_fact CHECK (
          num_nonnulls(statement_id, meeting_id, participation_id, tenure_id, agreement_id) = 1),
        CONSTRAINT citation_passage CHECK (
          CASE WHEN locator IS NULL THEN start_offset >= 0 AND end_offset > start_offset
               ELSE num_nulls(start_offset, end_offset) = 2 END IS TRUE)
      );
      -- Statement.citations; that a fact is cited, and deleting it.
      CREATE INDEX citation_statement ON citation (statement_id);
      -- Meeting.citations, as above.
      CREATE INDEX citation_meeting ON citation (meeting_id);
      -- Participation.citations, as above.
      CREATE INDEX citation_participation ON citation (participation_id);
      -- Tenure.citations, as above.
      CREATE INDEX citation_tenure ON citation (tenure_id);
      -- Agreement.citations, as above.
      CREATE INDEX citation_agreement ON citation (agreement_id);
      -- SourceDocument.statements, SourceDocument.meetings, and loading, when a document has another date.
      CREATE INDEX citation_document ON citation (document_id);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE citation, topic_of_statement, statement_topic, addressee, speaker, statement;
      DROP TYPE statement_form;
    `);
  }
}
