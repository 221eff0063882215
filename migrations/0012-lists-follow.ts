import type { MigrationInterface, QueryRunner } from "typeorm";
import { ALWAYS, columnsOf, type Item, ITEMS, type ListTable, rowsOf } from "./0011-list-tables.js";

/** What changes which lists: a table of links, or a meeting, which names its convener. */
const CHANGING = {
  speaker: ["statement_of_person", "statement_of_country", "statement_of_organization"],
  addressee: ["statement_to_person", "statement_to_country", "statement_to_organization"],
  topic_of_statement: ["statement_on_topic"],
  citation: ["statement_in_document", "meeting_in_document"],
  participation: ["meeting_of_person", "meeting_of_country", "meeting_of_organization"],
  meeting_place: ["meeting_at_place"],
  meeting: ["meeting_of_organization"],
};

/** A plan is kept for a connection: one that was made while there was little would read all of what comes to be much. */
const BY_INDEX = "SET enable_seqscan = off SET enable_hashjoin = off SET enable_mergejoin = off";

/** The function by which lists follow when their item changes. */
function following({ table, id, keys, lists }: Item): string {
  const copies = new Set([...keys, ...lists.flatMap(({ copied }) => copied)]);
  const of = (row: string, columns: Iterable<string>) =>
    [...columns].map((column) => `${row}.${column}`).join(", ");
  return `
    CREATE FUNCTION ${table}_lists_follow() RETURNS trigger LANGUAGE plpgsql AS $$
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
    CREATE TRIGGER ${table}_lists_follow AFTER UPDATE ON ${table}
      REFERENCING OLD TABLE AS before NEW TABLE AS now
      FOR EACH STATEMENT EXECUTE FUNCTION ${table}_lists_follow();
  `;
}

/** The function by which these lists follow when what makes them changes. */
function listing(base: string, tables: readonly string[]): string {
  const changed = ITEMS.map((item) => ({
    item,
    id: base === item.table ? "id" : item.id,
    lists: item.lists.filter(({ table }) => tables.includes(table)),
  })).filter(({ lists }) => lists.length > 0);
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
    CREATE FUNCTION ${base}_is_listed() RETURNS trigger LANGUAGE plpgsql ${BY_INDEX} AS $$
    DECLARE changed uuid[];
    BEGIN
      ${blocks.join("\n")}
      RETURN NULL;
    END $$;
  `;
}

/** The function by which these lists follow when what makes them is truncated, which calls no trigger of a change. */
function listingNoMore(base: string, tables: readonly string[]): string {
  return `
    CREATE FUNCTION ${base}_is_listed_no_more() RETURNS trigger LANGUAGE plpgsql AS $$
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
  const rows = rowsOf(item, one, links, `x.${item.id} = ANY (changed) AND `);
  const linked = `FROM ${links} x WHERE x.${item.id} = l.${item.id} AND x.${parent} = l.${parent}`;
  const isStated = `(SELECT bool_or(${stated}) ${linked})`;
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

/** Triggers keep list tables right, whatever changes: the item that is listed, the links that list it, or all of them at once. */
export class ListsFollow implements MigrationInterface {
  readonly name = "ListsFollow0000000000012";

  async up(runner: QueryRunner): Promise<void> {
    for (const item of ITEMS) await runner.query(following(item));
    for (const [base, tables] of Object.entries(CHANGING)) {
      await runner.query(
        `${listing(base, tables)} ${listingNoMore(base, tables)} ${listingTriggers(base)}`,
      );
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    const functions = [
      ...ITEMS.map(({ table }) => `${table}_lists_follow`),
      ...Object.keys(CHANGING).flatMap((base) => [
        `${base}_is_listed`,
        `${base}_is_listed_no_more`,
      ]),
    ];
    await runner.query(`DROP FUNCTION ${functions.join(", ")} CASCADE`);
  }
}
