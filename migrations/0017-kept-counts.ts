import type { MigrationInterface, QueryRunner } from "typeorm";

/** A list whose rows are counted: by a parent, or all of them. */
interface Counted {
  list: string;
  /** The column of the parent; absent for the whole table. */
  parent?: string;
  /** Which rows are in the list. */
  listed: string;
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
  statement_of_country: of("statement_of_country", "country_code", STANDING),
  statement_of_organization: of("statement_of_organization", "organization_id", STANDING),
  statement_on_topic: of("statement_on_topic", "topic_id", STANDING),
  meeting: [{ list: "meeting", listed: "true" }],
  meeting_of_country: of("meeting_of_country", "country_code"),
  meeting_of_organization: of("meeting_of_organization", "organization_id"),
  meeting_at_place: of("meeting_at_place", "place_id"),
  source_document: [{ list: "source_document", listed: "standing <> 'RETRACTED'" }],
};

function of(list: string, parent: string, listed = "true"): readonly Counted[] {
  return [{ list, parent, listed }];
}

const TABLE = `
  -- How many rows whole lists have that may come to be long: the sum over the slots of a list and parent, none without a row.
  CREATE TABLE kept_count (
    list text NOT NULL,
    -- The id or code of the parent; empty for the list of all.
    parent text NOT NULL,
    -- Of the connection that counts: two at once change rows of their own, and don't wait for each other.
    slot int NOT NULL,
    n int NOT NULL,
    PRIMARY KEY (list, parent, slot)
    -- A load changes the same rows again and again: new versions of them stay on their page.
  ) WITH (fillfactor = 40);
`;

/** At most so many rows are summed up for a list and parent. */
const SLOTS = 64;

const EVENTS = {
  INSERT: "REFERENCING NEW TABLE AS added",
  UPDATE: "REFERENCING OLD TABLE AS gone NEW TABLE AS added",
  DELETE: "REFERENCING OLD TABLE AS gone",
  TRUNCATE: "",
};

/** The counts of a list by parent, from these rows of its table. */
const counts = ({ list, parent, listed }: Counted, rows: string, sign = "") =>
  `SELECT '${list}' AS list, ${parent ? `${parent}::text` : "''"} AS parent, ${sign}count(*)::int AS n
        FROM ${rows} WHERE ${listed} GROUP BY 1, 2`;

/** The counts of a table's lists follow its rows, once for each SQL statement. */
function counting(table: string, lists: readonly Counted[]): string {
  const all = (rows: string, sign = "") =>
    lists.map((one) => counts(one, rows, sign)).join(" UNION ALL ");
  const add = (changes: string) => `
      INSERT INTO kept_count AS kept (list, parent, slot, n)
        SELECT list, parent, pg_backend_pid() % ${SLOTS}, n FROM (${changes}) AS change ORDER BY list, parent
        ON CONFLICT (list, parent, slot) DO UPDATE SET n = kept.n + excluded.n;`;
  return `
  CREATE FUNCTION ${table}_is_counted() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF TG_OP = 'INSERT' THEN ${add(all("added"))}
    ELSIF TG_OP = 'DELETE' THEN ${add(all("gone", "-"))}
    ELSIF TG_OP = 'UPDATE' THEN ${add(`
        SELECT list, parent, sum(n)::int AS n FROM (${all("added")} UNION ALL ${all("gone", "-")}) AS either
        GROUP BY 1, 2 HAVING sum(n) <> 0`)}
    ELSE
      DELETE FROM kept_count WHERE list IN (${lists.map(({ list }) => `'${list}'`).join(", ")});
    END IF;
    RETURN NULL;
  END $$;
  ${Object.entries(EVENTS)
    .map(
      ([event, rows]) => `
  CREATE TRIGGER ${table}_is_counted_${event.toLowerCase()} AFTER ${event} ON ${table} ${rows}
    FOR EACH STATEMENT EXECUTE FUNCTION ${table}_is_counted();`,
    )
    .join("")}`;
}

/** The lists of each parent that can go: nothing refers to it then, and its id is to be nowhere. */
const PARENTS = {
  place: ["statement_at_place", "meeting_at_place"],
  organization: ["statement_of_organization", "meeting_of_organization"],
  statement_topic: ["statement_on_topic"],
};

const forgetting = (parents: string, lists: readonly string[]) => `
  CREATE FUNCTION ${parents}_is_counted_no_more() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    DELETE FROM kept_count k USING gone
      WHERE k.list IN (${lists.map((list) => `'${list}'`).join(", ")}) AND k.parent = gone.id::text;
    RETURN NULL;
  END $$;
  CREATE TRIGGER ${parents}_is_counted_no_more AFTER DELETE ON ${parents} REFERENCING OLD TABLE AS gone
    FOR EACH STATEMENT EXECUTE FUNCTION ${parents}_is_counted_no_more();`;

const REMAKING = `
  -- Counts everything anew.
  CREATE FUNCTION remake_kept_counts() RETURNS void LANGUAGE plpgsql AS $$
  BEGIN
    DELETE FROM kept_count;
    INSERT INTO kept_count (list, parent, n, slot) SELECT *, 0 FROM (
      ${Object.entries(COUNTED)
        .flatMap(([table, lists]) => lists.map((one) => counts(one, table)))
        .join("\n      UNION ALL ")}) AS counted;
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
 * Keeps the number of rows of whole lists that may come to be very long: all statements, meetings and documents, and those of a country,
 * place, organization or topic. 300,000 statements are counted in a second; writes wait for it.
 */
export class KeptCounts implements MigrationInterface {
  readonly name = "KeptCounts0000000000017";

  async up(runner: QueryRunner): Promise<void> {
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
      ...Object.keys(COUNTED).map((table) => `${table}_is_counted`),
      ...Object.keys(PARENTS).map((table) => `${table}_is_counted_no_more`),
    ];
    await runner.query(`
      CREATE OR REPLACE FUNCTION remake_lists() RETURNS void LANGUAGE plpgsql AS $$
      BEGIN
        PERFORM remake_lists_before_documents();
        PERFORM remake_people_of_documents(NULL);
      END $$;
      DROP FUNCTION ${functions.join(", ")}, remake_kept_counts CASCADE;
      DROP TABLE kept_count;
    `);
  }
}
