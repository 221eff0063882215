import type { Sql } from "../../db/sql.js";
import { DatabaseError } from "../../db/db.errors.js";
import { generic, raw, SQL } from "../../db/sql-text.js";
import {
  asRecorded,
  ITEM_TABLES,
  type ItemTable,
  RECORDED_TABLES,
  withTables,
} from "../judgements/record.as-recorded.js";
import { DOCUMENT } from "../record.format.js";
import type { ItemFormat } from "../record.item.js";
import { containersOf, ENTRIES, TOP_LEVEL_ITEMS } from "../record.items.js";
import { typeOf } from "../revisions/record.types.js";

/** What the history keeps of items beside their own tables: what each record gives, and parents that are not shown. */
const BESIDE: readonly ItemTable[] = ["record_claim", "parent_passed_over"].map((table) => ({
  table,
  id: "item_id",
  noun: "",
}));

const NOUN_OF_TYPE = [DOCUMENT, ...TOP_LEVEL_ITEMS]
  .filter(typeOf)
  .map((format) => `WHEN '${typeOf(format)}' THEN '${format.noun}'`)
  .join(" ");

/**
 * Returns an executor whose statements read all items as they were recorded at a revision, 0 being before the first. It
 * only works in the current transaction, which must not be read-only yet, since it makes temporary tables; what they hold grows with what
 * changed since.
 */
export async function asOf(sql: Sql, revision: number): Promise<Sql> {
  try {
    await createItemThen(sql);
  } catch (error) {
    if ((error as { code?: string }).code !== "25006") throw error;
    throw new DatabaseError(
      "The database is read-only: the record as of the past is read with temporary tables. Ask its primary, as its owner.",
    );
  }
  await fillItemThen(sql, revision);
  const nouns = await readNounsThen(sql);
  if (nouns === null) return asRecorded(sql);
  await createTablesThen(sql, nouns);
  return withTables(sql, tablesThen(nouns));
}

/** Creates the temporary table of items whose record was another one at a revision. It goes at the end of the transaction. */
async function createItemThen(sql: Sql): Promise<void> {
  await sql.query(
    "makeItemThen",
    `CREATE TEMP TABLE item_then (
       id uuid PRIMARY KEY, noun text NOT NULL,
       -- Its rows by table at that revision; null if there were none.
       tables jsonb,
       -- The first revision after it that changed the item.
       revision int NOT NULL,
       -- The first after it before which the item was not on record.
       absent_before int
     ) ON COMMIT DROP`,
  );
}

/** Fills it with what revisions after this one changed. An item that was ADDED was not on record before. */
async function fillItemThen(sql: Sql, revision: number): Promise<void> {
  const after = generic(revision, "int");
  await sql.query(
    "fillItemThen",
    SQL`INSERT INTO item_then (id, noun, tables, revision, absent_before)
     SELECT DISTINCT ON (id) id, noun, tables, revision,
       min(revision) FILTER (WHERE tables IS NULL) OVER (PARTITION BY id)
     FROM (
       SELECT item_id, noun, tables, revision FROM item_before WHERE revision > ${after}
       UNION ALL SELECT item_id, CASE type ${raw(NOUN_OF_TYPE)} END, NULL, revision
         FROM record_change WHERE revision > ${after} AND kind = 'ADDED'
     ) AS change (id, noun, tables, revision)
     ORDER BY id, revision`,
  );
  for (const entry of ENTRIES) await sql.query(`absent_${entry.table}`, absentWithContainer(entry));
}

