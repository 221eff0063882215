import type { Sql } from "../db/sql.js";
import { nextCharacter } from "../source/text.parts.js";
import { UnknownDocument } from "../records/export/record.export.unknown.js";
import { type CitedPassage, readStatement } from "./statement.passages.store.js";
import { readKeptText } from "../records/texts/record.texts.store.js";

/** How many code units are shown on either side of a passage. */
const AROUND = 200;

/** Describes a statement with the passages that prove it; throws `UnknownDocument` if no statement has the key. */
export async function describePassages(sql: Sql, key: string): Promise<string> {
  const statement = await readStatement(sql, key);
  if (!statement) throw new UnknownDocument(`no statement on record has the key "${key}"`);
  const { form, date, speakers, text, citations } = statement;
  const lines = [[key, form, date, ...speakers].filter(Boolean).join("  "), text];
  for (const citation of citations) lines.push("", ...(await describe(sql, citation)));
  return lines.join("\n");
}

async function describe(sql: Sql, citation: CitedPassage): Promise<string[]> {
  const { document, url, start, end, locator, sha256, exact } = citation;
  const place = locator ?? `${start}–${end}`;
  const head = [document, place, ...(url === null ? [] : [url])].join("  ");
  const words = start === null || sha256 === null ? null : await readKeptText(sql, sha256);
  if (words !== null) return [head, shown(words, start!, end!)];
  return [
    head,
    exact ?? (locator === null ? "(the text is not kept: load it with --text)" : ""),
  ].filter(Boolean);
}

/** Returns a passage between marks, with the words around it. */
function shown(words: string, start: number, end: number): string {
  const from = nextCharacter(words, Math.max(start - AROUND, 0));
  const to = nextCharacter(words, end + AROUND);
  const before = `${from > 0 ? "…" : ""}${words.slice(from, start)}`;
  const after = `${words.slice(end, to)}${to < words.length ? "…" : ""}`;
  return `${before}»${words.slice(start, end)}«${after}`;
}
