import { pointerOf, type RecordPath } from "./record.path.js";
import { Positions } from "./files/record.positions.js";

export { pointerOf, type RecordPath } from "./record.path.js";

/** One thing wrong with a record file, and where. */
export interface RecordFault {
  file: string;
  /** From 1; null where the record is no text, or the fault is only found with what is on record. */
  line: number | null;
  /** From 1, in UTF-16 code units. */
  column: number | null;
  /** JSON pointer (RFC 6901) inside the record; empty for the record as a whole. */
  pointer: string;
  /** Stable, kebab-case. */
  code: string;
  /** A fault keeps the record from being loaded, a warning does not. */
  severity: "fault" | "warning";
  /** What was expected, and what was found instead. */
  message: string;
  /** What was probably meant, ready to be put in its place. */
  suggestion: string | null;
}

/** Everything that `communique check` found. */
export interface CheckReport {
  faults: RecordFault[];
  files: number;
  records: number;
}

/** The text that a record stands in: a file, or one of its lines. */
export interface RecordSource {
  file: string;
  /** Of the text's beginning in the file. */
  line: number;
  /** Null for a record that was never a text. */
  text: string | null;
}

/** What a rule yields: a fault that does not know its file yet. */
export interface Finding {
  path: RecordPath;
  code: string;
  severity: RecordFault["severity"];
  message: string;
  suggestion?: string | null;
  /** The fault is in the property's name and not in its value. */
  atName?: boolean;
}

/** A finding that keeps the record from being loaded. */
export function fault(code: string, path: RecordPath, message: string): Finding {
  return { code, path, message, severity: "fault" };
}

/** A finding that a person should look at. */
export function warning(code: string, path: RecordPath, message: string): Finding {
  return { code, path, message, severity: "warning" };
}

/** The finding with what was probably meant, where something near enough is known. */
export function suggesting(finding: Finding, suggestion: string | null): Finding {
  if (suggestion === null) return finding;
  const message = `${finding.message}; did you mean "${suggestion}"?`;
  return { ...finding, message, suggestion };
}

/** The findings as they are reported. */
export function faultsIn(source: RecordSource, findings: Finding[]): RecordFault[] {
  if (findings.length === 0) return [];
  const { file, line, text } = source;
  const positions = text === null ? null : new Positions(text, line);
  return findings.map(({ path, code, severity, message, suggestion = null, atName }) => {
    const at = positions?.of(path, { atName }) ?? { line: null, column: null };
    return { file, ...at, pointer: pointerOf(path), code, severity, message, suggestion };
  });
}

/** A fault of a file as a whole, which has no place in it. */
export function faultOfFile(file: string, code: string, message: string): RecordFault {
  const nowhere = { line: null, column: null, pointer: "" };
  return { file, ...nowhere, code, severity: "fault", message, suggestion: null };
}
