import type { MigrationInterface, QueryRunner } from "typeorm";

/** A table with one row for each parent and item, however many links lead from the one to the other. */
export interface ListTable {
  table: string;
  /** The parent's column, here and in the table of links. */
  parent: string;
  links: string;
  /** What says that a link is STATED. */
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

export function list(table: string, links: string, parent: string, more: Partial<ListTable> = {}) {
  const stated = `${parent.replace(/_(?:id|code)$/, "_certainty")} = 'STATED'`;
  return { table, links, parent, stated, copied: [], ...more };
}

const ALWAYS = { stated: "true" };
export const BY_CERTAINTY = { stated: "certainty = 'STATED'" };

export const STATEMENT: Item = {
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
  ],
};

export const MEETING: Item = {
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

const ITEMS = [STATEMENT, MEETING];
const LISTS = ITEMS.flatMap(({ lists }) => lists);

/** What changes which lists: a table of links, or a meeting, which names its convener. */
export const CHANGING = {
  speaker: ["statement_of_person", "statement_of_country", "statement_of_organization"],
  addressee: ["statement_to_person", "statement_to_country"],
  topic_of_statement: ["statement_on_topic"],
  citation: ["statement_in_document", "meeting_in_document"],
  participation: ["meeting_of_person", "meeting_of_country", "meeting_of_organization"],
  meeting_place: ["meeting_at_place"],
  meeting: ["meeting_of_organization"],
};

const KEYS = `
  -- Two dates in one number that ascends from the newest to the oldest, none last: the days from 1970 back to the first
  -- date, and in the lower 24 bits those to the last one. It is exact in a number of JavaScript.
  CREATE FUNCTION newest_key(first date, last date) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN least(newest_first(first), 8388607)::bigint * 16777216 + least(newest_first(last), 8388607) + 8388608;
  -- A position in one value: the date of the document that first told it (3 bytes), the document (the first 9 bytes of its
  -- id, which is as good as random) and the place in it (4 bytes).
  CREATE FUNCTION told_key(day date, document_id uuid, place int) RETURNS uuid LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN (lpad(to_hex(least(oldest_first(day), 8388607) + 8388608), 6, '0')
      || left(translate(document_id::text, '-', ''), 18) || lpad(to_hex(place), 8, '0'))::uuid;

  -- What statements are listed by. Null for those that are listed only when they are asked for.
  ALTER TABLE statement ADD COLUMN newest bigint, ADD COLUMN told uuid;
  CREATE FUNCTION statement_keys() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    IF NEW.standing = 'RETRACTED' THEN
      NEW.newest := NULL;
      NEW.told := NULL;
    ELSE
      NEW.newest := newest_key(NEW.date_from, NEW.date_until);
      NEW.told := told_key(NEW.told_on, NEW.told_in_id, NEW.position);
    END IF;
    RETURN NEW;
  END $$;
  -- Triggers run in the order of their names: this one after statement_when_where, which sets the dates.
  CREATE TRIGGER statement_when_where_keys BEFORE INSERT OR UPDATE ON statement
    FOR EACH ROW EXECUTE FUNCTION statement_keys();
  UPDATE statement SET standing = standing;

  ALTER TABLE meeting ADD COLUMN newest bigint;
  CREATE FUNCTION meeting_keys() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    NEW.newest := newest_key(NEW.date_from, NEW.date_until);
    RETURN NEW;
  END $$;
  CREATE TRIGGER meeting_when_and_lineage_keys BEFORE INSERT OR UPDATE ON meeting
    FOR EACH ROW EXECUTE FUNCTION meeting_keys();
  UPDATE meeting SET kind = kind;
  ALTER TABLE meeting ALTER COLUMN newest SET NOT NULL;

  -- Which organizations have to do with a meeting: those that take part, and the one that convenes it.
  CREATE VIEW organization_at_meeting AS
    SELECT organization_id, meeting_id, organization_certainty FROM participation WHERE organization_id IS NOT NULL
    UNION ALL SELECT convener_id, id, 'STATED' FROM meeting WHERE convener_id IS NOT NULL;
`;

/** Of what links what, and the item that it used to hold too. */
const LINKS: Record<string, [table: string, column: string, item: string]> = {
  speaker_person: ["speaker", "person_id", "statement_id"],
  speaker_country: ["speaker", "country_code", "statement_id"],
  addressee_person: ["addressee", "person_id", "statement_id"],
  addressee_country: ["addressee", "country_code", "statement_id"],
  topic_of_statement_topic: ["topic_of_statement", "topic_id", "statement_id"],
  participation_person: ["participation", "person_id", "meeting_id"],
  participation_country: ["participation", "country_code", "meeting_id"],
  meeting_place_place: ["meeting_place", "place_id", "meeting_id"],
};

/**
 * The indexes of links no longer give lists, but what is pruned and filtered by, and who is counted: with one column they
 * are a fifth as large, since PostgreSQL keeps each value once. That a statement's key is unique its id says, which is
 * made of it.
 */
const LINK_INDEXES = Object.entries(LINKS)
  .map(
    ([index, [table, column]]) =>
      `DROP INDEX ${index}; CREATE INDEX ${index} ON ${table} (${column});`,
  )
  .join("\n");

const LINK_INDEXES_OF_BEFORE = Object.entries(LINKS)
  .map(
    ([index, [table, column, item]]) =>
      `DROP INDEX ${index}; CREATE INDEX ${index} ON ${table} (${column}, ${item});`,
  )
  .join("\n");

const INDEXES = `
  DROP INDEX statement_key, statement_newest, statement_oldest, statement_position, statement_meeting, statement_place,
    statement_place_country, statement_dates, meeting_newest, meeting_oldest, meeting_parent, meeting_place_country,
    meeting_dates, agreement_newest;
  DROP STATISTICS statement_dates_known, meeting_dates_known;

  -- statements by date, newest or oldest first, also in a range of dates.
  CREATE INDEX statement_newest ON statement (newest, told);
  -- statements(orderBy: POSITION).
  CREATE INDEX statement_told ON statement (told);
  -- the same with retracted ones: statements(filter: { standings }).
  CREATE INDEX statement_any_standing ON statement (newest_key(date_from, date_until));
  -- how long before a range an interval can begin that reaches into it.
  CREATE INDEX statement_longest ON statement ((date_until - date_from));
  -- Place.statements, statements(filter: { places }), pruning places.
  CREATE INDEX statement_place ON statement (place_id, newest, told);
  -- the same by POSITION.
  CREATE INDEX statement_place_told ON statement (place_id, told);
  -- statements(filter: { placeCountries }), and whether a country is on record.
  CREATE INDEX statement_place_country ON statement (place_country_code, newest, told);
  -- the same by POSITION.
  CREATE INDEX statement_place_country_told ON statement (place_country_code, told);
  -- Meeting.statements, statements(filter: { meetings, within }); what is said at a meeting follows its date and place.
  CREATE INDEX statement_meeting ON statement (meeting_id, told);
  -- the same by date.
  CREATE INDEX statement_meeting_newest ON statement (meeting_id, newest, told);

  -- meetings by date, newest or oldest first, also in a range of dates.
  CREATE INDEX meeting_newest ON meeting (newest, id);
  -- how long before a range a meeting can begin that reaches into it.
  CREATE INDEX meeting_longest ON meeting ((date_until - date_from));
  -- Meeting.children, meetings(filter: { parents }); what lies below a meeting moves with it.
  CREATE INDEX meeting_parent ON meeting (parent_id, newest, id);
  -- meetings(filter: { placeCountries }), and whether a country is on record.
  CREATE INDEX meeting_place_country ON meeting (place_country_code, newest, id);

  -- agreements, whose order it is, also in a range of dates.
  CREATE INDEX agreement_newest ON agreement (newest_key(date_from, date_to), id);

  -- What somebody said in a place, the newest first; and in a country.
  CREATE INDEX statement_of_person_place ON statement_of_person (person_id, place_id, newest, told);
  CREATE INDEX statement_of_person_place_country ON statement_of_person (person_id, place_country_code, newest, told);
`;

const INDEXES_OF_BEFORE = `
  CREATE UNIQUE INDEX statement_key ON statement (key);
  DROP INDEX statement_newest, statement_told, statement_any_standing, statement_longest, statement_place,
    statement_place_told, statement_place_country, statement_place_country_told, statement_meeting,
    statement_meeting_newest, meeting_newest, meeting_longest, meeting_parent, meeting_place_country,
    agreement_newest;
  CREATE INDEX agreement_newest ON agreement (newest_first(date_from), newest_first(date_to), id);
  CREATE INDEX statement_newest ON statement (newest_first(date_from), newest_first(date_until),
    oldest_first(told_on), told_in_id, position, id);
  CREATE INDEX statement_oldest ON statement (oldest_first(date_from), oldest_first(date_until),
    oldest_first(told_on), told_in_id, position, id);
  CREATE INDEX statement_position ON statement (oldest_first(told_on), told_in_id, position, id);
  CREATE INDEX statement_meeting ON statement (meeting_id);
  CREATE INDEX statement_place ON statement (place_id, id);
  CREATE INDEX statement_place_country ON statement (place_country_code, id);
  CREATE INDEX statement_dates ON statement USING gist (daterange(date_from, date_until, '[]'))
    WHERE date_from IS NOT NULL;
  CREATE INDEX meeting_newest ON meeting (newest_first(date_from), newest_first(date_until), id);
  CREATE INDEX meeting_oldest ON meeting (oldest_first(date_from), oldest_first(date_until), id);
  CREATE INDEX meeting_parent ON meeting (parent_id);
  CREATE INDEX meeting_place_country ON meeting (place_country_code);
  CREATE INDEX meeting_dates ON meeting USING gist (daterange(date_from, date_until, '[]'))
    WHERE date_from IS NOT NULL;
  CREATE STATISTICS statement_dates_known ON (daterange(date_from, date_until, '[]')) FROM statement;
  CREATE STATISTICS meeting_dates_known ON (daterange(date_from, date_until, '[]')) FROM meeting;
`;

/** The rows of a list that the links of `from` make. */
export function rowsOf(
  { table, id, keys }: Item,
  { parent, stated, copied }: ListTable,
  from: string,
) {
  const ofItem = [...keys, ...copied].map((column) => `item.${column}`).join(", ");
  return `
    SELECT x.${parent}, item.id, bool_or(x.${stated}), ${ofItem}
    FROM ${from} x JOIN ${table} item ON item.id = x.${id} WHERE x.${parent} IS NOT NULL
    GROUP BY x.${parent}, item.id`.replace("x.true", "true");
}

export function columnsOf({ id, keys }: Item, { parent, copied }: ListTable): string {
  return [parent, id, "stated", ...keys, ...copied].join(", ");
}

export function tableOf({ id, keys }: Item, { table, parent, copied }: ListTable): string {
  const typeOf = (column: string) =>
    column === "newest" ? "bigint" : column.endsWith("_code") ? "text" : "uuid";
  return `
    CREATE TABLE ${table} (
      ${parent} ${typeOf(parent)} NOT NULL,
      ${id} uuid NOT NULL,
      stated boolean NOT NULL,
      ${[...keys, ...copied].map((column) => `${column} ${typeOf(column)}`).join(", ")}
    );`;
}

export function indexesOf(item: Item, { table, parent }: ListTable): string {
  const { id, keys } = item;
  // With a meeting's id, of which there are fewer, no page has to be put into order.
  const byDate = [parent, ...(item === MEETING ? ["newest", id] : keys)].join(", ");
  return `
    -- keeping it right, and whether an item is in the list.
    ALTER TABLE ${table} ADD PRIMARY KEY (${id}, ${parent});
    -- the list by date, newest or oldest first, also in a range of dates; how many it has.
    CREATE INDEX ${table}_newest ON ${table} (${byDate});
    ${keys.includes("told") ? `CREATE INDEX ${table}_told ON ${table} (${parent}, told); -- the list by POSITION.` : ""}
  `;
}

/** Makes all lists from the links, for a database that was filled while its triggers were off. */
export const remaking = (items: readonly Item[]) => `
  FUNCTION remake_lists() RETURNS void LANGUAGE plpgsql AS $$
  BEGIN
    TRUNCATE ${items
      .flatMap(({ lists }) => lists)
      .map(({ table }) => table)
      .join(", ")};
    ${items
      .flatMap((item) =>
        item.lists.map(
          (one) =>
            `INSERT INTO ${one.table} (${columnsOf(item, one)}) ${rowsOf(item, one, one.links)};`,
        ),
      )
      .join("\n")}
  END $$;`;

/** A plan is kept for a connection: one that was made while there was little would read all of what comes to be much. */
const BY_INDEX = "SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off";

/** The function by which lists follow when their item changes. */
export function following({ table, id, keys, lists }: Item): string {
  const copies = new Set([...keys, ...lists.flatMap(({ copied }) => copied)]);
  const of = (row: string, columns: Iterable<string>) =>
    [...columns].map((column) => `${row}.${column}`).join(", ");
  return `
    FUNCTION ${table}_lists_follow() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE changed uuid[];
    BEGIN
      changed := ARRAY(
        SELECT item.id FROM now item JOIN before ON before.id = item.id
        WHERE (${of("item", copies)}) IS DISTINCT FROM (${of("before", copies)}));
      IF cardinality(changed) = 0 THEN RETURN NULL; END IF;
      -- Whoever is adding a link holds a lock of its foreign key: the list then has what that adds. Who comes later waits,
      -- and lists what there is then.
      PERFORM FROM ${table} WHERE id = ANY (changed) ORDER BY id FOR UPDATE;
      ${lists
        .map(({ table: one, copied }) => {
          const columns = [...keys, ...copied];
          return `UPDATE ${one} l SET ${columns.map((column) => `${column} = item.${column}`).join(", ")}
          FROM ${table} item WHERE item.id = ANY (changed) AND l.${id} = item.id
            AND (${of("l", columns)}) IS DISTINCT FROM (${of("item", columns)});`;
        })
        .join("\n")}
      RETURN NULL;
    END $$;
  `;
}

function followingTrigger({ table }: Item): string {
  return `
    CREATE TRIGGER ${table}_lists_follow AFTER UPDATE ON ${table}
      REFERENCING OLD TABLE AS before NEW TABLE AS now
      FOR EACH STATEMENT EXECUTE FUNCTION ${table}_lists_follow();
  `;
}

/** The function by which these lists follow when what makes them changes. */
export function listing(base: string, items: readonly Item[], tables: readonly string[]): string {
  const changed = items
    .map((item) => ({
      item,
      id: base === item.table ? "id" : item.id,
      lists: item.lists.filter(({ table }) => tables.includes(table)),
    }))
    .filter(({ lists }) => lists.length > 0);
  const blocks = changed.map(({ item, id, lists }) => {
    return `
      IF TG_OP = 'INSERT' THEN
        changed := ARRAY(SELECT DISTINCT ${id} FROM added WHERE ${id} IS NOT NULL);
      ELSIF TG_OP = 'DELETE' THEN
        changed := ARRAY(SELECT DISTINCT ${id} FROM gone WHERE ${id} IS NOT NULL);
      ELSE
        changed := ARRAY(
          SELECT ${id} FROM added WHERE ${id} IS NOT NULL UNION SELECT ${id} FROM gone WHERE ${id} IS NOT NULL);
      END IF;
      IF cardinality(changed) > 0 THEN
        ${base === item.table ? "" : `IF TG_OP <> 'INSERT' THEN ${holding(item)} END IF;`}
        ${lists
          .map((one) =>
            one.links === base
              ? `IF TG_OP = 'INSERT' THEN ${added(item, one)} ELSE ${refreshed(item, one)} END IF;`
              : refreshed(item, one),
          )
          .join("\n")}
      END IF;`;
  });
  return `
    FUNCTION ${base}_is_listed() RETURNS trigger LANGUAGE plpgsql ${BY_INDEX} AS $$
    DECLARE changed uuid[];
    BEGIN
      ${blocks.join("\n")}
      RETURN NULL;
    END $$;
  `;
}

/** The function by which these lists follow when what makes them is truncated, which calls no trigger of a change. */
export function listingNoMore(base: string, tables: readonly string[]): string {
  return `
    FUNCTION ${base}_is_listed_no_more() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
      TRUNCATE ${tables.join(", ")};
      RETURN NULL;
    END $$;
  `;
}

function listingTriggers(base: string): string {
  const events = [
    ["INSERT", "NEW TABLE AS added"],
    ["UPDATE", "OLD TABLE AS gone NEW TABLE AS added"],
    ["DELETE", "OLD TABLE AS gone"],
  ];
  return `
    ${events
      .map(
        ([event, tables]) => `
        CREATE TRIGGER ${base}_is_listed_${event!.toLowerCase()} AFTER ${event} ON ${base} REFERENCING ${tables}
          FOR EACH STATEMENT EXECUTE FUNCTION ${base}_is_listed();`,
      )
      .join("")}
    CREATE TRIGGER ${base}_is_listed_no_more AFTER TRUNCATE ON ${base}
      FOR EACH STATEMENT EXECUTE FUNCTION ${base}_is_listed_no_more();
  `;
}

/** Lists what new links make. A list that has an item already may come to be stated. */
function added(item: Item, one: ListTable): string {
  const isAlways = one.stated === ALWAYS.stated;
  return `
    INSERT INTO ${one.table} AS l (${columnsOf(item, one)}) ${rowsOf(item, one, "added")}
    ON CONFLICT ${
      isAlways
        ? "DO NOTHING"
        : `(${item.id}, ${one.parent}) DO UPDATE SET stated = true WHERE excluded.stated AND NOT l.stated`
    };`;
}

/**
 * Brings a list to what the links of changed items make. Where that takes something away, whoever is adding a link of the
 * same item is waited for, and seen; rows that stay as they are need no lock, so that others may cite a fact meanwhile.
 */
function refreshed(item: Item, one: ListTable): string {
  const { table, parent, links, stated } = one;
  const rows = rowsOf(item, one, links).replace("WHERE", `WHERE x.${item.id} = ANY (changed) AND`);
  const linked = `FROM ${links} x WHERE x.${item.id} = l.${item.id} AND x.${parent} = l.${parent}`;
  const isStated = `(SELECT bool_or(${stated === ALWAYS.stated ? "true" : `x.${stated}`}) ${linked})`;
  return `
    PERFORM FROM ${item.table} WHERE id IN (
      SELECT l.${item.id} FROM ${table} l
      WHERE l.${item.id} = ANY (changed) AND l.stated IS DISTINCT FROM ${isStated}) ORDER BY id FOR UPDATE;
    DELETE FROM ${table} l WHERE l.${item.id} = ANY (changed) AND NOT EXISTS (SELECT ${linked});
    UPDATE ${table} l SET stated = ${isStated}
      WHERE l.${item.id} = ANY (changed) AND l.stated IS DISTINCT FROM ${isStated};
    INSERT INTO ${table} (${columnsOf(item, one)}) ${rows} ON CONFLICT DO NOTHING;`;
}

/** While lists are made anew from the links that remain, nobody changes their item. */
function holding({ table }: Item): string {
  return `PERFORM FROM ${table} WHERE id = ANY (changed) ORDER BY id FOR NO KEY UPDATE;`;
}

/**
 * Tables made for lists. A first page reads as many rows of them as it shows, whatever its parent has: they hold what
 * lists are cut and ordered by, and are kept right by triggers. Links stay as recorded.
 */
export class FlatLists implements MigrationInterface {
  readonly name = "FlatLists0000000000013";

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(KEYS);
    const each = (make: (item: Item, one: ListTable) => string) =>
      ITEMS.flatMap((item) => item.lists.map((one) => make(item, one))).join("\n");
    await runner.query(each(tableOf));
    await runner.query(`CREATE ${remaking(ITEMS)} SELECT remake_lists()`);
    await runner.query(each(indexesOf));
    await runner.query(INDEXES + LINK_INDEXES);
    for (const item of ITEMS)
      await runner.query(`CREATE ${following(item)} ${followingTrigger(item)}`);
    for (const [base, tables] of Object.entries(CHANGING)) {
      await runner.query(`CREATE ${listing(base, ITEMS, tables)}`);
      await runner.query(`CREATE ${listingNoMore(base, tables)} ${listingTriggers(base)}`);
    }
    await runner.query("ANALYZE");
  }

  async down(runner: QueryRunner): Promise<void> {
    const ofBases = Object.keys(CHANGING).map(
      (base) => `${base}_is_listed, ${base}_is_listed_no_more`,
    );
    await runner.query(`
      DROP FUNCTION remake_lists, ${ofBases.join(", ")}, statement_lists_follow, meeting_lists_follow CASCADE;
      DROP TABLE ${LISTS.map(({ table }) => table).join(", ")};
      DROP VIEW organization_at_meeting;
      ${INDEXES_OF_BEFORE}
      ${LINK_INDEXES_OF_BEFORE}
      DROP FUNCTION statement_keys, meeting_keys CASCADE;
      ALTER TABLE statement DROP COLUMN newest, DROP COLUMN told;
      ALTER TABLE meeting DROP COLUMN newest;
      DROP FUNCTION newest_key, told_key;
    `);
  }
}
