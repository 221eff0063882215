import { citationRules, citationWarnings } from "./record.citation.rules.js";
import { duplicateRules } from "./record.duplicate.rules.js";
import { factRules, factWarnings } from "./record.fact.rules.js";
import {
  fault,
  faultsIn,
  type Finding,
  type RecordFault,
  type RecordPath,
  type RecordSource,
} from "../record.faults.js";
import type { SourceRecord } from "../record.format.js";
import { judgementRules } from "./record.judgement.rules.js";
import { keyRules } from "./record.key.rules.js";
import { lengthWarnings } from "./record.length.rules.js";
import { RecordNames } from "./record.names.js";
import {
  COLLECTED,
  COLLECTED_FOR_LOAD,
  NOUN_RULES,
  NOUN_TEXT_RULES,
  NOUN_WARNINGS,
} from "./record.nouns.js";
import { Positions } from "../files/record.positions.js";
import { type ValidPart, validPartOf } from "./record.valid-part.js";
import { NOTHING_ON_RECORD, type OnRecord } from "./record.on-record.js";
import type {
  CheckContext,
  FaultRule,
  FirstKey,
  FirstKeys,
  Rule,
  WarningRule,
} from "./record.rule.js";
import { type ParsedRecord, parseRecord } from "./record.schema-faults.js";
import { type SourceText, textRules, wrongText } from "./record.text.js";
import { documentWarnings } from "./record.document.rules.js";
import { sharedKeyRules, sharedKeyWarnings } from "./record.shared-key.rules.js";

/** The rules that a load applies. */
const FAULT_RULES: readonly FaultRule[] = [
  ...keyRules,
  ...judgementRules,
  ...duplicateRules,
  ...factRules,
  ...sharedKeyRules,
  ...citationRules,
  ...NOUN_RULES,
];
const WARNING_RULES: readonly WarningRule[] = [
  ...factWarnings,
  ...sharedKeyWarnings,
  ...citationWarnings,
  ...documentWarnings,
  ...lengthWarnings,
  ...NOUN_WARNINGS,
];
const RULES = [...FAULT_RULES, ...WARNING_RULES];
const TEXT_RULES = [...textRules, ...NOUN_TEXT_RULES];

/** Options of a check. */
export interface CheckOptions {
  /** The text that the record was read from. */
  source?: RecordSource;
  /** The names that all records checked together define; by default only this record's. */
  names?: RecordNames;
  /** What is on record already; by default nothing is. */
  onRecord?: Partial<OnRecord>;
  /** The text of the record's document. */
  text?: SourceText;
}

/** The result of checking a record; the record is null if it does not match the schema. */
export interface CheckedRecord {
  record: SourceRecord | null;
  faults: RecordFault[];
}

/** A record compared with the schema. */
export interface ParsedValue extends Pick<ParsedRecord, "record" | "findings"> {
  value: unknown;
  source: RecordSource;
  /** What the rules can check: the record, or what of it matches the schema; null if nothing does. */
  part: ValidPart | null;
}

/** Checks one record; returns all its faults. */
export function checkRecord(value: unknown, options: CheckOptions = {}): CheckedRecord {
  const parsed = parseValue(value, options.source ?? NO_SOURCE);
  return { record: parsed.record, faults: checkParsed(parsed, options) };
}

/** Compares a record with the schema. */
export function parseValue(value: unknown, source: RecordSource): ParsedValue {
  const { record, findings: faults, value: rest, refused } = parseRecord(value);
  const repeated = repeatedProperties(source, value);
  const findings = [...faults, ...repeated];
  const part = record ? { record, originalPath: (path: RecordPath) => path } : null;
  return {
    value,
    source,
    record,
    findings,
    part: part ?? validPartOf(rest, [...refused, ...repeated]),
  };
}

/** Checks the rules of a record; returns all its faults, including those of the schema. */
export function checkParsed(
  { value, source, findings, part }: ParsedValue,
  options: CheckOptions,
): RecordFault[] {
  const all = [...findings];
  if (part) {
    const names = options.names ?? new RecordNames(COLLECTED).add(value);
    for (const found of ruleFindings(RULES, part.record, names, options))
      all.push({ ...found, path: part.originalPath(found.path) });
  }
  return faultsIn(source, all);
}

/** Checks only the rules, for a record that matches the schema; returns what prevents it from being loaded, without warnings. */
export function checkRules(
  record: SourceRecord,
  { source, onRecord }: Required<Pick<CheckOptions, "source" | "onRecord">>,
): RecordFault[] {
  const names = new RecordNames(COLLECTED_FOR_LOAD).add(record);
  return faultsIn(source, [...ruleFindings(FAULT_RULES, record, names, { onRecord })]);
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
  rules: readonly Rule[],
  record: SourceRecord,
  names: RecordNames,
  options: CheckOptions,
): Generator<Finding> {
  const onRecord = { ...NOTHING_ON_RECORD, ...options.onRecord };
  const firstKeys: FirstKeys = (noun, key) =>
    new Set([...names.firstKeys(noun, key), ...onRecord.firstKeys(noun, key)]);
  const firstKey: FirstKey = (noun, key) =>
    firstOf(names.firstKeys(noun, key)) ?? firstOf(onRecord.firstKeys(noun, key)) ?? key;
  const context: CheckContext = { record, names, onRecord, firstKey, firstKeys };
  for (const rule of rules) yield* rule(context);
  yield* onRecord.findings;
  if (options.text === undefined) return;
  const withText = { ...context, text: options.text };
  const wrong = wrongText(withText);
  if (wrong) yield wrong;
  else for (const rule of TEXT_RULES) yield* rule(withText);
}

function firstOf(keys: Iterable<string>): string | undefined {
  for (const key of keys) return key;
  return undefined;
}
