import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { access, rename, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import type { Progress } from "../src/records/progress.js";
import { type Importer, recordLines } from "./importer.js";
import type { People } from "./people/people.js";
import { rowsOf } from "./rows.js";
import { describeTally, describeTotals, Tally } from "./tally.js";

/** Where rows come from and records go, and who is known already. */
export interface RunOptions {
  from: string;
  out: string;
  candidates?: string;
  people: People;
  progress: Progress;
}

/** Imports datasets one after the other, so that each finds the people of those before it. */
export async function importAll(datasets: readonly Importer[], options: RunOptions): Promise<void> {
  const { from, out, people, progress } = options;
  const territories = await territoriesIn(join(from, "territories.ndjson"));
  const tallies: [string, Tally][] = [];
  for (const importer of datasets) {
    const { key } = importer.document;
    const file = join(from, `${key}.ndjson`);
    const tally = new Tally();
    const total = (await stat(file)).size;
    let read = 0;
    const rows = rowsOf([file], (bytes) => {
      read += bytes;
      progress.update({ read, total, records: tally.records });
    });
    await writeLines(
      join(out, `${key}.jsonl`),
      recordLines(importer, rows, { tally, people, territories }),
    );
    progress.log(describeTally(key, tally));
    tallies.push([key, tally]);
  }
  progress.log(describeTotals(tallies, people.candidates.count));
  if (options.candidates !== undefined)
    await writeLines(options.candidates, people.candidates.lines());
}

/** Writes a file under another name until it is whole, so that no half of one is left. */
async function writeLines(
  path: string,
  lines: AsyncIterable<string> | Iterable<string>,
): Promise<void> {
  const part = `${path}.part`;
  try {
    const out = createWriteStream(part);
    for await (const line of lines) if (!out.write(line)) await once(out, "drain");
    await finished(out.end());
    await rename(part, path);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
}

/** Reads country codes by territory id; none if there is no such file. */
async function territoriesIn(file: string): Promise<Map<string, string>> {
  const countries = new Map<string, string>();
  try {
    await access(file);
  } catch {
    return countries;
  }
  for await (const { id, country_code: code } of rowsOf([file]))
    if (typeof code === "string") countries.set(id, code);
  return countries;
}
