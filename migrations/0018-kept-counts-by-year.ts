import type { MigrationInterface, QueryRunner } from "typeorm";
import { KeptCounts } from "./0017-kept-counts.js";

/** A list whose rows are counted by year: by a parent, or all of them. */
interface Counted {
  list: string;
  /** The column of the parent; absent for the whole table. */
  parent?: string;
  /** Which rows are in the list. */
  listed: string;
  /** The year of a row, as SQL; {@link YEAR} if absent. */
  year?: string;
}

/** Retracted statements have no key of an order, and are in no list. */
const STANDING = "newest IS NOT NULL";

/** The lists whose rows are those of a table, by that table. Where the table is made for one list, that has its name. */
const COUNTED: Record<string, readonly Counted[]> = {
  statement: [
    { list: "statement", listed: STANDING },
    {
      list: "statement_at_place",
      parent: "place_id",
      listed: `${STANDING} AND place_id IS NOT NULL`,
    },
  ],
  statement_of_person: of("statement_of_person", "person_id", STANDING),
  statement_of_country: of("statement_of_country", "country_code", STANDING),
  statement_of_organization: of("statement_of_organization", "organization_id", STANDING),
  statement_on_topic: of("statement_on_topic", "topic_id", STANDING),
  meeting: [{ list: "meeting", listed: "true" }],
  meeting_of_person: of("meeting_of_person", "person_id"),
  meeting_of_country: of("meeting_of_country", "country_code"),
  meeting_of_organization: of("meeting_of_organization", "organization_id"),
  meeting_at_place: of("meeting_at_place", "place_id"),
  // Nothing counts documents by year.
  source_document: [{ list: "source_document", listed: "standing <> 'RETRACTED'", year: "0" }],
};

function of(list: string, parent: string, listed = "true"): readonly Counted[] {
  return [{ list, parent, listed }];
}

/** The lists of each parent that can go: nothing refers to it then, and its id is to be nowhere. */
const PARENTS = {
  person: ["statement_of_person", "meeting_of_person"],
  place: ["statement_at_place", "meeting_at_place"],
  organization: ["statement_of_organization", "meeting_of_organization"],
  statement_topic: ["statement_on_topic"],
};

/** The first date's year, as newest_key has it (migration 1); 0, which is no year, without a date. */
const YEAR = `CASE WHEN newest < 8388607::bigint * 16777216
    THEN date_part('year', date '1970-01-01' - (newest >> 24)::int)::int ELSE 0 END`;

/** At most so many rows are summed up for a year of a list and parent. */
const SLOTS = 16;

const TABLE = `
  -- How many rows whole lists have in each year: the sum over the slots of a list, parent and year, none without a row.
  CREATE TABLE kept_count (
    list text COLLATE "C" NOT NULL,
    -- The id or code of the parent; empty for the list of all.
    parent text COLLATE "C" NOT NULL,
    -- 0 without a date.
    year int NOT NULL,
    slot int NOT NULL,
    n int NOT NULL,
    PRIMARY KEY (list, parent, year, slot)
    -- A load changes the same rows again and again: new versions of some of them stay on their page.
  ) WITH (fillfactor = 70);

  -- The slot of this transaction, the first that no other is using: two at once change rows of their own, and don't wait for each
  -- other, but those who record one after the other use the same.
  CREATE FUNCTION counting_slot() RETURNS int LANGUAGE plpgsql AS $$
  BEGIN
    FOR slot IN 0 .. ${SLOTS - 1} LOOP
      IF pg_try_advisory_xact_lock(740513203, slot) THEN RETURN slot; END IF;
    END LOOP;
    RETURN pg_backend_pid() % ${SLOTS};
  END $$;
`;

const EVENTS = {
  INSERT: "REFERENCING NEW TABLE AS added",
  UPDATE: "REFERENCING OLD TABLE AS gone NEW TABLE AS added",
  DELETE: "REFERENCING OLD TABLE AS gone",
  TRUNCATE: "",
};

/** The counts of a list by parent and year, from these rows of its table. */
const counts = ({ list, parent, listed, year = YEAR }: Counted, rows: string, sign = "") =>
  `SELECT '${list}' AS list, ${parent ? `${parent}::text` : "''"} AS parent, ${year} AS year, ${sign}count(*)::int AS n
        FROM ${rows} WHERE ${listed} GROUP BY 1, 2, 3`;

