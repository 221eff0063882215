import type { MigrationInterface, QueryRunner } from "typeorm";

/** A table with one row for each parent and item, however many links lead from the one to the other. */
export interface ListTable {
  table: string;
  /** The parent's column, here and in the table of links. */
  parent: string;
  links: string;
  /** What says that a link, `x`, is STATED. */
  stated: string;
  /** What else of the item is copied. */
  copied: string[];
}

/** An item that is listed: its table, the column of lists and links that names it, and what its lists are ordered by. */
export interface Item {
  table: "statement" | "meeting";
  id: string;
  keys: string[];
  lists: ListTable[];
}

function list(table: string, links: string, parent: string, more: Partial<ListTable> = {}) {
  const stated = `x.${parent.replace(/_(?:id|code)$/, "_certainty")} = 'STATED'`;
  return { table, links, parent, stated, copied: [], ...more };
}

/** What is STATED of links that say nothing of it. */
export const ALWAYS = { stated: "true" };
const BY_CERTAINTY = { stated: "x.certainty = 'STATED'" };

const STATEMENT: Item = {
  table: "statement",
  id: "statement_id",
  keys: ["newest", "told"],
  lists: [
    list("statement_of_person", "speaker", "person_id", {
      copied: ["place_id", "place_country_code"],
    }),
    list("statement_of_country", "speaker", "country_code"),
    list("statement_of_organization", "speaker", "organization_id"),
    list("statement_to_person", "addressee", "person_id", BY_CERTAINTY),
    list("statement_to_country", "addressee", "country_code", BY_CERTAINTY),
    list("statement_on_topic", "topic_of_statement", "topic_id", ALWAYS),
    list("statement_in_document", "citation", "document_id", ALWAYS),
    list("statement_to_organization", "addressee", "organization_id", BY_CERTAINTY),
  ],
};

const MEETING: Item = {
  table: "meeting",
  id: "meeting_id",
  keys: ["newest"],
  lists: [
    list("meeting_of_person", "participation", "person_id"),
    list("meeting_of_country", "participation", "country_code"),
    list("meeting_of_organization", "organization_at_meeting", "organization_id"),
    list("meeting_at_place", "meeting_place", "place_id", ALWAYS),
    list("meeting_in_document", "citation", "document_id", ALWAYS),
  ],
};

/** What is listed, and in which tables. */
export const ITEMS = [STATEMENT, MEETING];
const LISTS = ITEMS.flatMap((item) => item.lists.map((one) => ({ item, one })));

const ORGANIZATIONS = `
  -- Which organizations have to do with a meeting: those that take part, and the one that convenes it.
  CREATE VIEW organization_at_meeting AS
    SELECT organization_id, meeting_id, organization_certainty FROM participation WHERE organization_id IS NOT NULL
    UNION ALL SELECT convener_id, id, 'STATED' FROM meeting WHERE convener_id IS NOT NULL;
`;

/**
 * What somebody said in a place or a country, in the whole order of their lists. The generic plan expects a single row there: with
 * less in the index it read all of them and sorted, 9,000 buffers for a page among a million statements.
 */
const PLACES = `
  -- Person.statements(filter: { places }), and the same of the root by speakers and places; by POSITION.
  CREATE INDEX statement_of_person_place ON statement_of_person (person_id, place_id, newest, told, statement_id);
  CREATE INDEX statement_of_person_place_told ON statement_of_person (person_id, place_id, told, statement_id);
  -- The same with { placeCountries }.
  CREATE INDEX statement_of_person_place_country
    ON statement_of_person (person_id, place_country_code, newest, told, statement_id);
  CREATE INDEX statement_of_person_place_country_told
    ON statement_of_person (person_id, place_country_code, told, statement_id);
`;

/** The columns of a list, in the order of `rowsOf`. */
export function columnsOf({ id, keys }: Item, { parent, copied }: ListTable): string {
  return [parent, id, "stated", ...keys, ...copied].join(", ");
}

/** The rows of a list that the links of `from` make, those of them where `which` holds. */
export function rowsOf(
  { table, id, keys }: Item,
  { parent, stated, copied }: ListTable,
  from: string,
  which = "",
): string {
  const ofItem = [...keys, ...copied].map((column) => `item.${column}`).join(", ");
  return `
    SELECT x.${parent}, item.id, bool_or(${stated}), ${ofItem}
    FROM ${from} x JOIN ${table} item ON item.id = x.${id} WHERE ${which}x.${parent} IS NOT NULL
    GROUP BY x.${parent}, item.id`;
}

function tableOf(item: Item, { table, parent, copied }: ListTable): string {
  const { id, keys } = item;
  const typeOf = (column: string) =>
    column === "newest" ? "bigint" : column.endsWith("_code") ? "text" : "uuid";
  // With a meeting's id, of which there are fewer, no page has to be put into order.
  const byDate = [parent, ...(item === MEETING ? ["newest", id] : keys)].join(", ");
  return `
    CREATE TABLE ${table} (
      ${parent} ${typeOf(parent)} NOT NULL,
      ${id} uuid NOT NULL,
      stated boolean NOT NULL,
      ${[...keys, ...copied].map((column) => `${column} ${typeOf(column)}`).join(", ")},
      -- keeping it right, and whether an item is in the list.
      PRIMARY KEY (${id}, ${parent})
    );
    -- the list by date, newest or oldest first, also in a range of dates; how many it has.
    CREATE INDEX ${table}_newest ON ${table} (${byDate});`;
}

const BY_POSITION = STATEMENT.lists
  .map(
    ({ table, parent }) => `
  -- the list by POSITION.
  CREATE INDEX ${table}_told ON ${table} (${parent}, told);`,
  )
  .join("");

/** Makes all lists from the links, for a database that was filled while its triggers were off. */
const REMAKING = `
  CREATE FUNCTION remake_lists_of_links() RETURNS void LANGUAGE plpgsql AS $$
  BEGIN
    TRUNCATE ${LISTS.map(({ one }) => one.table).join(", ")};
    ${LISTS.map(
      ({ item, one }) =>
        `INSERT INTO ${one.table} (${columnsOf(item, one)}) ${rowsOf(item, one, one.links)};`,
    ).join("\n")}
  END $$;`;

/**
 * Tables made for lists. A first page reads as many rows of them as it shows, whatever its parent has: they hold what
 * lists are cut and ordered by, and are kept right by triggers (migration 12). Links stay as recorded.
 */
export class ListTables implements MigrationInterface {
  readonly name = "ListTables0000000000011";

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(ORGANIZATIONS);
    for (const { item, one } of LISTS) await runner.query(tableOf(item, one));
    await runner.query(BY_POSITION);
    await runner.query(PLACES);
    await runner.query(REMAKING);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION remake_lists_of_links;
      DROP TABLE ${LISTS.map(({ one }) => one.table).join(", ")};
      DROP VIEW organization_at_meeting;
    `);
  }
}
