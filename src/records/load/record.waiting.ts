import { randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { type FileHandle, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { type Batch, inBatches } from "./record.batches.js";
import { cyclesOf } from "./record.cycles.js";
import type { WaitingRecord } from "./record.outcome.js";

/** Records that may wait for each other are held in memory up to either limit; no cycle is found among later ones. */
const MAX_TOGETHER = 1_000;
const MAX_CHARACTERS = 10_000_000;

/**
 * Records that refer to items which are not on record yet: another record of the load may define them. They are kept in a temporary
 * file, so that memory does not depend on their number.
 */
export class WaitingRecords {
  /** How many records wait. */
  count = 0;
  private name = join(tmpdir(), `communique-waiting-${randomUUID()}.jsonl`);
  private file: FileHandle | undefined;

  /** Adds records. */
  async add(records: WaitingRecord[]): Promise<void> {
    for (const record of records) {
      this.file ??= await open(this.name, "wx", 0o600);
      this.count++;
      await this.file.appendFile(lineOf(record));
    }
  }

  /** Yields all of them; none can be added any more. */
  async *all(): AsyncGenerator<WaitingRecord> {
    if (!this.file) return;
    // Lines of any length: escaped, the text of a record may be larger than a record file may have.
    const lines = createInterface({ input: createReadStream(this.name), crlfDelay: Infinity });
    for await (const line of lines) yield JSON.parse(line) as WaitingRecord;
  }

  /** Yields them in batches. */
  batches(): AsyncGenerator<Batch> {
    return inBatches(recordsOf(this.all()));
  }

  /** Returns those of the first ones that wait for nothing but each other. */
  async cycles(): Promise<WaitingRecord[][]> {
    const first: WaitingRecord[] = [];
    let characters = 0;
    for await (const one of this.all()) {
      characters += one.record.source.text?.length ?? 0;
      if (first.length === MAX_TOGETHER || characters > MAX_CHARACTERS) break;
      first.push(one);
    }
    return cyclesOf(first);
  }

  /** Removes these. */
  async remove(some: readonly WaitingRecord[]): Promise<void> {
    const gone = new Set(some.map(placeOf));
    const left = new WaitingRecords();
    for await (const one of this.all()) if (!gone.has(placeOf(one))) await left.add([one]);
    await this.close();
    [this.name, this.file, this.count] = [left.name, left.file, left.count];
  }

  /** Deletes the temporary file. */
  async close(): Promise<void> {
    await this.file?.close();
    await rm(this.name, { force: true });
  }
}

/** Returns what identifies a record of a load: where it was read from. */
function placeOf({ record: { source } }: WaitingRecord): string {
  return `${source.line} ${source.file}`;
}

async function* recordsOf(waiting: AsyncGenerator<WaitingRecord>) {
  for await (const { record } of waiting) yield record;
}

/** Escapes what JSON does not, and node:readline takes for the end of a line. */
function lineOf(record: WaitingRecord): string {
  const json = JSON.stringify(record);
  return `${json.replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029")}\n`;
}