/** The counts of a table's lists follow its rows, once for each SQL statement. */
function counting(table: string, lists: readonly Counted[]): string {
  const all = (rows: string, sign = "") =>
    lists.map((one) => counts(one, rows, sign)).join(" UNION ALL ");
  const add = (changes: string) => `
      INSERT INTO kept_count AS kept (list, parent, year, slot, n)
        SELECT list, parent, year, (SELECT counting_slot()), n FROM (${changes}) AS change ORDER BY list, parent, year
        ON CONFLICT (list, parent, year, slot) DO UPDATE SET n = kept.n + excluded.n;`;
  return `
  CREATE FUNCTION ${table}_is_counted_by_year() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF TG_OP = 'INSERT' THEN ${add(all("added"))}
    ELSIF TG_OP = 'DELETE' THEN ${add(all("gone", "-"))}
    ELSIF TG_OP = 'UPDATE' THEN ${add(`
        SELECT list, parent, year, sum(n)::int AS n FROM (${all("added")} UNION ALL ${all("gone", "-")}) AS either
        GROUP BY 1, 2, 3 HAVING sum(n) <> 0`)}
    ELSE
      DELETE FROM kept_count WHERE list IN (${lists.map(({ list }) => `'${list}'`).join(", ")});
    END IF;
    RETURN NULL;
  END $$;
  ${Object.entries(EVENTS)
    .map(
      ([event, rows]) => `
  CREATE TRIGGER ${table}_is_counted_by_year_${event.toLowerCase()} AFTER ${event} ON ${table} ${rows}
    FOR EACH STATEMENT EXECUTE FUNCTION ${table}_is_counted_by_year();`,
    )
    .join("")}`;
}

const forgetting = (parents: string, lists: readonly string[]) => `
  CREATE FUNCTION ${parents}_is_counted_by_year_no_more() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    DELETE FROM kept_count k USING gone
      WHERE k.list IN (${lists.map((list) => `'${list}'`).join(", ")}) AND k.parent = gone.id::text;
    RETURN NULL;
  END $$;
  CREATE TRIGGER ${parents}_is_counted_by_year_no_more AFTER DELETE ON ${parents} REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION ${parents}_is_counted_by_year_no_more();`;

const REMAKING = `
  -- Counts everything anew.
  CREATE FUNCTION remake_kept_counts() RETURNS void LANGUAGE plpgsql AS $$
  BEGIN
    DELETE FROM kept_count;
    INSERT INTO kept_count (list, parent, year, n, slot) SELECT *, 0 FROM (
      ${Object.entries(COUNTED)
        .flatMap(([table, lists]) => lists.map((one) => counts(one, table)))
        .join("\n      UNION ALL ")}) AS counted ORDER BY list, parent, year;
  END $$;
  CREATE OR REPLACE FUNCTION remake_lists() RETURNS void LANGUAGE plpgsql AS $$
  BEGIN
    PERFORM remake_lists_before_documents();
    PERFORM remake_people_of_documents(NULL);
    PERFORM remake_kept_counts();
  END $$;
  SELECT remake_kept_counts();
`;

/**
 * Counts by year what migration 17 counts, and what people said and whom they met: a list's count is the sum of its years, as those who
 * know the table of migration 17 still read it. 200,000 statements are counted in four seconds; writes wait for it.
 */
export class KeptCountsByYear implements MigrationInterface {
  readonly name = "KeptCountsByYear0000000000018";

  async up(runner: QueryRunner): Promise<void> {
    await new KeptCounts().down(runner);
    await runner.query(TABLE);
    for (const [table, lists] of Object.entries(COUNTED)) {
      await runner.query(counting(table, lists));
    }
    for (const [parents, lists] of Object.entries(PARENTS)) {
      await runner.query(forgetting(parents, lists));
    }
    await runner.query(REMAKING);
  }

  async down(runner: QueryRunner): Promise<void> {
    const functions = [
      ...Object.keys(COUNTED).map((table) => `${table}_is_counted_by_year`),
      ...Object.keys(PARENTS).map((table) => `${table}_is_counted_by_year_no_more`),
    ];
    await runner.query(`
      DROP FUNCTION ${functions.join(", ")}, remake_kept_counts, counting_slot CASCADE;
      DROP TABLE kept_count;
    `);
    await new KeptCounts().up(runner);
  }
}
