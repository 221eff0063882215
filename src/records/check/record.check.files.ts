import type { CheckReport } from "../record.faults.js";
import {
  type RecordFile,
  recordFilesOf,
  type RecordInFile,
  recordsIn,
} from "../files/record.files.js";
import { checkParsed, type ParsedValue, parseValue } from "./record.check.js";
import { documentKeyIn, RecordNames } from "./record.names.js";
import { type LookUp, NOTHING_ON_RECORD } from "./record.on-record.js";
import { type DocumentText, readDocumentText } from "./record.text.file.js";

export type { CheckReport, RecordFault } from "../record.faults.js";
export { describeFault, describeReport, reportAsJson } from "./record.report.js";

/** Records are looked up together until either limit is reached. */
const MAX_TOGETHER = 500;
const MAX_CHARACTERS = 150_000;

/** Options of checking files. */
interface FileOptions {
  /** The text of one of the documents. */
  textFile?: string;
  /** Looks up what is on record; by default nothing is. */
  against?: LookUp;
}

/** Returns the names that all records in these files define. */
export async function namesIn(files: RecordFile[]): Promise<RecordNames> {
  const names = new RecordNames();
  for (const file of files)
    for await (const read of recordsIn(file)) if ("value" in read) names.add(read.value);
  return names;
}

/**
 * Checks record files together: one may refer to what another defines. Reads each file twice (the first pass collects
 * names), so that memory only holds names. Throws if a file cannot be read.
 */
export async function checkFiles(
  paths: string[],
  { textFile, against }: FileOptions = {},
): Promise<CheckReport> {
  const files = await recordFilesOf(paths);
  const names = await namesIn(files);
  const report: CheckReport = { faults: [], files: files.length, records: 0 };
  const found = textFile === undefined ? null : await readDocumentText(textFile, names);
  // If no document is defined, another fault says why.
  const text = found && "source" in found ? found : null;
  if (found && "code" in found) report.faults.push(found);
  if (text && against)
    text.source.quotedElsewhere = await against.quotedElsewhere(text.document, names);
  for (const file of files) {
    for await (const some of together(recordsIn(file))) await check(some, report);
  }
  return report;

  /** Checks some records, in order. */
  async function check(some: RecordInFile[], { faults }: CheckReport): Promise<void> {
    report.records += some.length;
    const parsed = some.map((read) =>
      "fault" in read ? read.fault : parseValue(read.value, read.source),
    );
    const records = parsed.flatMap((one) => ("part" in one && one.part ? one.part.record : []));
    const onRecordOf = await against?.lookUp(records, names);
    for (const one of parsed) {
      if (!("part" in one)) faults.push(one);
      else {
        const onRecord = one.part ? onRecordOf?.(one.part.record) : NOTHING_ON_RECORD;
        // One by one: there may be more than a call can take.
        for (const found of checkParsed(one, { names, onRecord, text: textOf(one, text) }))
          faults.push(found);
      }
    }
  }
}

function textOf({ value }: ParsedValue, text: DocumentText | null) {
  return text?.document === documentKeyIn(value) ? text.source : undefined;
}

/** Groups records, so that what is on record is looked up in few queries, and memory stays small. */
async function* together(records: AsyncGenerator<RecordInFile>): AsyncGenerator<RecordInFile[]> {
  let some: RecordInFile[] = [];
  let characters = 0;
  for await (const one of records) {
    some.push(one);
    characters += "source" in one ? (one.source.text?.length ?? 0) : 0;
    if (some.length < MAX_TOGETHER && characters < MAX_CHARACTERS) continue;
    yield some;
    [some, characters] = [[], 0];
  }
  if (some.length > 0) yield some;
}
