import { stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Progress } from "../../src/records/record.progress.js";
import type { Run } from "../importer.js";
import { Elsewhere } from "./elsewhere.js";
import { FrusImport } from "./frus.js";
import { memorandumIn } from "./memorandum.js";
import { rosterOf } from "./roster.js";
import { documentsOf } from "./tei.js";

/** Which volumes are read, and where their texts go. */
interface VolumesOptions {
  volumes: readonly string[];
  texts: string;
  edition: string;
  progress: Progress;
}

/** Yields a line of records for each memorandum of some volumes, and writes its text to `<document key>.txt`. */
export async function* frusLines(
  { volumes, texts, edition, progress }: VolumesOptions,
  run: Run,
): AsyncGenerator<string> {
  const sizes = await Promise.all(volumes.map(async (volume) => (await stat(volume)).size));
  // Each volume is read twice: a list may leave out for whom people act, which a later one says.
  const total = 2 * sizes.reduce((sum, size) => sum + size, 0);
  const frus = new FrusImport(run, edition);
  let read = 0;
  const onBytes = (bytes: number) => {
    read += bytes;
    progress.update({ read, total, records: run.tally.records });
  };
  for (const volume of volumes) {
    const lists = await listsIn(volume, onBytes);
    for await (const source of documentsOf(volume, onBytes)) {
      const record = frus.record(source, (name, listed) => lists.countryOf(name, listed));
      if (record === null) continue;
      const { document, facts, text } = record;
      run.tally.count(facts);
      run.people.learn(facts);
      await writeFile(join(texts, `${document.key}.txt`), text);
      yield `${JSON.stringify({ format: "communique-record/1", document, ...facts })}\n`;
    }
  }
}

/** Reads for whom people act by the lists of participants of a volume. */
async function listsIn(volume: string, onBytes: (bytes: number) => void): Promise<Elsewhere> {
  const lists = new Elsewhere();
  for await (const source of documentsOf(volume, onBytes)) {
    const memorandum = memorandumIn(source);
    if (typeof memorandum !== "string")
      lists.learn(rosterOf(memorandum, source.persons, () => null).participants);
  }
  return lists;
}
