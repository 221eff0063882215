import { setTimeout as sleep } from "node:timers/promises";
import { checkRecord, repeatedProperties } from "../check/record.check.js";
import type { RecordFault, RecordSource } from "../record.faults.js";
import type { RecordFile } from "../files/record.file-list.js";
import { recordsIn } from "../files/record.files.js";
import type { SourceRecord } from "../record.format.js";
import { parseRecord } from "../check/record.schema-faults.js";

/** A record that keeps the format, with the text that it was read from. */
export interface ReadRecord {
  source: RecordSource;
  record: SourceRecord;
}

/** Records that are stored together. */
export interface Batch {
  records: ReadRecord[];
  /** Of each record that does not keep the format, its faults. */
  refused: RecordFault[][];
}

/** A batch ends with the record that brings it to so many characters, or so many records. */
const CHARACTERS = 150_000;
const RECORDS = 500;

/** The records of these files in batches, so that memory holds a few of them whatever the files' size. */
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
      if (characters < CHARACTERS && batch.records.length + batch.refused.length < RECORDS)
        continue;
      yield batch;
      batch = { records: [], refused: [] };
      characters = 0;
    }
  }
  yield batch;
}

/** A record; null with its faults, all of them at once, where it does not keep the format. */
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

/** Reading and checking takes less; more is the time of whoever writes into a pipe. */
const SOON_MS = 100;

/** Things from a source, of which the next one is always under way. */
export class ReadAhead<Thing> {
  private read: IteratorResult<Thing, unknown> | undefined;
  private reading!: Promise<void>;

  constructor(private readonly source: AsyncGenerator<Thing>) {
    this.go();
  }

  /** Waits for the next one; whether there is one. */
  async wait(): Promise<boolean> {
    await this.reading;
    return this.read!.done !== true;
  }

  /** The next one where it comes soon; undefined where it does not, there is none, or it can't be read. */
  async take(): Promise<Thing | undefined> {
    await Promise.race([this.reading, sleep(SOON_MS)]).catch(() => {});
    if (!this.read || this.read.done) return undefined;
    const { value } = this.read;
    this.go();
    return value;
  }

  /** Lets go of the source. */
  end(): void {
    this.source.return(undefined).catch(() => {});
  }

  private go(): void {
    this.read = undefined;
    this.reading = this.source.next().then((read) => void (this.read = read));
    // Whoever waits for it hears of its failure; until then it is nobody's.
    this.reading.catch(() => {});
  }
}
