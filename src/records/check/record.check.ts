import { readFile } from "node:fs/promises";
import { citationRules } from "./record.citation.rules.js";
import { dateRules } from "./record.date.rules.js";
import { duplicateRules } from "./record.duplicate.rules.js";
import { factRules } from "./record.fact.rules.js";
import {
  type CheckReport,
  fault,
  faultOfFile,
  faultsIn,
  type Finding,
  type RecordFault,
  type RecordSource,
} from "../record.faults.js";
import { recordFilesOf, recordsIn } from "../files/record.files.js";
import type { SourceRecord } from "../record.format.js";
import { keyRules } from "./record.key.rules.js";
import { lengthRules } from "./record.length.rules.js";
import { documentKeyIn, RecordNames } from "./record.names.js";
import { Positions } from "../files/record.positions.js";
import { validPartOf } from "./record.valid-part.js";
import type { CheckContext, FirstKey, FirstKeys, IsKnown } from "./record.rule.js";
import { parseRecord } from "./record.schema-faults.js";
import { type SourceText, sourceTextOf, textRules, wrongText } from "./record.text.js";
import { possibleDuplicateRules } from "./record.possible-duplicate.rules.js";

export type { CheckReport, RecordFault } from "../record.faults.js";
export { describeFault, describeReport, reportAsJson } from "./record.report.js";

const RULES = [
  ...keyRules,
  ...duplicateRules,
  ...factRules,
  ...dateRules,
  ...possibleDuplicateRules,
  ...citationRules,
  ...lengthRules,
];

/** What a check may be told beside the record itself. */
export interface CheckOptions {
  /** The text that the record was read from. */
  source?: RecordSource;
  /** What all records checked together define; the record's own names when absent. */
  names?: RecordNames;
  /** Whether something is defined elsewhere. Nothing is, when absent. */
  isKnown?: IsKnown;
  /** The first keys of what is defined elsewhere. */
  firstKeys?: FirstKeys;
  /** The text of the record's document. */
  text?: SourceText;
}

/** A checked record. It is null where the format itself is not kept. */
export interface CheckedRecord {
  record: SourceRecord | null;
  faults: RecordFault[];
}

/** Checks one record and finds all its faults at once. */
export function checkRecord(value: unknown, options: CheckOptions = {}): CheckedRecord {
  const { source = NO_SOURCE } = options;
  const { record, findings } = parseRecord(value);
  findings.push(...repeatedProperties(source, value));
  const rest = record ? { record, originalPath: null } : validPartOf(value, findings);
  if (rest) {
    const names = options.names ?? new RecordNames().add(value);
    for (const found of ruleFindings(rest.record, names, options))
      findings.push({ ...found, path: rest.originalPath?.(found.path) ?? found.path });
  }
  return { record, faults: faultsIn(source, findings) };
}

/** Checks by the rules alone a record that is known to keep the format. */
export function checkRules(record: SourceRecord, options: CheckOptions = {}): RecordFault[] {
  const { source = NO_SOURCE, names = new RecordNames().add(record) } = options;
  return faultsIn(source, [...ruleFindings(record, names, options)]);
}

const NO_SOURCE: RecordSource = { file: "record", line: 1, text: null };

/** Found in the text alone: to whom it is parsed, the earlier ones were never there. */
export function repeatedProperties({ text }: RecordSource, value: unknown): Finding[] {
  if (text === null || isWritten(value, text)) return [];
  return new Positions(text).repeatedProperties().map((path) => ({
    ...fault(
      "duplicate-property",
      path,
      `"${path.at(-1)}" is given twice; only the last would count`,
    ),
    atName: true,
  }));
}

/** Whether a value is written just so: then nothing of the text was lost when it was parsed. */
function isWritten(value: unknown, text: string): boolean {
  try {
    return JSON.stringify(value) === text;
  } catch {
    // It nests too deep to be written, though not to be read.
    return false;
  }
}

function* ruleFindings(
  record: SourceRecord,
  names: RecordNames,
  { isKnown = () => false, firstKeys: known, text }: CheckOptions,
): Generator<Finding> {
  const firstKeys: FirstKeys = (noun, key) =>
    new Set([...names.firstKeys(noun, key), ...(known?.(noun, key) ?? [])]);
  const firstKey: FirstKey = (noun, key) => [...firstKeys(noun, key)][0] ?? key;
  const context: CheckContext = { record, names, isKnown, firstKey, firstKeys };
  for (const rule of RULES) yield* rule(context);
  if (text === undefined) return;
  const withText = { ...context, text };
  const wrong = wrongText(withText);
  if (wrong) yield wrong;
  else for (const rule of textRules) yield* rule(withText);
}

/**
 * Checks record files, together: one may use what another defines. Each is read twice, first for the names, so
 * that memory holds those alone. Rejects where a file can't be read.
 */
export async function checkFiles(
  paths: string[],
  options: { textFile?: string; isKnown?: IsKnown } = {},
): Promise<CheckReport> {
  const files = await recordFilesOf(paths);
  const names = new RecordNames();
  for (const file of files) {
    for await (const read of recordsIn(file)) if ("value" in read) names.add(read.value);
  }
  const report: CheckReport = { faults: [], files: files.length, records: 0 };
  const { isKnown, textFile } = options;
  const text = textFile === undefined ? null : await readText(textFile, names, report);
  for (const file of files) {
    for await (const read of recordsIn(file)) {
      report.records++;
      if ("fault" in read) report.faults.push(read.fault);
      else {
        const { source, value } = read;
        const own = text?.document === documentKeyIn(value) ? text.source : undefined;
        const { faults } = checkRecord(value, { source, names, isKnown, text: own });
        for (const found of faults) report.faults.push(found);
      }
    }
  }
  return report;
}

/** The text, and the document it is of: the one with its sha256, or the only one there is. */
async function readText(
  textFile: string,
  { documents }: RecordNames,
  report: CheckReport,
): Promise<{ source: SourceText; document: string } | null> {
  const bytes = await readFile(textFile);
  const refuse = (code: string, message: string) => {
    report.faults.push(faultOfFile(textFile, code, message));
    return null;
  };
  let source: SourceText;
  try {
    source = sourceTextOf(bytes);
  } catch {
    return refuse("text-encoding", "the text is not UTF-8");
  }
  const keys = [...documents.keys()];
  // Where no document is defined, whatever is wrong with it is told by itself.
  if (keys.length === 0) return null;
  const match = keys.find((key) => documents.get(key)?.sha256 === source.sha256);
  const document = match ?? (keys.length === 1 ? keys[0] : undefined);
  return document === undefined
    ? refuse("sha256-mismatch", "no document of these records has this text's sha256")
    : { source, document };
}
