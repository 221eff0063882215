import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DataSource } from "typeorm";
import { loadFiles } from "../../src/records/load/record.load.js";
import { fableText, fableWith } from "../fixtures/fable.js";
import { recordOf, type Told, writeTexts } from "../fixtures/texts.js";

/** Six hundred lines of forty characters, each of which a statement cites: a text in three parts. */
const LINES = Array.from(
  { length: 600 },
  (_, i) => `${String(i).padStart(3, "0")} Ada Floe said that fish are free`,
);
export const LONG_TEXT: Told = {
  key: "long",
  text: LINES.map((line) => `${line.padEnd(39, ".")}\n`).join(""),
  licence: "public-domain",
  said: Object.fromEntries(LINES.map((line, i) => [`said-${i}`, line])),
};

/** Loads the fable with its text, which may be shown: the shipped record has none that may. */
export async function loadFable(dataSource: DataSource): Promise<void> {
  const record = fableWith({ "/document/licence": "CC-BY-4.0" });
  await loadWithText(dataSource, record, { "the-herring-pact": fableText });
}

/** Loads a text with very many passages. */
export async function loadLongText(dataSource: DataSource): Promise<void> {
  await loadWithText(dataSource, recordOf(LONG_TEXT), { [LONG_TEXT.key]: LONG_TEXT.text });
}

async function loadWithText(
  dataSource: DataSource,
  record: object,
  texts: Record<string, string>,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "communique-text-"));
  try {
    const file = join(folder, "record.json");
    await writeFile(file, JSON.stringify(record));
    await writeTexts(folder, texts);
    const faults: unknown[] = [];
    const onFault = (fault: unknown) => void faults.push(fault);
    await loadFiles(dataSource, [file], { text: folder, onFault });
    if (faults.length > 0) throw new Error(`refused: ${JSON.stringify(faults)}`);
  } finally {
    await rm(folder, { recursive: true });
  }
}
