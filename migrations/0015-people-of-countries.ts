import type { MigrationInterface, QueryRunner } from "typeorm";

/** What links a person to a country: speaking, taking part and holding an office for it. */
const LINKS = ["speaker", "participation", "tenure"];

const EVENTS = {
  INSERT: "NEW TABLE AS added",
  UPDATE: "OLD TABLE AS gone NEW TABLE AS added",
  DELETE: "OLD TABLE AS gone",
};

/** The table made for lists of a country's people: one row for each, however often they acted for it. */
export class PeopleOfCountries implements MigrationInterface {
  readonly name = "PeopleOfCountries0000000000015";

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE person_of_country (
        country_code text NOT NULL,
        person_id uuid NOT NULL,
        sort_name text COLLATE "und-x-icu" NOT NULL,
        PRIMARY KEY (person_id, country_code)
      );
      CREATE VIEW country_of_person AS ${LINKS.map(
        (links) => `SELECT country_code, person_id FROM ${links}`,
      ).join(" UNION ALL ")};
      INSERT INTO person_of_country
        SELECT DISTINCT country_code, person_id, sort_name FROM country_of_person JOIN person ON id = person_id
        WHERE country_code IS NOT NULL;
      -- Country.people, people(filter: { countries }), whose order it is.
      CREATE INDEX person_of_country_name ON person_of_country (country_code, sort_name, person_id);

      CREATE FUNCTION person_is_listed() RETURNS trigger LANGUAGE plpgsql
        SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off AS $$
      BEGIN
        IF TG_OP <> 'INSERT' THEN
          -- Whoever is adding a link of the same person is waited for, and seen.
          PERFORM FROM person WHERE id IN (SELECT person_id FROM gone) ORDER BY id FOR UPDATE;
          DELETE FROM person_of_country l USING (SELECT DISTINCT country_code, person_id FROM gone) AS g
            WHERE l.person_id = g.person_id AND l.country_code = g.country_code AND NOT EXISTS (
              SELECT FROM country_of_person x WHERE x.person_id = l.person_id AND x.country_code = l.country_code);
        END IF;
        IF TG_OP <> 'DELETE' THEN
          INSERT INTO person_of_country
            SELECT a.country_code, a.person_id, p.sort_name
            FROM (SELECT DISTINCT country_code, person_id FROM added WHERE country_code IS NOT NULL) AS a
              JOIN person p ON p.id = a.person_id
            ON CONFLICT DO NOTHING;
        END IF;
        RETURN NULL;
      END $$;
      ${LINKS.flatMap((links) =>
        Object.entries(EVENTS).map(
          ([event, tables]) => `
          CREATE TRIGGER person_is_listed_${event.toLowerCase()} AFTER ${event} ON ${links} REFERENCING ${tables}
            FOR EACH STATEMENT EXECUTE FUNCTION person_is_listed();`,
        ),
      ).join("")}

      CREATE FUNCTION person_lists_follow() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM FROM person WHERE id = NEW.id FOR UPDATE;
        UPDATE person_of_country SET sort_name = NEW.sort_name WHERE person_id = NEW.id;
        RETURN NULL;
      END $$;
      CREATE TRIGGER person_lists_follow AFTER UPDATE OF sort_name ON person
        FOR EACH ROW WHEN (OLD.sort_name IS DISTINCT FROM NEW.sort_name)
        EXECUTE FUNCTION person_lists_follow();

      -- TRUNCATE calls no trigger of a change; what is still linked stays.
      CREATE FUNCTION person_is_listed_no_more() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        DELETE FROM person_of_country l WHERE NOT EXISTS (
          SELECT FROM country_of_person x WHERE x.person_id = l.person_id AND x.country_code = l.country_code);
        RETURN NULL;
      END $$;
      ${LINKS.map(
        (links) => `
        CREATE TRIGGER person_is_listed_no_more AFTER TRUNCATE ON ${links}
          FOR EACH STATEMENT EXECUTE FUNCTION person_is_listed_no_more();`,
      ).join("")}
      ANALYZE person_of_country;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION person_is_listed, person_lists_follow, person_is_listed_no_more CASCADE;
      DROP VIEW country_of_person;
      DROP TABLE person_of_country;
    `);
  }
}
