import type { MigrationInterface, QueryRunner } from "typeorm";

const ORGANIZATIONS = `
  CREATE TABLE organization (
    id uuid PRIMARY KEY,
    slug text NOT NULL,
    former_slugs text[] NOT NULL DEFAULT '{}',
    name text NOT NULL,
    identifiers jsonb NOT NULL DEFAULT '[]',
    owner_id uuid NOT NULL CONSTRAINT organization_owner REFERENCES source_document,
    other_names text[] NOT NULL DEFAULT '{}',
    -- What is known of its names: their language, and which are former ones.
    name_notes jsonb NOT NULL DEFAULT '[]',
    kind organization_kind,
    country_code text CONSTRAINT organization_of_country REFERENCES country,
    parent_id uuid CONSTRAINT organization_under_parent REFERENCES organization,
    -- Itself, and everything above it.
    lineage uuid[] NOT NULL,
    recorded_in int NOT NULL DEFAULT current_revision(),
    changed_in int NOT NULL DEFAULT current_revision()
  );
  -- organization(slug), filters that name organizations, _entities by slug, and loading.
  CREATE UNIQUE INDEX organization_slug ON organization (slug);
  -- The same by a slug that it had before. Most have none: the planner then knows how few it finds.
  CREATE INDEX organization_former_slugs ON organization USING gin (former_slugs) WHERE former_slugs <> '{}';
  -- organizations, whose order it is.
  CREATE INDEX organization_name ON organization (name COLLATE "und-x-icu", id);
  -- organizations(filter: { identifiers }).
  CREATE INDEX organization_identifiers ON organization USING gin (identifiers jsonb_path_ops);
  -- organizations(filter: { kinds }), in the order of the list.
  CREATE INDEX organization_kind ON organization (kind, name COLLATE "und-x-icu", id) WHERE kind IS NOT NULL;
  -- organizations(filter: { countries }), in the order of the list; and whether a country is on record.
  CREATE INDEX organization_country ON organization (country_code, name COLLATE "und-x-icu", id)
    WHERE country_code IS NOT NULL;
  -- pruning organizations; what lies below one moves with it.
  CREATE INDEX organization_parent ON organization (parent_id) WHERE parent_id IS NOT NULL;
  -- Deferred: a document's issuer may be an organization that the document itself defines.
  ALTER TABLE source_document ADD CONSTRAINT source_document_issuer
    FOREIGN KEY (issuer_id) REFERENCES organization DEFERRABLE INITIALLY DEFERRED;
`;

const PEOPLE = `
  CREATE TABLE person (
    id uuid PRIMARY KEY,
    slug text NOT NULL,
    former_slugs text[] NOT NULL DEFAULT '{}',
    name text NOT NULL,
    sort_name text COLLATE "und-x-icu" NOT NULL,
    other_names text[] NOT NULL DEFAULT '{}',
    identifiers jsonb NOT NULL DEFAULT '[]',
    owner_id uuid NOT NULL CONSTRAINT person_owner REFERENCES source_document,
    birth_from date,
    birth_to date,
    death_from date,
    death_to date,
    -- What is known of their names: their language, and which are former ones.
    name_notes jsonb NOT NULL DEFAULT '[]',
    recorded_in int NOT NULL DEFAULT current_revision(),
    changed_in int NOT NULL DEFAULT current_revision(),
    CONSTRAINT person_birth_bounds CHECK (birth_from <= birth_to),
    CONSTRAINT person_death_bounds CHECK (death_from <= death_to)
  );
  -- person(slug), filters that name people, _entities by slug, and loading.
  CREATE UNIQUE INDEX person_slug ON person (slug);
  -- The same by a slug that they had before.
  CREATE INDEX person_former_slugs ON person USING gin (former_slugs) WHERE former_slugs <> '{}';
  -- people, whose order it is.
  CREATE INDEX person_sort_name ON person (sort_name, id);
  -- people(filter: { identifiers }).
  CREATE INDEX person_identifiers ON person USING gin (identifiers jsonb_path_ops);
`;

const PLACES = `
  CREATE TABLE place (
    id uuid PRIMARY KEY,
    slug text NOT NULL,
    former_slugs text[] NOT NULL DEFAULT '{}',
    name text COLLATE "und-x-icu" NOT NULL,
    identifiers jsonb NOT NULL DEFAULT '[]',
    country_code text CONSTRAINT place_country REFERENCES country,
    owner_id uuid NOT NULL CONSTRAINT place_owner REFERENCES source_document,
    other_names text[] NOT NULL DEFAULT '{}',
    -- What is known of its names: their language, and which are former ones.
    name_notes jsonb NOT NULL DEFAULT '[]',
    -- Where it is, and which document says so.
    latitude double precision CONSTRAINT place_latitude CHECK (latitude BETWEEN -90 AND 90),
    longitude double precision CONSTRAINT place_longitude CHECK (longitude BETWEEN -180 AND 180),
    coordinates_document_id uuid CONSTRAINT place_coordinates_document REFERENCES source_document,
    recorded_in int NOT NULL DEFAULT current_revision(),
    changed_in int NOT NULL DEFAULT current_revision(),
    CONSTRAINT place_coordinates CHECK (num_nonnulls(latitude, longitude, coordinates_document_id) IN (0, 3))
  );
  -- place(slug), filters that name places, _entities by slug, and loading.
  CREATE UNIQUE INDEX place_slug ON place (slug);
  -- The same by a slug that it had before.
  CREATE INDEX place_former_slugs ON place USING gin (former_slugs) WHERE former_slugs <> '{}';
  -- places, whose order it is.
  CREATE INDEX place_name ON place (name, id);
  -- places(filter: { countries }), and whether a country is on record.
  CREATE INDEX place_country_code ON place (country_code);
  -- places(filter: { identifiers }).
  CREATE INDEX place_identifiers ON place USING gin (identifiers jsonb_path_ops);
  -- whether a document whose kind changes gives coordinates.
  CREATE INDEX place_located_by ON place (coordinates_document_id) WHERE coordinates_document_id IS NOT NULL;
`;

