import type { MigrationInterface, QueryRunner } from "typeorm";

const MEETINGS = `
  CREATE TABLE meeting (
    id uuid PRIMARY KEY,
    slug text NOT NULL,
    former_slugs text[] NOT NULL DEFAULT '{}',
    title text NOT NULL,
    kind meeting_kind NOT NULL,
    status meeting_status,
    mode meeting_mode,
    coverage meeting_coverage NOT NULL,
    start_from date,
    start_to date,
    end_from date,
    end_to date,
    -- Its interval (migration 8).
    date_from date,
    date_until date,
    date_certainty fact_certainty,
    place_certainty fact_certainty,
    parent_relation parent_relation,
    place_id uuid CONSTRAINT meeting_at_place REFERENCES place,
    place_country_code text CONSTRAINT meeting_in_country REFERENCES country,
    convener_id uuid CONSTRAINT meeting_convened_by REFERENCES organization,
    parent_id uuid CONSTRAINT meeting_under_parent REFERENCES meeting,
    -- Itself, and everything above it (migration 8).
    lineage uuid[] NOT NULL,
    owner_id uuid NOT NULL CONSTRAINT meeting_owner REFERENCES source_document,
    -- What meetings are listed by (migration 8).
    newest bigint NOT NULL,
    -- When in the day it began and ended. Text, since that is what documents give: a "time" would have seconds.
    start_time text CONSTRAINT meeting_start_time CHECK (start_time ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
    end_time text CONSTRAINT meeting_end_time CHECK (end_time ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
    recorded_in int NOT NULL DEFAULT current_revision(),
    changed_in int NOT NULL DEFAULT current_revision(),
    CONSTRAINT meeting_date CHECK ((date_from IS NULL) = (date_certainty IS NULL)),
    CONSTRAINT meeting_dates CHECK (start_from <= end_to),
    CONSTRAINT meeting_parent_relation CHECK ((parent_id IS NULL) = (parent_relation IS NULL))
  );
  -- meeting(slug), filters that name meetings, _entities by slug, and loading.
  CREATE UNIQUE INDEX meeting_slug ON meeting (slug);
  -- The same by a slug that it had before.
  CREATE INDEX meeting_former_slugs ON meeting USING gin (former_slugs) WHERE former_slugs <> '{}';
  -- meetings by date, newest or oldest first, also in a range of dates.
  CREATE INDEX meeting_newest ON meeting (newest, id);
  -- how long before a range a meeting can begin that reaches into it.
  CREATE INDEX meeting_longest ON meeting ((date_until - date_from));
  -- meetings(filter: { within }), statements(filter: { within }).
  CREATE INDEX meeting_lineage ON meeting USING gin (lineage);
  -- Meeting.children, meetings(filter: { parents }); what lies below a meeting moves with it.
  CREATE INDEX meeting_parent ON meeting (parent_id, newest, id);
  -- Organization.meetings, meetings(filter: { organizations }), pruning organizations.
  CREATE INDEX meeting_convener ON meeting (convener_id);
  -- meetings(filter: { placeCountries }), and whether a country is on record.
  CREATE INDEX meeting_place_country ON meeting (place_country_code, newest, id);
  -- meetings by the time when they were recorded or changed.
  CREATE INDEX meeting_recorded ON meeting (recorded_in, id);
  CREATE INDEX meeting_changed ON meeting (changed_in, id);

  CREATE TABLE meeting_place (
    meeting_id uuid NOT NULL CONSTRAINT meeting_place_of_meeting REFERENCES meeting ON DELETE CASCADE,
    position smallint NOT NULL,
    place_id uuid NOT NULL CONSTRAINT meeting_place_of_place REFERENCES place,
    PRIMARY KEY (meeting_id, place_id)
  );
  -- meetings(filter: { places }), pruning places.
  CREATE INDEX meeting_place_place ON meeting_place (place_id);
`;

