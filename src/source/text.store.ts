import DataLoader from "dataloader";
import type { Sql } from "../db/sql.js";
import { SQL, unnestSql } from "../db/sql-text.js";
import { OPEN_LICENCES } from "./open-licence.js";
import { nextCharacter, partsOfPassage, wordsOfPart } from "./text.parts.js";

/** Part of the text of a document. Offsets are UTF-16 code units, as everywhere. */
export interface TextWindow {
  documentId: string;
  /** Of the text: the document's, or of an earlier edition of it. */
  sha256: string;
  start: number;
  end: number;
}

/** What may be shown of a window. */
export interface ShownText {
  /** Of the whole text. */
  length: number;
  /** Shorter where the text ends before. A character belongs to the window in which it begins. */
  words: string;
}

/** So many parts are read by one statement, which are about a megabyte compressed. */
const MAX_PARTS = 200;

/** What is read for a window of which no part is needed, which still tells whether the text may be shown. */
const NO_PART = -1;

/**
 * Reads windows of texts: null for one of a text that is not kept, or that may not be shown since the document's licence is not known to be
 * open. A text that a citation names must not be that of another document whose licence is not. One statement reads all parts, each once.
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

/** Loads windows of texts: those that are asked for together are read together. */
export function windowLoader(sql: Sql): DataLoader<TextWindow, ShownText | null, string> {
  return new DataLoader((windows) => readWindows(sql, windows), {
    cacheKeyFn: ({ documentId, sha256, start, end }) => `${documentId}${sha256}${start}-${end}`,
  });
}
