import type { MigrationInterface, QueryRunner } from "typeorm";
import { PEOPLE_BY_NAME_ALONE, PEOPLE_IN_ORDER } from "./0022-people-in-order.js";

/** What organizations are, of which country, and under which others. */
const ORGANIZATIONS = `
  CREATE TYPE organization_kind AS ENUM ('INTERGOVERNMENTAL', 'GOVERNMENT_BODY', 'PARTY', 'UNCODED_STATE', 'OTHER');
  ALTER TABLE organization
    ADD COLUMN kind organization_kind,
    ADD COLUMN country_code text CONSTRAINT organization_of_country REFERENCES country,
    ADD COLUMN parent_id uuid CONSTRAINT organization_under_parent REFERENCES organization,
    ADD COLUMN lineage uuid[];
  UPDATE organization SET lineage = ARRAY[id];
  ALTER TABLE organization ALTER COLUMN lineage SET NOT NULL;
  -- organizations(filter: { kinds }), in the order of the list.
  CREATE INDEX organization_kind ON organization (kind, name COLLATE "und-x-icu", id) WHERE kind IS NOT NULL;
  -- organizations(filter: { countries }), in the order of the list; and whether a country is on record.
  CREATE INDEX organization_country ON organization (country_code, name COLLATE "und-x-icu", id)
    WHERE country_code IS NOT NULL;
  -- pruning organizations; what lies below one moves with it.
  CREATE INDEX organization_parent ON organization (parent_id) WHERE parent_id IS NOT NULL;

  -- Everything above an organization, as of meetings (migration 5): the parent is locked, so that two transactions cannot
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

const NO_ORGANIZATIONS = `
  DROP FUNCTION organization_lineage, organization_children_follow CASCADE;
  ALTER TABLE organization DROP COLUMN kind, DROP COLUMN country_code, DROP COLUMN parent_id, DROP COLUMN lineage;
  DROP TYPE organization_kind;
`;

/** When in the day a meeting began and ended. Text, since that is what documents give: a `time` would have seconds. */
const TIMES = `
  ALTER TABLE meeting
    ADD COLUMN start_time text CONSTRAINT meeting_start_time CHECK (start_time ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$'),
    ADD COLUMN end_time text CONSTRAINT meeting_end_time CHECK (end_time ~ '^([01][0-9]|2[0-3]):[0-5][0-9]$');
`;

/** Where places are, and which document says so: a dataset, also once its kind or what it gives changes. */
const COORDINATES = `
  ALTER TABLE place
    ADD COLUMN latitude double precision CONSTRAINT place_latitude CHECK (latitude BETWEEN -90 AND 90),
    ADD COLUMN longitude double precision CONSTRAINT place_longitude CHECK (longitude BETWEEN -180 AND 180),
    ADD COLUMN coordinates_document_id uuid CONSTRAINT place_coordinates_document REFERENCES source_document,
    ADD CONSTRAINT place_coordinates CHECK (num_nonnulls(latitude, longitude, coordinates_document_id) IN (0, 3));
  -- whether a document whose kind changes gives coordinates.
  CREATE INDEX place_located_by ON place (coordinates_document_id) WHERE coordinates_document_id IS NOT NULL;

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

const NO_COORDINATES = `
  DROP FUNCTION coordinates_are_from_dataset, document_gives_no_coordinates CASCADE;
  ALTER TABLE place DROP COLUMN latitude, DROP COLUMN longitude, DROP COLUMN coordinates_document_id;
`;

/** Fields that documents give of organizations, meetings and places; and people in the order of what they did. */
export class KindsAndTimes implements MigrationInterface {
  readonly name = "KindsAndTimes0000000000022";

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(ORGANIZATIONS);
    await runner.query(TIMES);
    await runner.query(COORDINATES);
    await runner.query(PEOPLE_IN_ORDER);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(PEOPLE_BY_NAME_ALONE);
    await runner.query(NO_COORDINATES);
    await runner.query("ALTER TABLE meeting DROP COLUMN start_time, DROP COLUMN end_time");
    await runner.query(NO_ORGANIZATIONS);
  }
}
