import type { MigrationInterface, QueryRunner } from "typeorm";

/** What links a person to a country: speaking, taking part and holding an office for it. */
const LINKS = ["speaker", "participation", "tenure"];

/** What people are ordered by: how many rows of which list they have, and those of them that count. */
const COUNTS = [
  { column: "minus_statements", list: "statement_of_person", listed: "newest IS NOT NULL" },
  { column: "minus_meetings", list: "meeting_of_person", listed: "true" },
];
const COLUMNS = COUNTS.map(({ column }) => column);

const EVENTS = {
  INSERT: "REFERENCING NEW TABLE AS added",
  UPDATE: "REFERENCING OLD TABLE AS gone NEW TABLE AS added",
  DELETE: "REFERENCING OLD TABLE AS gone",
};

/** A plan is kept for a connection: one made while there was little would read all of what comes to be much. */
const BY_INDEX = "SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off";

const TABLES = `
  -- The people of each country, once, however often they acted for it.
  CREATE TABLE person_of_country (
    country_code text NOT NULL,
    person_id uuid NOT NULL,
    sort_name text COLLATE "und-x-icu" NOT NULL,
    PRIMARY KEY (person_id, country_code)
  );
  -- Country.people, people(filter: { countries }), whose order it is.
  CREATE INDEX person_of_country_name ON person_of_country (country_code, sort_name, person_id);
  CREATE VIEW country_of_person AS ${LINKS.map(
    (links) => `SELECT country_code, person_id FROM ${links}`,
  ).join(" UNION ALL ")};

  -- Everyone, with what people are ordered by. Counts are below zero, so that all keys of an order ascend.
  CREATE TABLE person_activity (
    person_id uuid PRIMARY KEY,
    sort_name text COLLATE "und-x-icu" NOT NULL,
    -- Minus the number of statements that are not retracted.
    minus_statements int NOT NULL,
    minus_meetings int NOT NULL
  );
  -- people(orderBy: STATEMENTS_DESC).
  CREATE INDEX person_activity_statements ON person_activity (minus_statements, sort_name, person_id);
  -- people(orderBy: MEETINGS_DESC).
  CREATE INDEX person_activity_meetings ON person_activity (minus_meetings, sort_name, person_id);
`;

const COUNTRIES_FOLLOW = `
  CREATE FUNCTION person_is_listed() RETURNS trigger LANGUAGE plpgsql ${BY_INDEX} AS $$
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
  -- TRUNCATE calls no trigger of a change; what is still linked stays.
  CREATE FUNCTION person_is_listed_no_more() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    DELETE FROM person_of_country l WHERE NOT EXISTS (
      SELECT FROM country_of_person x WHERE x.person_id = l.person_id AND x.country_code = l.country_code);
    RETURN NULL;
  END $$;
  ${LINKS.map(
    (links) => `
  ${eachEvent("person_is_listed", links, EVENTS)}
  CREATE TRIGGER person_is_listed_no_more AFTER TRUNCATE ON ${links}
    FOR EACH STATEMENT EXECUTE FUNCTION person_is_listed_no_more();`,
  ).join("")}
`;

const PEOPLE_FOLLOW = `
  CREATE FUNCTION person_is_in_order() RETURNS trigger LANGUAGE plpgsql ${BY_INDEX} AS $$
  BEGIN
    IF TG_OP = 'INSERT' THEN
      INSERT INTO person_activity SELECT id, sort_name, 0, 0 FROM added;
    ELSIF TG_OP = 'DELETE' THEN
      DELETE FROM person_activity WHERE person_id IN (SELECT id FROM gone);
    ELSE
      TRUNCATE person_activity;
    END IF;
    RETURN NULL;
  END $$;
  CREATE TRIGGER person_is_in_order_insert AFTER INSERT ON person REFERENCING NEW TABLE AS added
    FOR EACH STATEMENT EXECUTE FUNCTION person_is_in_order();
  CREATE TRIGGER person_is_in_order_delete AFTER DELETE ON person REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION person_is_in_order();
  CREATE TRIGGER person_is_in_order_no_more AFTER TRUNCATE ON person
    FOR EACH STATEMENT EXECUTE FUNCTION person_is_in_order();

  CREATE FUNCTION person_lists_follow() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    PERFORM FROM person WHERE id = NEW.id FOR UPDATE;
    UPDATE person_of_country SET sort_name = NEW.sort_name WHERE person_id = NEW.id;
    UPDATE person_activity SET sort_name = NEW.sort_name WHERE person_id = NEW.id;
    RETURN NULL;
  END $$;
  CREATE TRIGGER person_lists_follow AFTER UPDATE OF sort_name ON person
    FOR EACH ROW WHEN (OLD.sort_name IS DISTINCT FROM NEW.sort_name)
    EXECUTE FUNCTION person_lists_follow();
`;

