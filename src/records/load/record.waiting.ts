import { randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { type FileHandle, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { type Batch, inBatches } from "./record.batches.js";
import type { WaitingRecord } from "./record.outcome.js";

/**
 * Records that refer to items which are not on record yet: another record of the load may define them. They are kept in a temporary
 * file, so that memory does not depend on their number.
 */
export class WaitingRecords {
  /** How many records wait. */
  count = 0;
  private readonly name = join(tmpdir(), `communique-waiting-${randomUUID()}.jsonl`);
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

  /** Deletes the temporary file. */
  async close(): Promise<void> {
    await this.file?.close();
    await rm(this.name, { force: true });
  }
}

async function* recordsOf(waiting: AsyncGenerator<WaitingRecord>) {
  for await (const { record } of waiting) yield record;
}

/** Escapes what JSON does not, and node:readline takes for the end of a line. */
function lineOf(record: WaitingRecord): string {
  const json = JSON.stringify(record);
  return `${json.replaceAll("\u2028", "\\u2028").replaceAll("\u2029", "\\u2029")}\n`;
}
