/** A plan is kept for a connection: one made while there was little would read all of what comes to be much (migration 13). */
const BY_INDEX = "SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off";

/** What people are ordered by: how many rows of which list they have, and those of them that count. */
const COUNTS = [
  { column: "minus_statements", list: "statement_of_person", listed: "newest IS NOT NULL" },
  { column: "minus_meetings", list: "meeting_of_person", listed: "true" },
];
const COLUMNS = COUNTS.map(({ column }) => column);

const TABLES = `
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

/** Makes the lists of people from links and the other lists, which are made first. */
const REMADE = `
  ALTER FUNCTION remake_lists() RENAME TO remake_lists_of_links;
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
  CREATE FUNCTION remake_lists() RETURNS void LANGUAGE plpgsql AS $$
  BEGIN
    PERFORM remake_lists_of_links();
    PERFORM remake_lists_of_people();
  END $$;
  SELECT remake_lists_of_people();
  ANALYZE person_activity, person_of_country;
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
  ${Object.entries({
    INSERT: "REFERENCING NEW TABLE AS added",
    UPDATE: "REFERENCING OLD TABLE AS gone NEW TABLE AS added",
    DELETE: "REFERENCING OLD TABLE AS gone",
    TRUNCATE: "",
  })
    .map(
      ([event, tables]) => `
  CREATE TRIGGER ${list}_is_counted_${event.toLowerCase()} AFTER ${event} ON ${list} ${tables}
    FOR EACH STATEMENT EXECUTE FUNCTION ${list}_is_counted();`,
    )
    .join("")}`;
};

/** The function of migration 15. */
const following = (more: string) => `
  CREATE OR REPLACE FUNCTION person_lists_follow() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    PERFORM FROM person WHERE id = NEW.id FOR UPDATE;
    UPDATE person_of_country SET sort_name = NEW.sort_name WHERE person_id = NEW.id;
    ${more}
    RETURN NULL;
  END $$;
`;

/** People in the order of how much they said, and how often they met: a page reads as many rows as it shows. */
export const PEOPLE_IN_ORDER = `
  ${TABLES}
  ${REMADE}
  ${PEOPLE_FOLLOW}
  ${COUNTS.map(counting).join("\n")}
  ${following("UPDATE person_activity SET sort_name = NEW.sort_name WHERE person_id = NEW.id;")}
`;

export const PEOPLE_BY_NAME_ALONE = `
  ${following("")}
  DROP FUNCTION ${COUNTS.map(({ list }) => `${list}_is_counted`).join(", ")}, person_is_in_order CASCADE;
  DROP FUNCTION remake_lists, remake_lists_of_people;
  ALTER FUNCTION remake_lists_of_links() RENAME TO remake_lists;
  DROP TABLE person_activity;
`;