/** The counts follow what is listed. Until the commit, others who add to those of the same person wait; loads take turns anyway. */
const counting = ({ column, list, listed }: (typeof COUNTS)[number]) => {
  const counted = (table: string, sign: string) =>
    `SELECT person_id, ${sign}count(*)::int AS n FROM ${table} WHERE ${listed} GROUP BY person_id`;
  const taken = (rows: string) => `
        SELECT array_agg(person_id ORDER BY person_id), array_agg(n ORDER BY person_id) INTO people, more FROM (${rows}) AS counted`;
  return `
  CREATE FUNCTION ${list}_is_counted() RETURNS trigger LANGUAGE plpgsql ${BY_INDEX} AS $$
  DECLARE
    people uuid[];
    more int[];
  BEGIN
    IF TG_OP = 'INSERT' THEN ${taken(counted("added", ""))};
    ELSIF TG_OP = 'DELETE' THEN ${taken(counted("gone", "-"))};
    ELSIF TG_OP = 'UPDATE' THEN ${taken(`
          SELECT person_id, sum(n)::int AS n FROM (${counted("added", "")} UNION ALL ${counted("gone", "-")}) AS either
          GROUP BY person_id HAVING sum(n) <> 0`)};
    ELSE
      UPDATE person_activity SET ${column} = 0 WHERE ${column} <> 0;
    END IF;
    IF people IS NULL THEN RETURN NULL; END IF;
    -- Joined by the index, person after person: two transactions lock them in the same order.
    UPDATE person_activity a SET ${column} = a.${column} - counted.n
      FROM unnest(people, more) AS counted (person_id, n) WHERE a.person_id = counted.person_id;
    RETURN NULL;
  END $$;
  ${eachEvent(`${list}_is_counted`, list, { ...EVENTS, TRUNCATE: "" })}`;
};

const REMAKING = `
  -- Makes the lists of people from links and the other lists, which are made first.
  CREATE FUNCTION remake_lists_of_people() RETURNS void LANGUAGE plpgsql AS $$
  BEGIN
    TRUNCATE person_activity, person_of_country;
    INSERT INTO person_activity (person_id, sort_name, ${COLUMNS.join(", ")})
      SELECT p.id, p.sort_name, ${COUNTS.map(({ column }) => `coalesce(${column}.n, 0)`).join(", ")} FROM person p
      ${COUNTS.map(
        ({ column, list, listed }) => `
        LEFT JOIN (SELECT person_id, -count(*) AS n FROM ${list} WHERE ${listed} GROUP BY 1) AS ${column}
          ON ${column}.person_id = p.id`,
      ).join("")};
    INSERT INTO person_of_country (country_code, person_id, sort_name)
      SELECT DISTINCT country_code, person_id, sort_name
      FROM country_of_person JOIN person_activity USING (person_id) WHERE country_code IS NOT NULL;
  END $$;
  -- All lists but the people of documents (migration 14).
  CREATE FUNCTION remake_lists_before_documents() RETURNS void LANGUAGE plpgsql AS $$
  BEGIN
    PERFORM remake_lists_of_links();
    PERFORM remake_lists_of_people();
  END $$;
`;

/** People of countries, and people in the order of how much they said and how often they met: a page reads as many rows as it shows. */
export class ListsOfPeople implements MigrationInterface {
  readonly name = "ListsOfPeople0000000000013";

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(COUNTRIES_FOLLOW);
    await runner.query(PEOPLE_FOLLOW);
    for (const each of COUNTS) await runner.query(counting(each));
    await runner.query(REMAKING);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION ${COUNTS.map(({ list }) => `${list}_is_counted`).join(", ")}, person_is_listed, person_is_listed_no_more,
        person_is_in_order, person_lists_follow, remake_lists_of_people, remake_lists_before_documents CASCADE;
      DROP VIEW country_of_person;
      DROP TABLE person_activity, person_of_country;
    `);
  }
}

/** A trigger for each of these events of a table, with the rows that the function reads. */
function eachEvent(called: string, table: string, events: Record<string, string>): string {
  return Object.entries(events)
    .map(
      ([event, rows]) => `
  CREATE TRIGGER ${called}_${event.toLowerCase()} AFTER ${event} ON ${table} ${rows}
    FOR EACH STATEMENT EXECUTE FUNCTION ${called}();`,
    )
    .join("");
}
