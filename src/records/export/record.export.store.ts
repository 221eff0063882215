import type { Sql } from "../../db/sql.js";
import { generic, joinSql, raw, SQL, type SqlText } from "../../db/sql-text.js";
import { DOCUMENT_LINKS } from "./record.export.sql.js";
import { DOCUMENT } from "../record.format.js";
import type { ItemFormat } from "../record.item.js";

/** A document, with what it is sorted by. */
export interface ExportedDocument {
  id: string;
  key: string;
  /** The first day of its date; null if it has none. */
  date: string | null;
}

/** A reference from one document's record to another's; the firmest cannot be deferred. */
export interface DocumentLink {
  from: string;
  to: string;
  firmness: number;
}

/** An item in the record of a document. */
export interface RankedItem {
  /** The document's index in the order of the export. */
  rank: number;
  id: string;
}

/** The label and owner of an item that is referred to. */
export interface ItemName {
  id: string;
  label: string;
  /** The document whose record owns it. */
  owner: string;
  /** Of a statement: its position in its document. */
  position: number | null;
  /** Of a document: the hash of its text. */
  sha256: string | null;
}

/** Sets up a read-only snapshot: all later reads see the same state. */
export async function beginSnapshot(sql: Sql): Promise<void> {
  await sql.query("readOnly", "SET TRANSACTION READ ONLY");
  // Cursors are read to the end, so plans that favour the first rows are of no use.
  await sql.query("wholeCursors", "SET LOCAL cursor_tuple_fraction = 1");
}

/** Yields the rows of a query, this many at a time, by a cursor. One is open at a time. */
export async function* rowsByCursor<Row>(
  sql: Sql,
  name: string,
  query: SqlText,
  size: number,
): AsyncGenerator<Row[]> {
  await sql.query(`open_${name}`, SQL`DECLARE exported_rows NO SCROLL CURSOR FOR ${query}`);
  for (;;) {
    const rows = await sql.query<Row>(`next_${name}`, `FETCH ${size} FROM exported_rows`);
    if (rows.length === 0) break;
    yield rows;
  }
  await sql.query(`close_${name}`, "CLOSE exported_rows");
}

/** Reads all documents. */
export function readDocuments(sql: Sql): Promise<ExportedDocument[]> {
  return sql.query("exportedDocuments", "SELECT id, key, date_from AS date FROM source_document");
}

/** Reads which documents refer to which others. */
export function readLinks(sql: Sql): Promise<DocumentLink[]> {
  return sql.query("documentLinks", DOCUMENT_LINKS);
}

/** Opens a cursor over the items of one format in the records of these documents, in their order. */
export async function openItems(
  sql: Sql,
  format: ItemFormat,
  documentIds: string[],
): Promise<void> {
  const { table, key, options } = format;
  const sortedBy = [options.depth, options.sortedBy, `t.${key!} COLLATE "C"`].filter(Boolean);
  await sql.query(
    `open_${table}`,
    SQL`DECLARE items_${raw(table)} NO SCROLL CURSOR FOR
     SELECT (d.rank - 1)::int AS rank, t.id
     FROM (SELECT wanted.id, wanted.rank, issuer_id FROM unnest(${generic(documentIds, "uuid[]")}) WITH ORDINALITY AS wanted (id, rank)
           JOIN source_document USING (id)) AS d
     JOIN (
       SELECT owner_id AS document_id, id AS item_id FROM ${raw(table)}
       UNION SELECT c.document_id, c.item_id FROM record_claim c JOIN ${raw(table)} t ON t.id = c.item_id
     ) AS given ON given.document_id = d.id
     JOIN ${raw(table)} t ON t.id = given.item_id
     ORDER BY d.rank, ${raw(sortedBy.join(", "))}`,
  );
}

/** Fetches the next items from that cursor; none at its end. */
export function nextItems(sql: Sql, { table }: ItemFormat): Promise<RankedItem[]> {
  return sql.query(`next_${table}`, `FETCH 1000 FROM items_${table}`);
}

/** Reads the labels and owners of items. */
export async function readNames(
  sql: Sql,
  ids: ReadonlyMap<ItemFormat, Iterable<string>>,
): Promise<Map<string, ItemName>> {
  if (ids.size === 0) return new Map();
  const parts = [...ids].map(([{ table, key, owner, hasPosition }, some]) => {
    const position = hasPosition ? "position" : "NULL::int";
    const sha256 = table === DOCUMENT.table ? "sha256" : "NULL";
    const columns = `${key} AS label, ${owner} AS owner, ${position} AS position, ${sha256} AS sha256`;
    return SQL`SELECT id, ${raw(columns)} FROM ${raw(table)} WHERE id = ANY (${generic([...some], "uuid[]")})`;
  });
  const rows = await sql.query<ItemName>("namesOfItems", joinSql(parts, " UNION ALL "));
  return new Map(rows.map((row) => [row.id, row]));
}
