import type { MigrationInterface, QueryRunner } from "typeorm";

const STATEMENTS = `
  CREATE TABLE statement (
    id uuid PRIMARY KEY,
    -- That it is unique the id says, which is made of it.
    key text NOT NULL,
    text text NOT NULL CONSTRAINT statement_text_length CHECK (char_length(text) <= 50000),
    form statement_form NOT NULL,
    language text NOT NULL,
    original_language text,
    -- What is inherited is its meeting's, and kept so by triggers (migration 8).
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
    words tsvector NOT NULL DEFAULT '',
    -- What statements are listed by (migration 8). Null for those that are listed only when they are asked for.
    newest bigint,
    told uuid,
    speech statement_speech,
    recorded_in int NOT NULL DEFAULT current_revision(),
    changed_in int NOT NULL DEFAULT current_revision(),
    CONSTRAINT statement_date CHECK ((date_from IS NULL) = (date_certainty IS NULL)),
    CONSTRAINT statement_date_bounds CHECK (date_from <= date_to AND date_from <= date_until),
    CONSTRAINT statement_place_certainty
      CHECK ((place_id IS NULL AND place_country_code IS NULL) = (place_certainty IS NULL))
  );
  -- statements by date, newest or oldest first, also in a range of dates.
  CREATE INDEX statement_newest ON statement (newest, told);
  -- statements(orderBy: POSITION).
  CREATE INDEX statement_told ON statement (told);
  -- the same with retracted ones: statements(filter: { standings }).
  CREATE INDEX statement_any_standing ON statement (newest_key(date_from, date_until));
  -- how long before a range an interval can begin that reaches into it.
  CREATE INDEX statement_longest ON statement ((date_until - date_from));
  -- Place.statements, statements(filter: { places }), pruning places.
  CREATE INDEX statement_place ON statement (place_id, newest, told);
  -- the same by POSITION.
  CREATE INDEX statement_place_told ON statement (place_id, told);
  -- statements(filter: { placeCountries }), and whether a country is on record.
  CREATE INDEX statement_place_country ON statement (place_country_code, newest, told);
  -- the same by POSITION.
  CREATE INDEX statement_place_country_told ON statement (place_country_code, told);
  -- Meeting.statements, statements(filter: { meetings, within }); what is said at a meeting follows its date and place.
  CREATE INDEX statement_meeting ON statement (meeting_id, told);
  -- the same by date.
  CREATE INDEX statement_meeting_newest ON statement (meeting_id, newest, told);
  -- statements(filter: { text }).
  CREATE INDEX statement_words ON statement USING gin (words);
  -- which languages words are read in, asked before every search.
  CREATE INDEX statement_language ON statement (language);
  -- statements by the time when they were recorded or changed.
  CREATE INDEX statement_recorded ON statement (recorded_in, id);
  CREATE INDEX statement_changed ON statement (changed_in, id);
`;

/** The indexes of links are for filters, counts and pruning: lists have tables of their own (migration 11). */
const SIDES_AND_TOPICS = `
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
  -- statements(filter: { speakers }), pruning people.
  CREATE INDEX speaker_person ON speaker (person_id);
  -- statements(filter: { speakerCountries }), people(filter: { countries }), whether a country is on record.
  CREATE INDEX speaker_country ON speaker (country_code);
  -- statements(filter: { speakerOrganizations }), pruning organizations.
  CREATE INDEX speaker_organization ON speaker (organization_id, statement_id) WHERE organization_id IS NOT NULL;

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
  CREATE INDEX addressee_person ON addressee (person_id);
  -- statements(filter: { addresseeCountries }), and whether a country is on record.
  CREATE INDEX addressee_country ON addressee (country_code);
  -- pruning organizations, and the facet ADDRESSEE_ORGANIZATION.
  CREATE INDEX addressee_organization ON addressee (organization_id) WHERE organization_id IS NOT NULL;

  CREATE TABLE statement_topic (
    id uuid PRIMARY KEY,
    slug text NOT NULL,
    label text COLLATE "und-x-icu" NOT NULL,
    owner_id uuid NOT NULL CONSTRAINT statement_topic_owner REFERENCES source_document,
    recorded_in int NOT NULL DEFAULT current_revision(),
    changed_in int NOT NULL DEFAULT current_revision()
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
  CREATE INDEX topic_of_statement_topic ON topic_of_statement (topic_id);

  -- What one statement is to another.
  CREATE TABLE statement_relation (
    id uuid PRIMARY KEY,
    statement_id uuid NOT NULL
      CONSTRAINT statement_relation_of_statement REFERENCES statement ON DELETE CASCADE,
    kind statement_relation_kind NOT NULL,
    other_id uuid NOT NULL
      CONSTRAINT statement_relation_to_statement REFERENCES statement ON DELETE CASCADE,
    owner_id uuid NOT NULL CONSTRAINT statement_relation_owner REFERENCES source_document,
    CONSTRAINT statement_relation_of_two CHECK (statement_id <> other_id),
    -- Statement.relations, and loading. Relations of merged statements are written in any order, so this is checked once all are.
    CONSTRAINT statement_relation_once UNIQUE (statement_id, kind, other_id) DEFERRABLE INITIALLY IMMEDIATE
  );
  -- Statement.relations seen from the other statement, pruning statements.
  CREATE INDEX statement_relation_other ON statement_relation (other_id);
`;

/** The kinds of facts that citations prove, by their columns. An index has only the citations of its kind. */
const FACTS = {
  statement: "Statement.citations; that a fact is cited, and deleting it.",
  meeting: "Meeting.citations, as above.",
  participation: "Participation.citations, as above.",
  tenure: "Tenure.citations, as above.",
  agreement: "Agreement.citations, as above.",
  relation: "StatementRelation.citations, as above.",
  merge: "RecordMerge.citations, loading.",
};

const CITATIONS = `
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
    relation_id uuid CONSTRAINT citation_of_relation REFERENCES statement_relation ON DELETE CASCADE,
    merge_id uuid CONSTRAINT citation_of_merge REFERENCES record_merge ON DELETE CASCADE,
    -- Of which text the offsets are.
    text_sha256 text,
    CONSTRAINT citation_of_one_fact CHECK (
      num_nonnulls(statement_id, meeting_id, participation_id, tenure_id, agreement_id, relation_id, merge_id) = 1),
    CONSTRAINT citation_passage CHECK (
      CASE WHEN locator IS NULL THEN start_offset >= 0 AND end_offset > start_offset
           ELSE num_nulls(start_offset, end_offset) = 2 END IS TRUE)
  );
  -- SourceDocument.statements, SourceDocument.meetings, and loading, when a document has another date.
  CREATE INDEX citation_document ON citation (document_id);
  -- statements(filter: { reportedBy }).
  CREATE INDEX citation_reported_by ON citation USING gin (words_of('und', reported_by))
    WHERE reported_by IS NOT NULL;
  ${Object.entries(FACTS)
    .map(
      ([fact, use]) => `
  -- ${use}
  CREATE INDEX citation_${fact} ON citation (${fact}_id) WHERE ${fact}_id IS NOT NULL;`,
    )
    .join("")}
`;

/** What was said, by which sides and to whom, and the passages that prove each fact. */
export class StatementsAndCitations implements MigrationInterface {
  readonly name = "StatementsAndCitations0000000000007";

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(STATEMENTS);
    await runner.query(SIDES_AND_TOPICS);
    await runner.query(CITATIONS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TABLE citation, statement_relation, topic_of_statement, statement_topic, addressee, speaker, statement;
    `);
  }
}