/** Coordinates are of a dataset, also once its kind or what it gives changes. */
const COORDINATES = `
  CREATE FUNCTION coordinates_are_from_dataset() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE other text;
  BEGIN
    -- Locked, so that its kind does not change meanwhile.
    SELECT d.key INTO other FROM place p JOIN source_document d ON d.id = p.coordinates_document_id
      WHERE p.id = NEW.id AND d.kind <> 'DATASET' FOR SHARE OF d;
    IF other IS NOT NULL THEN
      RAISE check_violation USING CONSTRAINT = 'coordinates_from_dataset',
        MESSAGE = format('place %s has coordinates of %s, which is no DATASET', NEW.slug, other);
    END IF;
    RETURN NULL;
  END $$;
  CREATE CONSTRAINT TRIGGER coordinates_are_from_dataset AFTER INSERT OR UPDATE OF coordinates_document_id ON place
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (NEW.coordinates_document_id IS NOT NULL)
    EXECUTE FUNCTION coordinates_are_from_dataset();

  CREATE FUNCTION document_gives_no_coordinates() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF EXISTS (SELECT FROM source_document WHERE id = NEW.id AND kind <> 'DATASET') AND (
      EXISTS (SELECT FROM place WHERE coordinates_document_id = NEW.id)
      OR EXISTS (SELECT FROM record_claim WHERE document_id = NEW.id AND given ? 'coordinates_document_id'))
    THEN
      RAISE check_violation USING CONSTRAINT = 'coordinates_from_dataset',
        MESSAGE = format('document %s gives coordinates, which only a DATASET does', NEW.key);
    END IF;
    RETURN NULL;
  END $$;
  CREATE CONSTRAINT TRIGGER document_gives_no_coordinates AFTER UPDATE OF kind ON source_document
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW WHEN (OLD.kind = 'DATASET' AND NEW.kind <> 'DATASET')
    EXECUTE FUNCTION document_gives_no_coordinates();
`;

const TENURES = `
  CREATE TABLE tenure (
    id uuid PRIMARY KEY,
    key text NOT NULL,
    title text NOT NULL,
    start_from date,
    start_to date,
    end_from date,
    end_to date,
    ongoing boolean NOT NULL DEFAULT false,
    certainty fact_certainty NOT NULL,
    person_id uuid NOT NULL CONSTRAINT tenure_of_person REFERENCES person,
    country_code text CONSTRAINT tenure_of_country REFERENCES country,
    accredited_to_code text CONSTRAINT tenure_accredited_to REFERENCES country,
    organization_id uuid CONSTRAINT tenure_of_organization REFERENCES organization,
    owner_id uuid NOT NULL CONSTRAINT tenure_owner REFERENCES source_document,
    recorded_in int NOT NULL DEFAULT current_revision(),
    changed_in int NOT NULL DEFAULT current_revision(),
    CONSTRAINT tenure_dates CHECK (start_from <= end_to)
  );
  -- loading.
  CREATE UNIQUE INDEX tenure_key ON tenure (key);
  -- Person.tenures, and the office of a speaker or participant on the day.
  CREATE INDEX tenure_person ON tenure (person_id);
  -- Country.people, people(filter: { countries }), and whether a country is on record.
  CREATE INDEX tenure_country ON tenure (country_code);
  -- people(filter: { office }).
  CREATE INDEX tenure_words ON tenure USING gin (words_of('en', title));
  -- people(filter: { accreditedTo }), and whether a country is on record.
  CREATE INDEX tenure_accredited ON tenure (accredited_to_code);
`;

/** Who speaks and meets, where, and which offices they hold. */
export class PeoplePlacesOrganizations implements MigrationInterface {
  readonly name = "PeoplePlacesOrganizations0000000000004";

  async up(runner: QueryRunner): Promise<void> {
    for (const part of [ORGANIZATIONS, PEOPLE, PLACES, COORDINATES, TENURES]) {
      await runner.query(part);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE source_document DROP CONSTRAINT source_document_issuer;
      DROP TABLE tenure, place, person, organization;
      DROP FUNCTION coordinates_are_from_dataset, document_gives_no_coordinates CASCADE;
    `);
  }
}
