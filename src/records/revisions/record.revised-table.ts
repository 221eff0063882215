import type { Sql } from "../../db/sql.js";
import { generic, raw, SQL, type SqlText, unnestSql } from "../../db/sql-text.js";
import type { ItemFormat } from "../record.item.js";
import { type BatchRevision, revisedOnce } from "./record.revised.js";
import { type AddedItem, REVISED_PER_PAGE, type RevisedItems } from "./record.revised-items.js";
import { typeOf } from "./record.types.js";

/** What the batches of a transaction changed, in temporary tables of its own, so that memory does not grow with their number. */
export class RevisedTable implements RevisedItems {
  private constructor(private readonly sql: Sql) {}

  /** Creates the tables in the transaction. */
  static async create(sql: Sql): Promise<RevisedTable> {
    await sql.query(
      "makeRevised",
      `CREATE TEMP TABLE revised_item (nr bigint GENERATED ALWAYS AS IDENTITY, id uuid PRIMARY KEY, noun text, root_id uuid, root_noun text,
         is_new boolean, key text) ON COMMIT DROP;
       CREATE INDEX ON revised_item (noun, nr);
       CREATE TEMP TABLE touched_item (id uuid PRIMARY KEY, noun text) ON COMMIT DROP;
       CREATE TEMP TABLE revised_document (id uuid PRIMARY KEY) ON COMMIT DROP`,
    );
    return new RevisedTable(sql);
  }

  /** Adds what batches changed. */
  async add(outcomes: readonly BatchRevision[]): Promise<void> {
    const { sql } = this;
    const { revised, touched, documentIds } = revisedOnce(outcomes);
    const items = [...revised.values()].map(({ format, root, ...one }) => ({
      ...one,
      noun: format.noun,
      rootId: root.id,
      rootNoun: root.format.noun,
    }));
    const removed = items.filter(({ isGone }) => isGone);
    if (removed.length > 0)
      await sql.query(
        "touchWhatCameAndWent",
        SQL`INSERT INTO touched_item SELECT root_id, root_noun
         FROM ${unnestSql(removed, { id: "uuid", rootId: "uuid", rootNoun: "text" })} AS gone (id, root_id, root_noun)
         WHERE EXISTS (SELECT FROM revised_item r WHERE r.id = gone.id) ON CONFLICT DO NOTHING`,
      );
    if (items.length > 0)
      await sql.query(
        "noteRevised",
        SQL`INSERT INTO revised_item (id, noun, root_id, root_noun, is_new, key)
         SELECT * FROM ${unnestSql(items, { id: "uuid", noun: "text", rootId: "uuid", rootNoun: "text", isNew: "boolean", key: "text" })}
         ON CONFLICT DO NOTHING`,
      );
    if (touched.size > 0)
      await sql.query(
        "noteTouched",
        SQL`INSERT INTO touched_item SELECT * FROM unnest(${generic([...touched.keys()], "uuid[]")}, ${generic([...touched.values()], "text[]")})
         ON CONFLICT DO NOTHING`,
      );
    if (documentIds.size > 0)
      await sql.query(
        "noteRevisedDocuments",
        SQL`INSERT INTO revised_document SELECT unnest(${generic([...documentIds], "uuid[]")}) ON CONFLICT DO NOTHING`,
      );
  }

  /** Marks the remaining items as touched; call before reading. */
  async complete(): Promise<void> {
    await this.sql.query(
      "touchRevised",
      `INSERT INTO touched_item SELECT DISTINCT root_id, root_noun FROM revised_item r WHERE NOT EXISTS (
         SELECT FROM revised_item a WHERE a.id = r.root_id AND a.is_new AND a.root_id = a.id
           AND NOT EXISTS (SELECT FROM touched_item t WHERE t.id = a.id)) ON CONFLICT DO NOTHING`,
    );
    await this.sql.query("measureRevised", "ANALYZE revised_item, touched_item, revised_document");
  }

  async *added({ noun }: ItemFormat): AsyncGenerator<AddedItem[]> {
    const isAdded = raw(`root_id = id AND NOT ${IS_TOUCHED}`);
    for await (const page of this.inOrder(noun, isAdded))
      yield page.map(({ id, key }) => ({ id, key: key! }));
  }

  touched(format?: ItemFormat): AsyncIterable<string[]> {
    const noun = generic(format?.noun ?? null, "text");
    return this.byId("touched_item", SQL`(${noun} IS NULL OR noun = ${noun})`);
  }

  async *revised(format: ItemFormat): AsyncGenerator<string[]> {
    const mayHaveBeen = `(NOT is_new OR ${IS_TOUCHED}${typeOf(format) ? "" : " OR id = root_id"})`;
    for await (const page of this.inOrder(format.noun, raw(mayHaveBeen)))
      yield page.map(({ id }) => id);
  }

  documents(): AsyncIterable<string[]> {
    return this.byId("revised_document", raw("true"));
  }

  async others(ids: readonly string[]): Promise<string[]> {
    const rows = await this.sql.query<{ id: string }>(
      "notRevised",
      SQL`SELECT id FROM unnest(${generic(ids, "uuid[]")}) AS given (id)
       WHERE NOT EXISTS (SELECT FROM touched_item t WHERE t.id = given.id)
         AND NOT EXISTS (SELECT FROM revised_item r WHERE r.id = given.id) ORDER BY id`,
    );
    return rows.map(({ id }) => id);
  }

  /** Reads pages of items and entries with this noun in the order in which they were first revised. */
  private async *inOrder(noun: string, where: SqlText): AsyncGenerator<OrderedItem[]> {
    for (let after: string | null = "0"; after !== null;) {
      const page: OrderedItem[] = await this.sql.query<OrderedItem>(
        "revisedItems",
        SQL`SELECT nr, id, key FROM revised_item r WHERE noun = ${generic(noun, "text")} AND nr > ${generic(after, "bigint")} AND ${where}
         ORDER BY nr LIMIT ${raw(String(REVISED_PER_PAGE))}`,
      );
      if (page.length > 0) yield page;
      after = page.length < REVISED_PER_PAGE ? null : page.at(-1)!.nr;
    }
  }

  private async *byId(table: string, where: SqlText): AsyncGenerator<string[]> {
    for (let after: string | null = FIRST_ID; after !== null;) {
      const rows: { id: string }[] = await this.sql.query<{ id: string }>(
        "revisedIds",
        SQL`SELECT id FROM ${raw(table)} WHERE id > ${generic(after, "uuid")} AND ${where}
         ORDER BY id LIMIT ${raw(String(REVISED_PER_PAGE))}`,
      );
      if (rows.length > 0) yield rows.map(({ id }) => id);
      after = rows.length < REVISED_PER_PAGE ? null : rows.at(-1)!.id;
    }
  }
}

/** Whether the root of a revised item is touched; that of an added one is not. */
const IS_TOUCHED = "EXISTS (SELECT FROM touched_item t WHERE t.id = r.root_id)";

/** No item has it: all are derived from keys. */
const FIRST_ID = "00000000-0000-0000-0000-000000000000";

interface OrderedItem {
  /** Where it stands, as PostgreSQL writes a bigint. */
  nr: string;
  id: string;
  key: string | null;
}
