import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createWriteStream, type WriteStream } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { finished } from "node:stream/promises";
import { recordsIn } from "../files/record.files.js";
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
  private file: WriteStream | undefined;

  /** Adds records. */
  async add(records: WaitingRecord[]): Promise<void> {
    if (records.length === 0) return;
    this.file ??= createWriteStream(this.name, { mode: 0o600 });
    this.count += records.length;
    const lines = records.map((record) => `${JSON.stringify(record)}\n`).join("");
    if (!this.file.write(lines)) await once(this.file, "drain");
  }

  /** Yields all of them; none can be added any more. */
  async *all(): AsyncGenerator<WaitingRecord> {
    if (!this.file) return;
    this.file.end();
    await finished(this.file);
    for await (const line of recordsIn({ name: this.name }))
      if ("value" in line) yield line.value as WaitingRecord;
  }

  /** Yields them in batches. */
  batches(): AsyncGenerator<Batch> {
    return inBatches(recordsOf(this.all()));
  }

  /** Deletes the temporary file. */
  async close(): Promise<void> {
    this.file?.destroy();
    await rm(this.name, { force: true });
  }
}

async function* recordsOf(waiting: AsyncGenerator<WaitingRecord>) {
  for await (const { record } of waiting) yield record;
}