/** The indexes of links are for filters, counts and pruning: lists have tables of their own (migration 11). */
const PARTICIPATIONS = `
  CREATE TABLE participation (
    id uuid PRIMARY KEY,
    meeting_id uuid NOT NULL CONSTRAINT participation_in_meeting REFERENCES meeting ON DELETE CASCADE,
    position smallint NOT NULL,
    person_id uuid CONSTRAINT side_person REFERENCES person,
    person_certainty fact_certainty,
    country_code text CONSTRAINT side_country REFERENCES country,
    country_certainty fact_certainty,
    organization_id uuid CONSTRAINT side_organization REFERENCES organization,
    organization_certainty fact_certainty,
    description text,
    role participation_role NOT NULL,
    owner_id uuid NOT NULL CONSTRAINT participation_owner REFERENCES source_document,
    CONSTRAINT side_named
      CHECK (num_nonnulls(person_id, country_code, organization_id, description) > 0),
    CONSTRAINT side_person_certainty
      CHECK ((person_id IS NULL) = (person_certainty IS NULL)),
    CONSTRAINT side_country_certainty
      CHECK ((country_code IS NULL) = (country_certainty IS NULL)),
    CONSTRAINT side_organization_certainty
      CHECK ((organization_id IS NULL) = (organization_certainty IS NULL))
  );
  -- Meeting.participations, whose order it is, and the same with a meeting that goes away.
  CREATE INDEX participation_meeting ON participation (meeting_id, position, id);
  -- Person.counterparts, meetings(filter: { people }), pruning people.
  CREATE INDEX participation_person ON participation (person_id);
  -- meetings(filter: { participantCountries }), people(filter: { countries }), whether a country is on record.
  CREATE INDEX participation_country ON participation (country_code);
  -- meetings(filter: { organizations }), pruning organizations.
  CREATE INDEX participation_organization ON participation (organization_id, meeting_id) WHERE organization_id IS NOT NULL;
`;

const AGREEMENTS = `
  CREATE TABLE agreement (
    id uuid PRIMARY KEY,
    slug text NOT NULL,
    former_slugs text[] NOT NULL DEFAULT '{}',
    title text NOT NULL,
    kind agreement_kind NOT NULL,
    date_from date,
    date_to date,
    signed_at_id uuid CONSTRAINT agreement_signed_at_meeting REFERENCES meeting,
    exchanged_at_id uuid CONSTRAINT agreement_exchanged_at_meeting REFERENCES meeting,
    owner_id uuid NOT NULL CONSTRAINT agreement_owner REFERENCES source_document,
    recorded_in int NOT NULL DEFAULT current_revision(),
    changed_in int NOT NULL DEFAULT current_revision(),
    CONSTRAINT agreement_date_bounds CHECK (date_from <= date_to)
  );
  -- agreement(slug), agreements(filter: { slugs }), _entities by slug, and loading.
  CREATE UNIQUE INDEX agreement_slug ON agreement (slug);
  -- The same by a slug that it had before.
  CREATE INDEX agreement_former_slugs ON agreement USING gin (former_slugs) WHERE former_slugs <> '{}';
  -- agreements, whose order it is, also in a range of dates.
  CREATE INDEX agreement_newest ON agreement (newest_key(date_from, date_to), id);
  -- Meeting.agreements, pruning meetings.
  CREATE INDEX agreement_signed_at ON agreement (signed_at_id);
  -- Meeting.agreements, pruning meetings.
  CREATE INDEX agreement_exchanged_at ON agreement (exchanged_at_id);

  CREATE TABLE agreement_party (
    agreement_id uuid NOT NULL
      CONSTRAINT agreement_party_of_agreement REFERENCES agreement ON DELETE CASCADE,
    position smallint NOT NULL,
    country_code text CONSTRAINT agreement_party_is_country REFERENCES country,
    organization_id uuid CONSTRAINT agreement_party_is_organization REFERENCES organization,
    certainty fact_certainty NOT NULL,
    PRIMARY KEY (agreement_id, position),
    CONSTRAINT agreement_party_side CHECK (num_nonnulls(country_code, organization_id) > 0)
  );
  -- Country.agreements, agreements(filter: { parties }), whether a country is on record.
  CREATE INDEX agreement_party_country ON agreement_party (country_code, agreement_id);
`;

/** Meetings, who takes part in them, and what is signed at them. */
export class MeetingsAndAgreements implements MigrationInterface {
  readonly name = "MeetingsAndAgreements0000000000005";

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(MEETINGS);
    await runner.query(PARTICIPATIONS);
    await runner.query(AGREEMENTS);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      "DROP TABLE agreement_party, agreement, participation, meeting_place, meeting",
    );
  }
}