/** An entry is not on record before its container. Those added together with it have no history of their own. */
function absentWithContainer(format: ItemFormat): string {
  const { table, noun } = format;
  const columns = containersOf(format).map(({ column }) => column);
  const stored = columns.map((column) => `t.${column}`).join(", ");
  const kept = columns.map((column) => `e.tables#>>'{${table},0,${column}}'`).join(", ");
  return `WITH ${RECORDED_TABLES}
    INSERT INTO item_then AS entry (id, noun, tables, revision, absent_before)
    SELECT found.id, '${noun}', NULL, c.absent_before, c.absent_before FROM (
      SELECT t.id, coalesce(${stored}) FROM ${table} t
      UNION SELECT e.id, coalesce(${kept})::uuid FROM item_then e WHERE e.noun = '${noun}' AND e.tables IS NOT NULL
    ) AS found (id, container_id) JOIN item_then c ON c.id = found.container_id AND c.absent_before IS NOT NULL
    ON CONFLICT (id) DO UPDATE SET absent_before = least(entry.absent_before, excluded.absent_before),
      tables = CASE WHEN entry.revision < excluded.absent_before THEN entry.tables END`;
}

/** Reads the nouns of items that differed then, and of those shown otherwise than recorded; null if none differed. */
async function readNounsThen(sql: Sql): Promise<ReadonlySet<string> | null> {
  const rows = await sql.query<{ noun: string; isThen: boolean }>(
    "nounsThen",
    `SELECT noun, bool_or(is_then) AS "isThen" FROM (
       SELECT noun, true FROM item_then UNION ALL SELECT noun, false FROM item_as_recorded) AS found (noun, is_then)
     GROUP BY noun`,
  );
  return rows.some(({ isThen }) => isThen) ? new Set(rows.map(({ noun }) => noun)) : null;
}

/** Returns the tables whose rows differed then. */
function tablesOf(nouns: ReadonlySet<string>): ItemTable[] {
  return [...ITEM_TABLES.filter(({ noun }) => nouns.has(noun)), ...BESIDE];
}

/** Creates a temporary table for each table, with the rows that differed then or are shown otherwise than recorded. */
async function createTablesThen(sql: Sql, nouns: ReadonlySet<string>): Promise<void> {
  const statements = tablesOf(nouns).map((one) => {
    const { table, noun } = one;
    const rows = (from: string, where: string) =>
      `SELECT p.* FROM ${from} r CROSS JOIN LATERAL jsonb_populate_recordset(NULL::${table}, r.tables->'${table}') AS p WHERE ${where}`;
    const isJudged = `r.noun = '${noun}' AND NOT EXISTS (SELECT FROM item_then i WHERE i.id = r.id)`;
    const own = `${rows("item_then", `r.noun = '${noun}'`)} UNION ALL ${rows("item_as_recorded", isJudged)}`;
    return `CREATE TEMP TABLE ${thenOf(table)} ON COMMIT DROP AS ${noun === "" ? rows("item_then", "true") : own};
      ${indexedIn(one)
        .map((column) => `CREATE INDEX ON ${thenOf(table)} (${column});`)
        .join(" ")}
      ANALYZE ${thenOf(table)};`;
  });
  await sql.query("makeTablesThen", `ANALYZE item_then; ${statements.join("\n")}`);
}

/** The columns by which rows of a table are looked up. */
function indexedIn({ table, id, noun }: ItemTable): string[] {
  const entry = ENTRIES.find((format) => format.table === table && format.noun === noun);
  return [id, ...(entry ? containersOf(entry).map(({ column }) => column) : [])];
}

function thenOf(table: string): string {
  return `${table}_then`;
}

/** Returns common table expressions that stand for the tables of these nouns: their rows at that revision, as recorded. */
function tablesThen(nouns: ReadonlySet<string>): string {
  return tablesOf(nouns)
    .map(({ table, id, noun }) => {
      const isJudged = `EXISTS (SELECT FROM item_as_recorded r WHERE r.id = t.${id})`;
      return `${table} AS NOT MATERIALIZED (
        SELECT t.* FROM ${table} t WHERE NOT EXISTS (SELECT FROM item_then r WHERE r.id = t.${id})
          ${noun === "" ? "" : `AND NOT ${isJudged}`}
        UNION ALL SELECT * FROM pg_temp.${thenOf(table)})`;
    })
    .join(",\n");
}
