import type { Sql } from "../../db/sql.js";
import { CITED_FACT, DOCUMENT_LINKS, entriesIn } from "./record.export.sql.js";
import type { ItemFormat } from "../record.item.js";
import { PROVEN } from "../record.items.js";

/** A document as it is put in order. */
export interface ExportedDocument {
  id: string;
  key: string;
  /** The first day that its date can mean; null where there is none. */
  date: string | null;
}

/** That a document's record refers to what another's defines; the firmer, the less it can wait. */
export interface DocumentLink {
  from: string;
  to: string;
  firmness: number;
}

/** That the record of a document speaks of an item: its own, or one that it adds something to. */
export interface SpokenOf {
  /** The document's place in the order. */
  rank: number;
  id: string;
}

/** What something that is referred to is called, and who defines it. */
export interface Named {
  id: string;
  label: string;
  /** The document whose record owns it. */
  owner: string;
  /** Where it stands in its document, of a statement. */
  position: number | null;
}

/** Everything from here on sees the records as they are at this moment. */
export async function beginSnapshot(sql: Sql): Promise<void> {
  await sql.query("readOnly", "SET TRANSACTION READ ONLY");
  // The rows of a cursor are all fetched, so that a plan with a quick start is of no use.
  await sql.query("wholeCursors", "SET LOCAL cursor_tuple_fraction = 1");
}

/** Every document. */
export function readDocuments(sql: Sql): Promise<ExportedDocument[]> {
  return sql.query("exportedDocuments", "SELECT id, key, date_from AS date FROM source_document");
}

/** Which documents refer to which others. */
export function readLinks(sql: Sql, adopted: string[]): Promise<DocumentLink[]> {
  return sql.query("documentLinks", DOCUMENT_LINKS, [adopted]);
}

/**
 * Citations that count as their fact's owner's, who would have none else: of a fact that only other records cite
 * by now, the first. No record tells a fact without a citation.
 */
export async function readAdopted(sql: Sql): Promise<string[]> {
  const rows = await sql.query<{ id: string }>(
    "adoptedCitations",
    `WITH fact (id, owner_id) AS (
       ${PROVEN.map(({ table }) => `SELECT id, owner_id FROM ${table}`).join(" UNION ALL ")})
     SELECT DISTINCT ON (fact.id) c.id FROM fact JOIN citation c ON fact.id = ${CITED_FACT}
     WHERE NOT EXISTS (SELECT FROM (SELECT ${CITED_FACT} AS fact_id, c.owner_id FROM citation c) AS own
       WHERE own.fact_id = fact.id AND own.owner_id = fact.owner_id)
     ORDER BY fact.id, c.id`,
  );
  return rows.map(({ id }) => id);
}

/** Opens the list of the items of a kind that these documents speak of, document by document. */
export async function openItems(
  sql: Sql,
  format: ItemFormat,
  documentIds: string[],
  adopted: string[],
): Promise<void> {
  const { table, key, options } = format;
  const sortedBy = [options.depth, options.sortedBy, `t.${key!} COLLATE "C"`].filter(Boolean);
  const entries = entriesIn(format);
  await sql.query(
    `open_${table}`,
    `DECLARE items_${table} NO SCROLL CURSOR FOR
     ${entries ? `WITH entry (id, item_id, owner_id) AS (${entries})` : ""}
     SELECT (d.rank - 1)::int AS rank, t.id
     FROM (SELECT wanted.id, wanted.rank, issuer_id FROM unnest($1::uuid[]) WITH ORDINALITY AS wanted (id, rank)
           JOIN source_document USING (id)) AS d
     JOIN (
       SELECT owner_id AS document_id, id AS item_id FROM ${table}
       UNION SELECT e.document_id, e.item_id FROM record_extension e JOIN ${table} t ON t.id = e.item_id
       ${entries ? ADDED_ENTRIES : ""}
     ) AS spoken_of ON spoken_of.document_id = d.id
     JOIN ${table} t ON t.id = spoken_of.item_id
     ORDER BY d.rank, ${sortedBy.join(", ")}`,
    entries ? [documentIds, adopted] : [documentIds],
  );
}

const ADDED_ENTRIES = `
  UNION SELECT owner_id, item_id FROM entry WHERE id <> ALL ($2::uuid[])
  UNION SELECT e.document_id, entry.item_id FROM record_extension e JOIN entry ON entry.id = e.item_id`;

/** The next of such a list; none at its end. */
export function nextItems(sql: Sql, { table }: ItemFormat): Promise<SpokenOf[]> {
  return sql.query(`next_${table}`, `FETCH 1000 FROM items_${table}`);
}

/** What these are called. */
export async function readNames(
  sql: Sql,
  ids: ReadonlyMap<ItemFormat, Iterable<string>>,
): Promise<Map<string, Named>> {
  const formats = [...ids.keys()];
  if (formats.length === 0) return new Map();
  const parts = formats.map(({ table, key, owner, hasPosition }, i) => {
    const position = hasPosition ? "position" : "NULL::int";
    return `SELECT id, ${key} AS label, ${owner} AS owner, ${position} AS position
            FROM ${table} WHERE id = ANY ($${i + 1}::uuid[])`;
  });
  const rows = await sql.query<Named>(
    "namesOfItems",
    parts.join(" UNION ALL "),
    formats.map((format) => [...ids.get(format)!]),
  );
  return new Map(rows.map((row) => [row.id, row]));
}
