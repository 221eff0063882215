import { pointerOf, type RecordPath } from "./record.path.js";
import { Positions } from "./files/record.positions.js";

export { pointerOf, type RecordPath } from "./record.path.js";

/** A fault in a record file, with its position. */
export interface RecordFault {
  file: string;
  /** From 1; null if the record has no source text, or for conflicts with the database. */
  line: number | null;
  /** From 1, in UTF-16 code units. */
  column: number | null;
  /** JSON pointer (RFC 6901) inside the record; empty for the record as a whole. */
  pointer: string;
  /** Stable, kebab-case. */
  code: string;
  /** A record with a fault cannot be loaded; one with warnings can. */
  severity: "fault" | "warning";
  /** What was expected, and what was found instead. */
  message: string;
  /** A likely replacement for the faulty value. */
  suggestion: string | null;
}

/** The result of `communique check`. */
export interface CheckReport {
  faults: RecordFault[];
  files: number;
  records: number;
}

/** The source text of a record: a file, or one line of it. */
export interface RecordSource {
  file: string;
  /** The line of the file on which the text begins. */
  line: number;
  /** Null for a record that was not read from text. */
  text: string | null;
}

/** A fault or warning from a rule, without its file and line. */
export interface Finding {
  path: RecordPath;
  code: string;
  severity: RecordFault["severity"];
  message: string;
  suggestion?: string | null;
  /** Whether the fault is in the property's name instead of its value. */
  atName?: boolean;
}

/** A finding that prevents the record from being loaded. */
export interface Fault extends Finding {
  severity: "fault";
}

/** Creates a finding that prevents the record from being loaded. */
export function fault(code: string, path: RecordPath, message: string): Fault {
  return { code, path, message, severity: "fault" };
}

/** A finding that prevents nothing. */
export interface Warning extends Finding {
  severity: "warning";
}

/** Creates a finding that a person should look at. */
export function warning(code: string, path: RecordPath, message: string): Warning {
  return { code, path, message, severity: "warning" };
}

/** Adds a suggestion to a finding, unless it is null. */
export function suggesting<Found extends Finding>(
  finding: Found,
  suggestion: string | null,
): Found {
  if (suggestion === null) return finding;
  const message = `${finding.message}; did you mean "${suggestion}"?`;
  return { ...finding, message, suggestion };
}

/** Converts findings to faults: adds file, line and column. */
export function faultsIn(source: RecordSource, findings: Finding[]): RecordFault[] {
  if (findings.length === 0) return [];
  const { file, line, text } = source;
  const positions = text === null ? null : new Positions(text, line);
  return findings.map(({ path, code, severity, message, suggestion = null, atName }) => {
    const at = positions?.of(path, { atName }) ?? { line: null, column: null };
    return { file, ...at, pointer: pointerOf(path), code, severity, message, suggestion };
  });
}

/** Creates a fault of a whole file, without a position. */
export function faultOfFile(file: string, code: string, message: string): RecordFault {
  const nowhere = { line: null, column: null, pointer: "" };
  return { file, ...nowhere, code, severity: "fault", message, suggestion: null };
}
