import DataLoader from "dataloader";
import type { Sql } from "../db/sql.js";
import { generic, SQL, unnestSql } from "../db/sql-text.js";
import { OPEN_LICENCES } from "./open-licence.js";
import { nextCharacter, partsOfPassage, type TextPart, wordsOfPart } from "./text.parts.js";

/** Part of the text of a document. Offsets are UTF-16 code units, as everywhere. */
export interface TextWindow {
  documentId: string;
  /** That of the document's text, or of an earlier edition of it. */
  sha256: string;
  start: number;
  end: number;
}

/** The part of a window that may be shown. */
export interface ShownText {
  /** The length of the whole text. */
  length: number;
  /** Shorter where the text ends before. A character belongs to the window in which it begins. */
  words: string;
}

/** With this many parts, about a megabyte compressed, further windows are read by another SQL statement. */
const MAX_PARTS = 200;

/** Read for a window that needs no part, to find out whether the text may be shown. */
const NO_PART = -1;

/**
 * Reads windows of texts. Null if the text is not stored, or may not be shown: the document's licence is not known to be open, or the
 * text is an earlier edition that is also the text of another document whose licence is not. Each SQL statement reads a part once.
 */
export async function readWindows(
  sql: Sql,
  windows: readonly TextWindow[],
): Promise<(ShownText | null)[]> {
  const shown: (ShownText | null)[] = [];
  for (let at = 0; at < windows.length;) {
    let end = at;
    const parts = new Map<string, PartKey>();
    do {
      for (const part of partsFor(windows[end]!)) parts.set(nameOf(part), part);
    } while (++end < windows.length && parts.size < MAX_PARTS);
    const read = await readParts(sql, [...parts.values()]);
    for (const window of windows.slice(at, end)) shown.push(shownOf(window, read));
    at = end;
  }
  return shown;
}

interface PartKey {
  documentId: string;
  sha256: string;
  part: number;
}

interface ReadPart {
  length: number;
  start: number;
  words: string | null;
}

function partsFor({ documentId, sha256, start, end }: TextWindow): PartKey[] {
  const numbers = partsOfPassage(start, end);
  return (numbers.length > 0 ? numbers : [NO_PART]).map((part) => ({ documentId, sha256, part }));
}

function nameOf({ documentId, sha256, part }: PartKey): string {
  return `${documentId} ${sha256} ${part}`;
}

async function readParts(sql: Sql, parts: readonly PartKey[]): Promise<Map<string, ReadPart>> {
  const rows = await sql.query<{
    at: number;
    length: number;
    start: number;
    content: Buffer | null;
  }>(
    "textParts",
    SQL`SELECT k.at::int - 1 AS at, t.length, p.start_offset AS start, p.content
     FROM ${unnestSql(parts, { documentId: "uuid", sha256: "text", part: "int" })} WITH ORDINALITY AS k (document_id, sha256, part, at)
       JOIN source_document d ON d.id = k.document_id AND lower(d.licence) = ANY (${OPEN_LICENCES})
       JOIN document_text t ON t.sha256 = k.sha256
       LEFT JOIN document_text_part p ON p.sha256 = k.sha256 AND p.part = k.part
     WHERE d.sha256 = k.sha256 OR NOT EXISTS (
       SELECT FROM source_document o WHERE o.sha256 = k.sha256 AND (lower(o.licence) = ANY (${OPEN_LICENCES})) IS NOT TRUE)`,
  );
  return new Map(
    rows.map(({ at, length, start, content }) => [
      nameOf(parts[at]!),
      { length, start, words: content && wordsOfPart(content) },
    ]),
  );
}

function shownOf(window: TextWindow, parts: ReadonlyMap<string, ReadPart>): ShownText | null {
  const found = partsFor(window).map((part) => parts.get(nameOf(part)));
  const [first] = found;
  if (!first) return null;
  const words = found.map((part) => part?.words ?? "").join("");
  const from = nextCharacter(words, Math.max(window.start - first.start, 0));
  const to = nextCharacter(words, Math.max(window.end - first.start, 0));
  return { length: first.length, words: copyOf(words.slice(from, to)) };
}

/** A slice would keep the whole part in memory until the end of the request. */
function copyOf(words: string): string {
  return Buffer.from(words, "utf16le").toString("utf16le");
}

/** Loads windows of texts in batches. */
export function windowLoader(sql: Sql): DataLoader<TextWindow, ShownText | null, string> {
  return new DataLoader((windows) => readWindows(sql, windows), {
    cacheKeyFn: ({ documentId, sha256, start, end }) => `${documentId}${sha256}${start}-${end}`,
  });
}

/** The number of parts of a text in memory at a time: half a megabyte of words. */
const PARTS_AT_ONCE = 32;

/**
 * Returns where in a held text the characters of two UTF-16 code units begin, in code units; null if the text is not held. The licence
 * doesn't matter: no words are returned.
 */
export async function readAstralOffsets(sql: Sql, sha256: string): Promise<Uint32Array | null> {
  const offsets: number[] = [];
  for (let after = -1; ;) {
    const rows = await sql.query<TextPart>(
      "partsInOrder",
      SQL`SELECT part, start_offset AS start, content FROM document_text_part
       WHERE sha256 = ${generic(sha256, "text")} AND part > ${generic(after, "int")} ORDER BY part LIMIT ${generic(PARTS_AT_ONCE, "int")}`,
    );
    for (const { start, content } of rows) {
      for (const { index } of wordsOfPart(content).matchAll(/[\u{10000}-\u{10ffff}]/gu))
        offsets.push(start + index);
    }
    if (rows.length < PARTS_AT_ONCE)
      return rows.length === 0 && after < 0 ? null : Uint32Array.from(offsets);
    after = rows.at(-1)!.part;
  }
}
