import { citationRules } from "./record.citation.rules.js";
import { correctionRules } from "./record.correction.rules.js";
import { dateRules } from "./record.date.rules.js";
import { duplicateRules } from "./record.duplicate.rules.js";
import { factRules } from "./record.fact.rules.js";
import {
  type CheckReport,
  fault,
  faultsIn,
  type Finding,
  type RecordFault,
  type RecordSource,
} from "../record.faults.js";
import { type RecordFile, recordFilesOf, recordsIn } from "../files/record.files.js";
import type { SourceRecord } from "../record.format.js";
import { judgementRules } from "./record.judgement.rules.js";
import { keyRules } from "./record.key.rules.js";
import { lengthRules } from "./record.length.rules.js";
import { documentKeyIn, RecordNames } from "./record.names.js";
import { meetingRules } from "./record.meeting.rules.js";
import { Positions } from "../files/record.positions.js";
import { validPartOf } from "./record.valid-part.js";
import type { CheckContext, FirstKey, FirstKeys, IsKnown } from "./record.rule.js";
import { parseRecord } from "./record.schema-faults.js";
import { type SourceText, textRules, wrongText } from "./record.text.js";
import { readDocumentText } from "./record.text.file.js";
import { possibleDuplicateRules } from "./record.possible-duplicate.rules.js";
import { twiceUsedRules } from "./record.twice-used.rules.js";

export type { CheckReport, RecordFault } from "../record.faults.js";
export { describeFault, describeReport, reportAsJson } from "./record.report.js";

const RULES = [
  ...keyRules,
  ...judgementRules,
  ...duplicateRules,
  ...factRules,
  ...correctionRules,
  ...dateRules,
  ...meetingRules,
  ...possibleDuplicateRules,
  ...twiceUsedRules,
  ...citationRules,
  ...lengthRules,
];

/** Options of a check. */
export interface CheckOptions {
  /** The text that the record was read from. */
  source?: RecordSource;
  /** The names that all records checked together define; by default only this record's. */
  names?: RecordNames;
  /** Returns whether a key is defined elsewhere; by default none is. */
  isKnown?: IsKnown;
  /** Returns the first keys of items defined elsewhere. */
  firstKeys?: FirstKeys;
  /** The text of the record's document. */
  text?: SourceText;
}

/** The result of checking a record; the record is null if it does not match the schema. */
export interface CheckedRecord {
  record: SourceRecord | null;
  faults: RecordFault[];
}

/** Checks one record; returns all its faults. */
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

/** Checks only the rules, for a record that matches the schema. */
export function checkRules(record: SourceRecord, options: CheckOptions = {}): RecordFault[] {
  const { source = NO_SOURCE, names = new RecordNames().add(record) } = options;
  return faultsIn(source, [...ruleFindings(record, names, options)]);
}

const NO_SOURCE: RecordSource = { file: "record", line: 1, text: null };

/** Finds properties given twice in an object. Needs the source text, since parsing keeps only the last. */
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

/** Returns whether the text is exactly the value's JSON. If so, parsing lost nothing. */
function isWritten(value: unknown, text: string): boolean {
  try {
    return JSON.stringify(value) === text;
  } catch {
    // Nested too deeply for JSON.stringify, though not for JSON.parse.
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
  options: { textFile?: string; isKnown?: IsKnown } = {},
): Promise<CheckReport> {
  const files = await recordFilesOf(paths);
  const names = await namesIn(files);
  const report: CheckReport = { faults: [], files: files.length, records: 0 };
  const { isKnown, textFile } = options;
  const found = textFile === undefined ? null : await readDocumentText(textFile, names);
  // If no document is defined, another fault says why.
  const text = found && "source" in found ? found : null;
  if (found && "code" in found) report.faults.push(found);
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
