import type { CheckReport, RecordFault } from "../record.faults.js";
import {
  type RecordFile,
  recordFilesOf,
  type RecordInFile,
  recordsIn,
} from "../files/record.files.js";
import { checkParsed, type ParsedValue, parseValue } from "./record.check.js";
import { documentKeyIn, RecordNames } from "./record.names.js";
import { COLLECTED } from "./record.nouns.js";
import { type LookUp, NOTHING_ON_RECORD, type OnRecord } from "./record.on-record.js";
import type { SourceText } from "./record.text.js";
import { readDocumentText } from "./record.text.file.js";
import { isDirectory, NO_TEXTS, OneText, TextDirectory, type Texts } from "./record.texts.js";

export type { CheckReport, RecordFault } from "../record.faults.js";
export { describeFault, describeReport, reportAsJson } from "./record.report.js";

/** Records are looked up together until either limit is reached. */
const MAX_TOGETHER = 500;
const MAX_CHARACTERS = 150_000;

/** Options of checking files. */
interface FileOptions {
  /** The text of one of the documents, or a directory with their texts. */
  textFile?: string;
  /** Looks up what is on record, and texts that are kept; by default nothing is. */
  against?: LookUp;
}

/** Returns the names that all records in these files define. */
export async function namesInFiles(files: RecordFile[]): Promise<RecordNames> {
  const names = new RecordNames(COLLECTED);
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
  const names = await namesInFiles(files);
  const report: CheckReport = { faults: [], files: files.length, records: 0 };
  const texts = await textsAt(textFile, names, report);
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
        const text = await textFor(one, { texts, names, onRecord, against });
        if (text && "code" in text) faults.push(text);
        const options = { names, onRecord, text: text && "words" in text ? text : undefined };
        // One at a time: there may be more than a call can take as arguments.
        for (const found of checkParsed(one, options)) faults.push(found);
      }
    }
  }
}

/** Opens the texts to check against; adds a fault to the report if there is one of them. */
async function textsAt(
  path: string | undefined,
  names: RecordNames,
  { faults }: CheckReport,
): Promise<Texts> {
  if (path === undefined) return NO_TEXTS;
  if (await isDirectory(path)) return new TextDirectory(path);
  const found = await readDocumentText(path, names);
  if (found && "code" in found) faults.push(found);
  // If no document is defined, another fault says why.
  return found && "source" in found ? new OneText(found) : NO_TEXTS;
}

interface TextSources {
  texts: Texts;
  names: RecordNames;
  onRecord?: OnRecord;
  against?: LookUp;
}

/** Finds the text of a record's document: among the files, or else in the database. */
async function textFor(
  { value }: ParsedValue,
  { texts, names, onRecord, against }: TextSources,
): Promise<SourceText | RecordFault | null> {
  const key = documentKeyIn(value);
  if (key === null) return null;
  const { sha256 = null } = names.documents.get(key) ?? onRecord?.document(key) ?? {};
  const given = await texts.textOf(key, sha256);
  const text = given ?? (sha256 === null ? null : ((await against?.keptText(sha256)) ?? null));
  if (text && !("code" in text)) await against?.addOfText(key, names);
  return text;
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
