import type { MigrationInterface, QueryRunner } from "typeorm";

/** Other names of places and organizations, and what is known of a name: its language, and whether it is a former one. */
export class Names implements MigrationInterface {
  readonly name = "Names0000000000000019";

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE person ADD COLUMN name_notes jsonb NOT NULL DEFAULT '[]';
      ALTER TABLE place ADD COLUMN other_names text[] NOT NULL DEFAULT '{}', ADD COLUMN name_notes jsonb NOT NULL DEFAULT '[]';
      ALTER TABLE organization
        ADD COLUMN other_names text[] NOT NULL DEFAULT '{}', ADD COLUMN name_notes jsonb NOT NULL DEFAULT '[]';
      ${namesFollow("of_kind IN ('PERSON', 'PLACE', 'ORGANIZATION')")}
      DROP TRIGGER place_names ON place;
      CREATE TRIGGER place_names AFTER INSERT OR DELETE OR UPDATE OF name, other_names ON place
        FOR EACH ROW EXECUTE FUNCTION names_follow('PLACE', 'id', 'name', 'und');
      DROP TRIGGER organization_names ON organization;
      CREATE TRIGGER organization_names AFTER INSERT OR DELETE OR UPDATE OF name, other_names ON organization
        FOR EACH ROW EXECUTE FUNCTION names_follow('ORGANIZATION', 'id', 'name', 'en');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ${namesFollow("of_kind = 'PERSON'")}
      DROP TRIGGER place_names ON place;
      CREATE TRIGGER place_names AFTER INSERT OR DELETE OR UPDATE OF name ON place
        FOR EACH ROW EXECUTE FUNCTION names_follow('PLACE', 'id', 'name', 'und');
      DROP TRIGGER organization_names ON organization;
      CREATE TRIGGER organization_names AFTER INSERT OR DELETE OR UPDATE OF name ON organization
        FOR EACH ROW EXECUTE FUNCTION names_follow('ORGANIZATION', 'id', 'name', 'en');
      ALTER TABLE person DROP COLUMN name_notes;
      ALTER TABLE place DROP COLUMN other_names, DROP COLUMN name_notes;
      ALTER TABLE organization DROP COLUMN other_names, DROP COLUMN name_notes;
    `);
  }
}

/** The trigger function of migration 6, for items with other names where this condition holds. */
function namesFollow(hasOtherNames: string): string {
  return `
      CREATE OR REPLACE FUNCTION names_follow() RETURNS trigger LANGUAGE plpgsql AS $$
      DECLARE
        of_kind record_kind := TG_ARGV[0];
        id text := to_jsonb(CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END) ->> TG_ARGV[1];
        names text[];
      BEGIN
        IF TG_OP <> 'INSERT' THEN
          DELETE FROM record_name WHERE kind = of_kind AND item_id = id;
        END IF;
        IF TG_OP = 'DELETE' THEN RETURN NULL; END IF;
        IF ${hasOtherNames} THEN names := NEW.name || NEW.other_names;
        ELSIF of_kind = 'COUNTRY' THEN names := NEW.name || NEW.names;
        ELSE names := ARRAY[to_jsonb(NEW) ->> TG_ARGV[2]];
        END IF;
        INSERT INTO record_name (kind, item_id, position, folded, words)
          SELECT of_kind, id, row_number() OVER (ORDER BY min(position)), name, words_of(TG_ARGV[3], name)
          FROM (SELECT folded(given), position FROM unnest(names) WITH ORDINALITY AS x (given, position))
            AS each (name, position)
          GROUP BY name;
        RETURN NULL;
      END $$;`;
}
