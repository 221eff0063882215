import { setTimeout as sleep } from "node:timers/promises";
import { checkRecord, repeatedProperties } from "../check/record.check.js";
import { documentKeyIn, type RecordNames } from "../check/record.names.js";
import type { DocumentText } from "../check/record.text.file.js";
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

/** Options of reading batches. */
export interface BatchOptions {
  onBytes?: (count: number) => void;
  /** The text of a document, to check its records against. */
  text?: DocumentText & { names: RecordNames };
}

/** A batch ends when it reaches either limit. */
const MAX_CHARACTERS = 150_000;
const MAX_RECORDS = 500;

/** Reads files in batches, so that memory use does not depend on their size. */
export function batchesOf(files: RecordFile[], options: BatchOptions = {}): AsyncGenerator<Batch> {
  return inBatches(parsedRecords(files, options));
}

async function* parsedRecords(
  files: RecordFile[],
  { onBytes, text }: BatchOptions,
): AsyncGenerator<ReadRecord | RecordFault[]> {
  for (const file of files) {
    for await (const read of recordsIn(file, { onBytes }))
      yield "fault" in read ? [read.fault] : parsed(read.value, read.source, text);
  }
}

/** Groups records, and the faults of each that does not match the schema. */
export async function* inBatches(
  records: AsyncGenerator<ReadRecord | RecordFault[]>,
): AsyncGenerator<Batch> {
  let batch: Batch = { records: [], refused: [] };
  let characters = 0;
  for await (const one of records) {
    if (Array.isArray(one)) batch.refused.push(one);
    else {
      batch.records.push(one);
      characters += one.source.text?.length ?? 0;
    }
    if (characters < MAX_CHARACTERS && batch.records.length + batch.refused.length < MAX_RECORDS)
      continue;
    yield batch;
    batch = { records: [], refused: [] };
    characters = 0;
  }
  yield batch;
}

/** Parses a record; returns all its faults if it does not match the schema, or the text if it is its document's. */
function parsed(
  value: unknown,
  source: RecordSource,
  text: BatchOptions["text"],
): ReadRecord | RecordFault[] {
  const { record, findings } = parseRecord(value);
  const isWhole = findings.length + repeatedProperties(source, value).length === 0;
  const isOfText = text !== undefined && text.document === documentKeyIn(value);
  if (record && isWhole && !isOfText) return { source, record };
  const against = isOfText ? { names: text.names, text: text.source } : {};
  const { faults } = checkRecord(value, { source, onRecord: { isKnown: () => true }, ...against });
  const only = faults.filter(({ severity }) => severity === "fault");
  return record && only.length === 0 ? { source, record } : only;
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
