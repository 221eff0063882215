/** One thing wrong with a record file, and where. */
export interface RecordFault {
  /** The file; in JSON Lines with the line: `bulk.jsonl:12`. */
  file: string;
  /** JSON pointer (RFC 6901) inside the record; empty for the record as a whole. */
  pointer: string;
  /** Stable, kebab-case. */
  code: string;
  /** A fault keeps the record from being loaded, a warning does not. */
  severity: "fault" | "warning";
  message: string;
}

/** Everything that `communique check` found. */
export interface CheckReport {
  faults: RecordFault[];
  files: number;
  records: number;
}

/** Where something stands in a record: `["meetings", 0, "parent"]`. */
export type RecordPath = readonly (string | number)[];

/** What a rule yields: a fault that does not know its file yet. */
export interface Finding {
  path: RecordPath;
  code: string;
  severity: RecordFault["severity"];
  message: string;
}

/** A finding that keeps the record from being loaded. */
export function fault(code: string, path: RecordPath, message: string): Finding {
  return { code, path, message, severity: "fault" };
}

/** A finding that a person should look at. */
export function warning(code: string, path: RecordPath, message: string): Finding {
  return { code, path, message, severity: "warning" };
}

/** The finding as it is reported. */
export function faultIn(file: string, { path, ...finding }: Finding): RecordFault {
  return { file, pointer: pointerOf(path), ...finding };
}

/** The JSON pointer of a path: `/meetings/0/parent`. */
export function pointerOf(path: RecordPath): string {
  return path.map((part) => `/${String(part).replace(/~/g, "~0").replace(/\//g, "~1")}`).join("");
}
