import type { Sql } from "../../db/sql.js";
import { generic, raw, SQL } from "../../db/sql-text.js";
import { wordsOfPart } from "../../source/text.parts.js";
import { type LinkedType, SOURCES } from "./record.linked.sql.js";

/** An item as it is read; see record.linked.rows.ts for what it has. */
export type LinkedRow = Record<string, unknown>;

/** The number of items read at a time. */
const ITEMS = 100;

/** Counts the items of a type, of all documents or of those that these documents prove. */
export async function countItems(
  sql: Sql,
  type: LinkedType,
  documentIds: readonly string[] | null,
): Promise<number> {
  const rows = await sql.query<{ count: number }>(
    `count_${type}`,
    SQL`SELECT count(*)::int AS count FROM ${raw(SOURCES[type].table)} x ${whereOf(type, documentIds)}`,
  );
  return rows[0]!.count;
}

/** Yields the items of a type, some at a time, by a cursor. */
export async function* linkedRows(
  sql: Sql,
  type: LinkedType,
  documentIds: readonly string[] | null,
): AsyncGenerator<LinkedRow[]> {
  await sql.query(
    `open_${type}`,
    SQL`DECLARE linked_items NO SCROLL CURSOR FOR ${itemsOf(type, documentIds)}`,
  );
  for (;;) {
    const rows = await sql.query<LinkedRow>(`next_${type}`, `FETCH ${ITEMS} FROM linked_items`);
    if (rows.length === 0) break;
    yield rows;
  }
  await sql.query(`close_${type}`, "CLOSE linked_items");
}

/** Reads the first items of a type that a document proves, after this id. */
export function linkedRowsOfDocument(
  sql: Sql,
  type: LinkedType,
  documentId: string,
  limit: number,
): Promise<LinkedRow[]> {
  return sql.query(
    `linked_${type}`,
    SQL`${itemsOf(type, [documentId])} LIMIT ${generic(limit, "int")}`,
  );
}

function itemsOf(type: LinkedType, documentIds: readonly string[] | null) {
  const { table, columns } = SOURCES[type];
  const order = type === "country" ? "x.code" : "x.id";
  return SQL`SELECT ${raw(columns)} FROM ${raw(table)} x ${whereOf(type, documentIds)} ORDER BY ${raw(order)}`;
}

function whereOf(type: LinkedType, documentIds: readonly string[] | null) {
  if (documentIds === null) return raw("");
  const { citedBy } = SOURCES[type];
  const ids = generic(documentIds, "uuid[]");
  if (type === "document") return SQL`WHERE x.id = ANY (${ids})`;
  if (citedBy === undefined) return raw("WHERE false");
  return SQL`WHERE x.id IN (SELECT c.${raw(citedBy)} FROM citation c WHERE c.document_id = ANY (${ids}))`;
}

/** The number of parts of a text in memory at a time: half a megabyte of words. */
const PARTS = 32;

/**
 * Returns where in a held text the characters of two UTF-16 code units begin, in code units; null if the text is not held. The licence
 * doesn't matter: no words are returned.
 */
export async function readAstralOffsets(sql: Sql, sha256: string): Promise<Uint32Array | null> {
  const offsets: number[] = [];
  for (let after = -1; ;) {
    const rows = await sql.query<{ part: number; start: number; content: Buffer }>(
      "partsInOrder",
      SQL`SELECT part, start_offset AS start, content FROM document_text_part
       WHERE sha256 = ${generic(sha256, "text")} AND part > ${generic(after, "int")} ORDER BY part LIMIT ${generic(PARTS, "int")}`,
    );
    for (const { start, content } of rows) {
      for (const { index } of wordsOfPart(content).matchAll(/[\u{10000}-\u{10ffff}]/gu))
        offsets.push(start + index);
    }
    if (rows.length < PARTS)
      return rows.length === 0 && after < 0 ? null : Uint32Array.from(offsets);
    after = rows.at(-1)!.part;
  }
}
