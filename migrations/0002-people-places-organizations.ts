import type { MigrationInterface, QueryRunner } from "typeorm";

/** Who speaks and meets, where, and which offices they hold. */
export class PeoplePlacesOrganizations implements MigrationInterface {
  readonly name = "PeoplePlacesOrganizations0000000000002";

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE organization (
        id uuid PRIMARY KEY,
        slug text NOT NULL,
        former_slugs text[] NOT NULL DEFAULT '{}',
        name text NOT NULL,
        identifiers jsonb NOT NULL DEFAULT '[]',
        owner_id uuid NOT NULL CONSTRAINT organization_owner REFERENCES source_document
      );
      -- organization(slug), filters that name organizations, _entities by slug, and loading.
      CREATE UNIQUE INDEX organization_slug ON organization (slug);
      -- The same by a slug that it had before.
      CREATE INDEX organization_former_slugs ON organization USING gin (former_slugs);
      -- Deferred: a document's issuer may be an organization that the document itself defines.
      ALTER TABLE source_document ADD CONSTRAINT source_document_issuer
        FOREIGN KEY (issuer_id) REFERENCES organization DEFERRABLE INITIALLY DEFERRED;

      CREATE TABLE person (
        id uuid PRIMARY KEY,
        slug text NOT NULL,
        former_slugs text[] NOT NULL DEFAULT '{}',
        name text NOT NULL,
        sort_name text COLLATE "und-x-icu" NOT NULL,
        other_names text[] NOT NULL DEFAULT '{}',
        identifiers jsonb NOT NULL DEFAULT '[]',
        owner_id uuid NOT NULL CONSTRAINT person_owner REFERENCES source_document
      );
      -- person(slug), filters that name people, _entities by slug, and loading.
      CREATE UNIQUE INDEX person_slug ON person (slug);
      -- The same by a slug that it had before.
      CREATE INDEX person_former_slugs ON person USING gin (former_slugs);
      -- people, whose order it is.
      CREATE INDEX person_sort_name ON person (sort_name, id);

      CREATE TABLE place (
        id uuid PRIMARY KEY,
        slug text NOT NULL,
        former_slugs text[] NOT NULL DEFAULT '{}',
        name text COLLATE "und-x-icu" NOT NULL,
        identifiers jsonb NOT NULL DEFAULT '[]',
        country_code text CONSTRAINT place_country REFERENCES country,
        owner_id uuid NOT NULL CONSTRAINT place_owner REFERENCES source_document
      );
      -- place(slug), filters that name places, _entities by slug, and loading.
      CREATE UNIQUE INDEX place_slug ON place (slug);
      -- The same by a slug that it had before.
      CREATE INDEX place_former_slugs ON place USING gin (former_slugs);
      -- places, whose order it is.
      CREATE INDEX place_name ON place (name, id);
      -- places(filter: { countries }), and whether a country is on record.
      CREATE INDEX place_country_code ON place (country_code);

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
        CONSTRAINT tenure_dates CHECK (start_from <= end_to)
      );
      -- loading.
      CREATE UNIQUE INDEX tenure_key ON tenure (key);
      -- Person.tenures, and the office of a speaker or participant on the day.
      CREATE INDEX tenure_person ON tenure (person_id);
      -- Country.people, people(filter: { countries }), and whether a country is on record.
      CREATE INDEX tenure_country ON tenure (country_code);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE source_document DROP CONSTRAINT source_document_issuer;
      DROP TABLE tenure, place, person, organization;
    `);
  }
}
