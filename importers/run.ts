import { access, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Progress } from "../src/records/record.progress.js";
import { FRUS } from "./frus/frus.js";
import { frusLines } from "./frus/volumes.js";
import { type Importer, recordLines } from "./importer.js";
import { writeLines } from "./lines.js";
import type { People } from "./people/people.js";
import { rowsOf } from "./rows.js";
import { describeTally, describeTotals, Tally } from "./tally.js";

/** Where rows come from and records go, and who is known already. */
export interface RunOptions {
  from: string;
  out: string;
  candidates?: string;
  /** TEI volumes of Foreign Relations of the United States, and where the texts of their documents go. */
  volumes: readonly string[];
  texts: string;
  /** Added to the keys of the volumes' documents; empty for none. */
  edition: string;
  people: People;
  progress: Progress;
}

/** Imports datasets one after the other, and volumes last, so that each finds the people of those before it. */
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
  if (options.volumes.length > 0) {
    const tally = new Tally();
    const run = { tally, people, territories };
    await writeLines(join(out, `${FRUS}.jsonl`), frusLines(options, run));
    progress.log(describeTally(FRUS, tally));
    tallies.push([FRUS, tally]);
  }
  progress.log(describeTotals(tallies, people.candidates.count));
  if (options.candidates !== undefined)
    await writeLines(options.candidates, people.candidates.lines());
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
