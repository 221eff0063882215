import { createHash } from "node:crypto";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import type { Sql } from "../../db/sql.js";
import { textFileOf } from "../check/record.texts.js";
import { UnknownDocument } from "../export/record.export.unknown.js";
import { type DocumentTexts, readDocumentTexts } from "./record.texts.export.store.js";
import { readKeptText } from "./record.texts.store.js";

/** Writes the kept texts of documents, of all by default, into a directory; returns how many. One text at a time is in memory. */
export async function exportTexts(sql: Sql, directory: string, keys?: string[]): Promise<number> {
  await mkdir(directory, { recursive: true });
  const wanted = new Set(keys);
  let count = 0;
  let after = "";
  for (;;) {
    const page = await readDocumentTexts(sql, after, keys ?? null);
    for (const document of page) {
      wanted.delete(document.key);
      count += await exportTextsOf(sql, directory, document);
    }
    if (page.length === 0) break;
    after = page.at(-1)!.key;
  }
  if (wanted.size > 0)
    throw new UnknownDocument(
      [...wanted].map((key) => `no text of a document "${key}" is kept`).join("\n"),
    );
  return count;
}

async function exportTextsOf(
  sql: Sql,
  directory: string,
  document: DocumentTexts,
): Promise<number> {
  const { key, sha256, texts } = document;
  for (const one of texts) {
    const words = (await readKeptText(sql, one)) ?? "";
    if (createHash("sha256").update(words).digest("hex") !== one)
      throw new UnknownDocument(`the kept text of "${key}" has not the sha256 ${one} any more`);
    const file = textFileOf(directory, key, one === sha256 ? undefined : one);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, words);
  }
  return texts.length;
}
