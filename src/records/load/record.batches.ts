import { setTimeout as sleep } from "node:timers/promises";
import { checkRecord, repeatedProperties } from "../check/record.check.js";
import type { RecordFault, RecordSource } from "../record.faults.js";
import type { RecordFile } from "../files/record.file-list.js";
import { recordsIn } from "../files/record.files.js";
import type { KeptText, RecordTexts, TextOfRecord } from "./record.record-texts.js";
import type { SourceRecord } from "../record.format.js";
import { InputDigest, type InputPosition } from "./record.input.js";
import { parseRecord } from "../check/record.schema-faults.js";

/** A record that matches the schema, and the text it was read from. */
export interface ReadRecord {
  source: RecordSource;
  record: SourceRecord;
  /** The texts to keep once it is stored. */
  texts?: KeptText[];
}

/** Records that are stored together. */
export interface Batch {
  records: ReadRecord[];
  /** The faults of each record that does not match the schema. */
  refused: RecordFault[][];
  /** How far they go in the files; absent for records that are read again. */
  position?: InputPosition;
}

/** Options of reading batches. */
export interface BatchOptions {
  onBytes?: (count: number) => void;
  /** The texts to check records against. */
  texts?: RecordTexts;
  /** The number of records to skip at the beginning of the files. */
  skip?: number;
}

/** A batch ends when it reaches either limit. */
const MAX_CHARACTERS = 150_000;
const MAX_RECORDS = 500;

/** Reads files in batches, so that memory use does not depend on their size. */
export async function* batchesOf(
  files: RecordFile[],
  options: BatchOptions = {},
): AsyncGenerator<Batch> {
  const input = new InputDigest();
  for await (const batch of inBatches(parsedRecords(files, input, options))) {
    yield { ...batch, position: input.position() };
  }
}

async function* parsedRecords(
  files: RecordFile[],
  input: InputDigest,
  { onBytes, texts, skip = 0 }: BatchOptions,
): AsyncGenerator<ReadRecord | RecordFault[]> {
  const takes = (bytes: Buffer | null) => {
    input.add(bytes);
    return input.records > skip;
  };
  for (const file of files) {
    for await (const read of recordsIn(file, { onBytes, takes })) {
      if ("fault" in read) yield [read.fault];
      else {
        const found = await texts?.of(read.value);
        yield found && "code" in found ? [found] : parsed(read.value, read.source, found);
      }
    }
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

/** Parses a record; returns all its faults if it does not match the schema, or the text of its document. */
function parsed(
  value: unknown,
  source: RecordSource,
  against?: TextOfRecord | null,
): ReadRecord | RecordFault[] {
  const { record, findings } = parseRecord(value);
  const { text, names, document, named: texts = [] } = against ?? {};
  const read = { source, record: record!, ...(texts.length > 0 && { texts }) };
  const isWhole = findings.length + repeatedProperties(source, value).length === 0;
  if (record && isWhole && !text) return read;
  const onRecord = { isKnown: () => true, document: () => document };
  const options = { source, onRecord, ...(text && { text, names }) };
  const { faults } = checkRecord(value, options);
  const only = faults.filter(({ severity }) => severity === "fault");
  return record && only.length === 0 ? read : only;
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

  /** Returns whether nothing is left; false if that does not show in time. */
  async isAtEnd(): Promise<boolean> {
    await Promise.race([this.reading, sleep(TAKE_TIMEOUT_MS)]).catch(() => {});
    return this.read?.done === true;
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
