import { setTimeout as sleep } from "node:timers/promises";
import { checkRecord, repeatedProperties } from "../check/record.check.js";
import type { RecordFault, RecordSource } from "../record.faults.js";
import type { RecordFile } from "../files/record.file-list.js";
import { recordsIn } from "../files/record.files.js";
import type { SourceRecord } from "../record.format.js";
import { parseRecord } from "../check/record.schema-faults.js";

/** A record that matches the schema, and the text it was read from. */
export interface ReadRecord {
  source: RecordSource;
  record: SourceRecord;
}

/** Records that are stored together. */
export interface Batch {
  records: ReadRecord[];
  /** The faults of each record that does not match the schema. */
  refused: RecordFault[][];
}

/** A batch ends when it reaches either limit. */
const MAX_CHARACTERS = 150_000;
const MAX_RECORDS = 500;

/** Reads files in batches, so that memory use does not depend on their size. */
export async function* batchesOf(
  files: RecordFile[],
  onBytes?: (count: number) => void,
): AsyncGenerator<Batch> {
  let batch: Batch = { records: [], refused: [] };
  let characters = 0;
  for (const file of files) {
    for await (const read of recordsIn(file, { onBytes })) {
      if ("fault" in read) batch.refused.push([read.fault]);
      else {
        const { record, faults } = parsed(read.value, read.source);
        if (record) batch.records.push({ source: read.source, record });
        else batch.refused.push(faults);
        characters += read.source.text?.length ?? 0;
      }
      if (characters < MAX_CHARACTERS && batch.records.length + batch.refused.length < MAX_RECORDS)
        continue;
      yield batch;
      batch = { records: [], refused: [] };
      characters = 0;
    }
  }
  yield batch;
}

/** Parses a record; returns null and all its faults if it does not match the schema. */
function parsed(
  value: unknown,
  source: RecordSource,
): { record: SourceRecord | null; faults: RecordFault[] } {
  const { record, findings } = parseRecord(value);
  const isWhole = findings.length + repeatedProperties(source, value).length === 0;
  if (record && isWhole) return { record, faults: [] };
  const { faults } = checkRecord(value, { source, isKnown: () => true });
  return { record: null, faults: faults.filter(({ severity }) => severity === "fault") };
}

/** Longer than reading and checking a batch takes, so only a slow writer of a pipe exceeds it. */
const TAKE_TIMEOUT_MS = 100;

/** Reads one value ahead from a source. */
export class ReadAhead<T> {
  private read: IteratorResult<T, unknown> | undefined;
  private reading!: Promise<void>;

  constructor(private readonly source: AsyncGenerator<T>) {
    this.readNext();
  }

  /** Waits for the next value; returns false at the end. */
  async wait(): Promise<boolean> {
    await this.reading;
    return this.read!.done !== true;
  }

  /** Returns the next value if it arrives in time; undefined on timeout, at the end, or on error. */
  async take(): Promise<T | undefined> {
    await Promise.race([this.reading, sleep(TAKE_TIMEOUT_MS)]).catch(() => {});
    if (!this.read || this.read.done) return undefined;
    const { value } = this.read;
    this.readNext();
    return value;
  }

  /** Closes the source. */
  end(): void {
    this.source.return(undefined).catch(() => {});
  }

  private readNext(): void {
    this.read = undefined;
    this.reading = this.source.next().then((read) => void (this.read = read));
    // `wait` reports the error; until then it must not count as unhandled.
    this.reading.catch(() => {});
  }
}
